"""Pacts: by whom they were adopted, filing, versions (RC-01, RC-03, RC-10)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from ..draft import Draft, Span
from ..pattern import Hit
from ..recognise import is_whole
from ..rule import Rule
from ..words import DAY, NUMBER, count, dated
from .decision import _ATTEND, _FOR
from .registry import serves

_BY_OTHERS = re.compile(
    r"(?:经|由)[^。;,\n]{0,20}(?:居委会|居民委员会|村委会|村民委员会|两委|社区党委|社区党组织|党支部|党总支|居民小组长|楼道长|网格长?|物业(?:公司)?|业主委员会|业委会|村干部|社区工作者)[^。;,\n]{0,14}(?:会议|集体|联席会议)?[^。;,\n]{0,6}(?:讨论|研究|审议|商议|商定|表决)?[^。;,\n]{0,4}(?:通过|决定|制定|审定|确定)(?!的|本|后(?:提交|报))"
)
_BY_MEETING = re.compile(
    r"居民(?:代表)?会议|村民(?:代表)?会议|居民代表(?:大会|会)|村民代表(?:大会|会)|(?:股东|成员)(?:代表)?大会|居民大会|村民大会|户代表会议"
)
_HALF = re.compile(
    r"(?:三分之一|1/3|四分之一|40%|30%)以上[^。;,\n]{0,20}(?:参加|到会|出席|同意|通过)|(?:获得?|经|达到|有)(?:三分之一|四分之一|1/3)[^。;,\n]{0,8}(?:同意|赞成)|(?:到会|出席)(?:人员|居民|代表)?[^。;,\n]{0,6}(?:三分之一|四分之一)[^。;,\n]{0,6}(?:同意|通过)"
)


_FEW_DELEGATES = re.compile(
    r"居民代表[^。;,\n]{0,4}(?:过半数|半数以上|二分之一以上|三分之一以上)[^。;,\n]{0,4}(?:即可|可以?|就可)[^。;,\n]{0,4}(?:召开|举行|开会)|村民代表[^。;,\n]{0,4}(?:过半数|半数以上|二分之一以上|三分之一以上)[^。;,\n]{0,4}(?:即可|可以?|就可)[^。;,\n]{0,4}(?:召开|举行|开会)|代表会议[^。;,\n]{0,10}(?:半数|过半数|二分之一|一半|三分之一)(?:以上)?(?:的)?(?:组成人员|代表|成员|人员)?[^。;,\n]{0,4}(?:出席|参加|到会)"
)
# 全体…312人 and 参加…102人, in either order, as a pact reports its own adoption.
_ALL = re.compile(
    rf"(?:全体|全村|全社区|全社|应到|应参加|总数|共有|登记|代表共|周岁以上|户代表共)[^。;,\n\d]{{0,24}}?({NUMBER})\s*(?:人|户|名)"
)
_CAME = re.compile(
    rf"(?:到会|到场|参会|签到|参加(?:会议)?|出席|实到|与会)(?!人员)[^。;,()\n\d]{{0,12}}?({NUMBER})\s*(?:人|户|名)"
)


@serves("RC-01")
def adoption(draft: Draft, rule: Rule) -> Iterator[Hit]:
    for match in _BY_OTHERS.finditer(draft.plain):
        words = draft.of(draft.sentence(match.start()))
        if (
            re.search(r"公约|村规|本约|规约|章程|办法|决议|修改|修订|制定", words + draft.title_text)
            and not _BY_MEETING.search(words)
            and not re.search(r"不得|负责(?:执行|监督)|监督执行|负责人", words)
            and "解释" not in match.group()
        ):
            yield Hit(
                *match.span(),
                message="{where}写“{quote}”，公约不是由居民（村民）会议或者经授权的代表会议讨论通过的，没有效力。请提交会议表决。",
            )
    for match in _HALF.finditer(draft.plain):
        if not re.search(r"提议|联名|提出|召集|不得", draft.of(draft.sentence(match.start()))):
            yield Hit(
                *match.span(),
                message="{where}写“{quote}”，比例低于法定。居民会议须过半数参加、到会人过半数同意；代表会议须三分之二以上到会、到会人过半数同意。",
            )
    for match in _FEW_DELEGATES.finditer(draft.plain):
        if "三分之二" not in draft.of(draft.sentence(match.start())):
            yield Hit(*match.span(), message="{where}写“{quote}”，比例低于法定。代表会议须三分之二以上的代表到会。")
    yield from _counted(draft, rule)


_ADJOURNED = re.compile(
    r"(?:没有|未)达到[^。;\n]{0,6}(?:三分之二|半数|人数|比例)(?![^。;\n]{0,20}(?:仍|照常|通过|表决))"
)
_MEETING_OF_ALL = re.compile(r"(?:居民|村民)会议")


def _of_delegates(words: str) -> bool:
    """Whether a 代表会议 is meant: 户代表, and whoever else stands for others in a meeting of all, are not its delegates."""
    if re.search(r"代表会议|代表大会", words):
        return True
    return not _MEETING_OF_ALL.search(words) and re.search(r"(?<!户)(?<!户的)代表", words) is not None


def _counted(draft: Draft, rule: Rule) -> Iterator[Hit]:
    """应到, 实到, 同意 as the text reports them."""
    for span in draft.sentences:
        words = draft.of(span)
        every, came = _ALL.search(words), _CAME.search(words)
        members, present = (count(one[1]) if one else None for one in (every, came))
        if came and present and not _ATTEND.search(words):
            yield from _outvoted(draft, rule, span, came, present)
        if every is None or came is None or not members or present is None or _ATTEND.search(words):
            continue
        if _ADJOURNED.search(words):
            continue
        delegates = _of_delegates(words)
        need = Fraction(*rule.limits["delegates_attend" if delegates else "meeting_attend"])
        if (present < members * need) if delegates else (present <= members * need):
            at = span.start + min(every.start(), came.start())
            said = "三分之二以上的代表" if delegates else "过半数的人"
            yield Hit(
                at,
                span.start + max(every.end(), came.end()),
                message=f"{{where}}写共{members}人、到会{present}人；会议应当有{said}参加，表决无效。",
            )
    for match in _ATTEND.finditer(draft.plain):
        members, present = count(match[1]), count(match[2])
        if not members or present is None:
            continue
        words = draft.plain[max(0, match.start() - 60) : match.end()]
        delegates = _of_delegates(words)
        need = Fraction(*rule.limits["delegates_attend" if delegates else "meeting_attend"])
        short = present < members * need if delegates else present <= members * need
        if short:
            said = "代表会议应当有三分之二以上的代表参加" if delegates else "居民（村民）会议应当有过半数的人参加"
            yield Hit(*match.span(), message=f"{{where}}写应到{members}人、实到{present}人；{said}，表决无效。")
        vote = _FOR.search(draft.plain, match.end(), match.end() + 120)
        votes = count(vote[1] or vote[2]) if vote else None
        if vote and votes is not None and votes <= present * Fraction(*rule.limits["pass"]):
            yield Hit(*vote.span(), message=f"{{where}}同意{votes}人，没有超过到会{present}人的半数，没有通过。")


def _outvoted(draft: Draft, rule: Rule, span: Span, came: re.Match[str], present: int) -> Iterator[Hit]:
    """What was adopted by no more than half of those who came."""
    words = draft.of(span)
    vote = _FOR.search(words)
    votes = count(vote[1] or vote[2]) if vote else None
    if vote is None or votes is None or votes > present * Fraction(*rule.limits["pass"]):
        return
    if re.search("通过|有效|成立", words) and not re.search("(?:未|没有?|不)(?:获得?|予|能)?通过|否决|落选", words):
        at, end = min(came.start(), vote.start()), max(came.end(), vote.end())
        told = f"{{where}}写到会{present}人、同意{votes}人，同意的没有超过到会的半数，没有通过。"
        yield Hit(span.start + at, span.start + end, message=told)


# 9月8日通过，9月26日才送去街道
_ADOPTED = re.compile(r"通过|表决")
_FILED = re.compile(r"备案|报备|报送|(?:送|报|交)(?:到|去|至|给)?街道|收文")


def _clause(words: str, at: int) -> str:
    """What stands around a place between two signs."""
    start = max(words.rfind(sign, 0, at) for sign in ",;:") + 1
    return words[start : min((end for sign in ",;:" if (end := words.find(sign, at)) >= 0), default=len(words))]


def _filed_late(draft: Draft, rule: Rule) -> Iterator[Hit]:
    """A day of adoption and a day of filing in one sentence, further apart than the days allowed."""
    for span in draft.sentences:
        words = draft.of(span)
        told = dated(words, draft.on.year)
        if len(told) < 2 or not (_ADOPTED.search(words) and _FILED.search(words)):
            continue
        adopted = next((one for one in told if _ADOPTED.search(_clause(words, one[0]))), None)
        filed = next((one for one in told[::-1] if _FILED.search(_clause(words, one[0]))), None)
        if adopted is None or filed is None:
            continue
        late = (filed[2] - adopted[2]).days
        if late > rule.limits["days"]:
            told_so = f"{{where}}写{adopted[2]:%m月%d日}通过、{filed[2]:%m月%d日}备案，隔了{late}日，备案晚了。"
            yield Hit(span.start + adopted[0], span.start + filed[1], message=told_so)


@serves("RC-03")
def filing(draft: Draft, rule: Rule) -> Iterator[Hit]:
    most = rule.limits["days"]
    yield from _filed_late(draft, rule)
    for match in re.finditer(
        r"(?:无需|不需要?|不必|不再|无须|不用|不|未|免予)(?:再)?(?:向[^。;,\n]{0,12}|报[^。;,\n]{0,12})?(?:(?:报送|进行|报)?备案|报备)|(?:不|不再|无需)(?:上报|报送|报)(?:街道|办事处|乡镇|镇政府)",
        draft.plain,
    ):
        if not re.search(r"的,|不得|用不用|(?:意见|讨论)稿", draft.of(draft.sentence(match.start()))):
            yield Hit(
                *match.span(),
                message="{where}写“{quote}”。居民公约、村规民约应当备案，请改为报街道办事处备案。",
                severity="major",
            )
    for match in re.finditer(
        rf"(?<![\d第])({NUMBER})\s*个?(工作日|日|天|个?月)(?:之)?内[^。;\n]{{0,24}}备案", draft.plain
    ):
        number = count(match[1])
        in_days = (number or 0) * (30 if "月" in match[2] else 1)
        if in_days > most and not re.search("租赁|业主委员会|业委会", draft.of(draft.sentence(match.start()))):
            yield Hit(*match.span(), message=f"{{where}}写“{{quote}}”，备案期限长于{most}日。请改短。")
    if is_whole(draft) and not draft.has("备案") and re.search("公约|村规民约|居规", draft.title_text):
        yield Hit(*draft.title, message="全文没有写报街道办事处备案。通过之后应当备案，请核对。", severity="advise")


@serves("RC-10")
def versions(draft: Draft, rule: Rule) -> Iterator[Hit]:
    both = (
        r"(?:原|旧|以前的?|此前(?:的)?|\d{4}年(?:通过|制定)?的?)(?:《[^》\n]{0,20}》|[^。;,\n]{0,10}(?:公约|村规民约|规约|居规))"
        r"[^。;,\n]{0,12}(?:继续(?:有效|执行|适用)|同时(?:有效|执行|适用)|并行|仍然?(?:有效|适用|执行))"
        r"|与原[^。;,\n]{0,10}(?:公约|村规民约|规约)[^。;,\n]{0,6}(?:同时|并行|一并)(?:执行|适用|有效)"
    )
    for match in re.finditer(both, draft.plain):
        yield Hit(
            *match.span(),
            message="{where}写“{quote}”，新旧公约同时有效。一个社区（村）同时只应有一份有效的公约；请写明旧公约废止。",
        )
    if (
        is_whole(draft)
        and not DAY.search(draft.plain)
        and not re.search(r"\d{4}\s*年\s*\d{1,2}\s*月|[二〇○零一]{3,4}[〇○零一二三四五六七八九]年", draft.plain)
    ):
        yield Hit(*draft.title, message="全文没有通过日期和施行日期，看不出是哪一版。请写明。")

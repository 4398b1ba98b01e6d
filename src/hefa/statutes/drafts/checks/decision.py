"""Decision records: public comment, hearing, legality review, quorum and vote, who spoke when (MD-03, 04, 07, 09, 10)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from ..draft import Draft
from ..pattern import Hit
from ..rule import Rule
from ..words import NUMBER, count, dated
from .normative import asked_days
from .registry import serves

_NEGATED = re.compile(r"不得|的,|严禁|不予?提交|应当先|不予?上会|不予?(?:审议|讨论)|未予(?:审议|讨论)|退回")


def _said(draft: Draft, pattern: str, unless: re.Pattern[str] = _NEGATED) -> Iterator[re.Match[str]]:
    """What the text states of itself, not what it forbids."""
    for match in re.finditer(pattern, draft.plain):
        if not unless.search(draft.of(draft.sentence(match.start()))):
            yield match


@serves("MD-03")
def participation(draft: Draft, rule: Rule) -> Iterator[Hit]:
    least = rule.limit("days", draft.on)
    for start, end, days in asked_days(draft):
        sentence = draft.of(draft.sentence(start))
        if days < least and not re.search(r"不少于|紧急|缩短|突发|应急|再次|第二次|书面征求", sentence):
            yield Hit(
                start,
                end,
                message=f"{{where}}写明公开征求意见{days}日，少于{least}日。因情况紧急等缩短的，公布决策草案时应当说明。",
            )
    for match in re.finditer(rf"公示期[^。;,\n\d]{{0,4}}?({NUMBER})\s*个?(?:工作日|日|天)", draft.plain):
        shown = count(match[1])
        if shown and shown < least and re.search("意见|反馈", draft.of(draft.sentence(match.start()))):
            yield Hit(
                *match.span(),
                message=f"{{where}}写明公开征求意见{shown}日，少于{least}日。因情况紧急等缩短的，公布决策草案时应当说明。",
            )
    for match in _said(
        draft,
        r"(?:未|没有|不再|无需|尚未|不)(?:向社会|面向社会)?(?:公开)?(?:征求|征集|听取)(?:公众|社会|群众|居民|各方|利害关系人)?[^。;,\n]{0,6}意见",
    ):
        if not re.search(
            r"依法不予公开|国家秘密|依法(?:应当)?保密|涉密|提出意见|收到", draft.of(draft.sentence(match.start()))
        ):
            yield Hit(
                *match.span(),
                message="{where}写“{quote}”，没有听取公众意见。除依法不予公开的外，应当采取便于社会公众参与的方式充分听取意见。",
            )


_HEARING = re.compile(
    rf"听证会?[^。;\n]{{0,30}}?(?:提前|前)\s*({NUMBER})\s*个?(工作日|日|天)|(?:提前|于听证会(?:召开|举行)?前)\s*({NUMBER})\s*个?(工作日|日|天)[^。;\n]{{0,30}}(?:听证|材料)|听证会?(?:召开|举行)?\s*({NUMBER})\s*个?(工作日|日|天)前"
)


@serves("MD-04")
def hearing(draft: Draft, rule: Rule) -> Iterator[Hit]:
    least = rule.limit("days", draft.on)
    for match in _HEARING.finditer(draft.plain):
        number, unit = next((count(match[i]), match[i + 1]) for i in (1, 3, 5) if match[i])
        if number is not None and (number * 1.4 if unit == "工作日" else number) < least:
            yield Hit(
                *match.span(), message=f"{{where}}写“{{quote}}”，听证材料、事项应当在听证会召开{least}日前送达、公布。"
            )
    for span in draft.sentences:
        words = draft.of(span)
        if "听证" not in words:
            continue
        yield from _told_late(span.start, words, least, draft.on.year)
    bad = (
        r"听证(?:会)?(?:代表|参加人)?[^。;\n]{0,24}(?:未|没有|不)(?:向社会|公开|对外)?[^。;,\n]{0,4}(?:公告|公开)(?:报名|遴选|征集|招募)"
        r"|听证(?:会)?(?:代表|参加人)(?:全部|均|都|一律|直接)由[^。;,\n]{1,14}(?:推荐|指定|安排|选定|确定)|听证(?:会)?[^。;\n]{0,30}(?:(?:未|没有|不)(?:制作|作|形成)[^。;,\n]{0,4}笔录|笔录[^。;,\n]{0,8}(?:未|没有)[^。;,\n]{0,10}签"
        r"|(?:参加人|代表)[^。;,\n]{0,10}(?:由[^。;,\n]{1,14}(?:指定|内定)|名单[^。;,\n]{0,4}(?:未|不)(?:予)?公(?:布|开))|名单[^。;,\n]{0,8}内定|不公开(?:举行|遴选|进行))"
    )
    for match in _said(draft, bad, re.compile(r"不得|国家秘密|商业秘密|个人隐私")):
        yield Hit(
            *match.span(),
            message="{where}写“{quote}”。听证参加人应当公开遴选、名单公布，听证应当制作笔录并由参加人签字。请纠正。",
        )


_HELD = re.compile(r"召开|举行|举办")
_TOLD = re.compile(r"公告|送达|通知|公布|发布|材料")


def _told_late(at: int, words: str, least: int, year: int) -> Iterator[Hit]:
    """The day of the hearing and the day on which people were told of it, whichever stands first."""
    days = dated(words, year)[:2]
    if len(days) < 2:
        return
    (start, middle, first), (second, end, last) = days
    between, behind = words[middle:second], words[end:]
    if _TOLD.search(words[:second]) and _HELD.search(words[middle:]) and first <= last:
        gap = (last - first).days
    elif _HELD.search(between) and _TOLD.search(between + behind) and last <= first:
        gap = (first - last).days
    else:
        return
    if gap < least:
        said = f"{{where}}从公告、送达到召开听证会只有{gap}日，应当在召开{least}日前。"
        yield Hit(at + start, at + end, message=said)


@serves("MD-07")
def legality(draft: Draft, rule: Rule) -> Iterator[Hit]:
    """No review, a substitute for it, a review after the fact or in too few days."""
    least = rule.limit("working_days", draft.on)
    absent = (
        r"(?:未经?|没有|尚未|未曾|无需|不再|免予|跳过|暂未)(?:经过?|进行|开展|提交|送|作|组织|履行)*[^。;,\n]{0,6}合法性审[查核]"
        r"|合法性审[查核][^。;,\n]{0,10}(?:会后|后|事后|另行)补|合法性审[查核](?:意见)?[^。;,\n]{0,8}(?:尚未|未)(?:出具|完成|形成|作出|提交)"
        r"|(?:会|事|印发|实施|通过|决定|审议)后(?:再)?(?:补|补办|补充|进行)[^。;,\n]{0,6}合法性审"
    )
    for match in _said(draft, absent):
        yield Hit(
            *match.span(),
            message="{where}写“{quote}”，决策草案没有经过合法性审查。未经合法性审查或者审查不合法的，不得提交决策机关讨论。",
        )
    instead = (
        r"(?:以|用|由|法律顾问|各科室)[^。;,\n]{0,24}(?:会签|征求[^。;,\n]{0,12}意见|参加审议|列席会议|列席|口头意见|传阅|参会)"
        r"[^。;,\n]{0,10}(?:代替|替代|取代|视为|视同|作为|代)[^。;,\n]{0,8}合法性审"
    )
    for match in _said(draft, instead):
        yield Hit(*match.span(), message="{where}写“{quote}”。不得以征求意见、会签、参加审议等方式代替合法性审查。")
    yield from _hasty_review(draft, least)


def _hasty_review(draft: Draft, least: int) -> Iterator[Hit]:
    """Fewer working days than the law leaves, said as a number or by two days."""
    for match in re.finditer(
        rf"(?:仅|只)(?:用|给)[^。;,\n]{{0,6}}?({NUMBER})\s*个?(工作日|日|天)[^。;,\n]{{0,10}}合法性审[查核]"
        rf"|合法性审[查核][^。;\n]{{0,24}}?(?<![第\d月])({NUMBER})\s*个?(工作日|日|天)(?!前)",
        draft.plain,
    ):
        number, unit = count(match[1] or match[3]), match[2] or match[4]
        if (
            number is not None
            and number < least
            and not re.search(r"不少于|紧急|应急", draft.of(draft.sentence(match.start())))
        ):
            yield Hit(
                *match.span(), message=f"{{where}}给合法性审查的时间是{number}{unit}，一般不少于{least}个工作日。"
            )
    for span in draft.sentences:
        words = draft.of(span)
        days = [day for _, _, day in dated(words)]
        if (
            re.search(r"合法性审[查核]", words)
            and len(days) == 2
            and re.search(r"送|提交|报", words)
            and 0 <= (days[1] - days[0]).days < least
            and not re.search("紧急|应急", words)
        ):
            yield Hit(
                span.start + len(words) - len(words.lstrip()),
                span.end,
                message=f"{{where}}从送审到完成只有{(days[1] - days[0]).days}日，合法性审查一般不少于{least}个工作日。",
            )


_PEOPLE = rf"({NUMBER})\s*(?:名|人|位|票)"
_ATTEND = re.compile(
    rf"应(?:到|出席|参会|参加)(?:会)?(?:[^。;,\n\d一二三四五六七八九十]{{0,10}})\s*(?P<all>{NUMBER})\s*(?:名|人|位)?[^。;\n]{{0,12}}?实(?:到|际到会|际出席|际参会|际参加|出席)(?:会)?(?:[^。;,\n\d一二三四五六七八九十]{{0,10}})\s*(?P<came>{NUMBER})\s*(?:名|人|位)?"
)
_BY_NAME = re.compile(
    rf"应(?:到|出席|参加)[^。\n]{{1,80}}?共\s*(?P<all>{NUMBER})\s*(?:名|人|位)[,;。]?\s*实(?:到|际到会|际出席|出席)\s*(?P<came>{NUMBER})\s*(?:名|人|位)"
)
# 班子成员共13人,出席7人
_OF_ALL = re.compile(
    rf"(?:班子|党工委|会议)(?:成员|委员|组成人员)\s*共?\s*(?P<all>{NUMBER})\s*(?:名|人|位)[,、]\s*(?:出席|到会|实到|参会|参加)(?:会议)?(?:的)?\s*(?P<came>{NUMBER})\s*(?:名|人|位)"
)
# 3名班子成员出席(共11名)
_OUT_OF = re.compile(
    rf"(?P<came>{NUMBER})\s*(?:名|位|人)?(?:班子成员|委员|成员|组成人员)(?:出席|到会|参会|参加)(?:会议)?\s*[(,]\s*(?:共|应到|全体|总共)\s*(?P<all>{NUMBER})\s*(?:名|人|位)"
)
# 到会四人,应到九人
_CAME_OF = re.compile(
    rf"(?:到会|实到|出席|参会)\s*(?P<came>{NUMBER})\s*(?:名|人|位)[,(]\s*(?:应到|应出席|应参会)\s*(?P<all>{NUMBER})\s*(?:名|人|位)"
)
_ATTENDANCE = (_BY_NAME, _OF_ALL, _ATTEND, _OUT_OF, _CAME_OF)
_TOO_FEW = re.compile(
    r"到会(?:人数)?(?:不足|未(?:达|到|过)|少于|不到|没有过)[^。;,\n]{0,12}(?:仍|即|便|照常|也)[^。;,\n]{0,10}"
)
_FOR = re.compile(
    rf"(?:同意|赞成|赞成票|同意票)(?:的)?(?:[:为]|票数为?)?\s*({NUMBER})\s*(?:票|人|名|户)|({NUMBER})\s*(?:票|人|名)(?:同意|赞成)"
)


@serves("grade_of_risk")
def grade_of_risk(draft: Draft, rule: Rule) -> Iterator[Hit]:
    """A risk assessment is told of and no grade of risk stands anywhere."""
    told = re.search(r"风险评估[^。\n]{0,60}", draft.plain)
    if (
        told
        and not draft.has(
            r"[低中高]风险|风险(?:等级|级别)|风险[^。;,\n]{0,6}[低中高较]|等级[^。;,\n]{0,6}[低中高]|未(?:开展|进行)"
        )
        and not re.search("纪要|记录", draft.title_text)
    ):
        yield Hit(*told.span())


_ATTACHED = re.compile(r"^[ \t]*附(?:件)?\s*[:：][^\n]*(?:\n[ \t]*\d{1,2}[.、][^\n]*)*", re.M)


@serves("attachments")
def attachments(draft: Draft, rule: Rule) -> Iterator[Hit]:
    """The papers named behind 附件 of a request that asks for a decision, without the opinion on legality."""
    for match in _ATTACHED.finditer(draft.plain):
        papers = re.findall(r"草案|方案|听证|公众意见|征求意见|专家论证|风险评估", match.group())
        if len(set(papers)) >= 3 and not re.search(
            r"合法性审[查核]|合法性意见", draft.of(draft.sentence(match.start())) + match.group()
        ):
            yield Hit(*match.span())


_AGAINST = re.compile(rf"(?:反对|不同意)(?:的)?(?:[:为]|票数为?)?\s*({NUMBER})\s*(?:票|人|名)")
_CAME = re.compile(rf"实(?:到|际到会|际出席|际参会|出席)(?:会)?[^。;,\n\d]{{0,8}}({NUMBER})\s*(?:名|人|位)")


def _carried_by_few(draft: Draft, majority: Fraction) -> Iterator[Hit]:
    """Votes told beside those who came or were against, without how many there are: half of them is never half of all."""
    for span in draft.sentences:
        words = draft.of(span)
        against = _AGAINST.search(words)
        if against and (given := _FOR.search(words)) and re.search("(?<!未)(?<!不予)(?<!没有)(?<!未获)通过", words):
            yes, no = count(given[1] or given[2]), count(against[1])
            if yes is not None and no is not None and yes <= no:
                said = f"{{where}}同意{yes}人，没有多过反对的{no}人，决定不能通过。"
                yield Hit(span.start + given.start(), span.start + against.end(), message=said)
                continue
        came, vote = _CAME.search(words), _FOR.search(words)
        present, votes = (count(one[1] or one[one.lastindex or 1]) if one else None for one in (came, vote))
        if (
            came
            and vote
            and present is not None
            and votes is not None
            and votes <= present * majority
            and not re.search("应(?:到|出席|参)|未(?:获)?通过|不予通过|否决", words)
        ):
            at = span.start + vote.start()
            said = f"{{where}}同意{votes}人，没有超过到会{present}人的半数，决定不能通过。"
            yield Hit(at, span.start + vote.end(), message=said)


@serves("MD-09")
def quorum(draft: Draft, rule: Rule) -> Iterator[Hit]:
    need, majority = Fraction(*rule.limits["attend"]), Fraction(*rule.limits["pass"])
    for few in _TOO_FEW.finditer(draft.plain):
        yield Hit(*few.span(), message="{where}写“{quote}”。到会人数不足的，会议不能举行，作出的决定应当重新讨论。")
    yield from _carried_by_few(draft, majority)
    for match in (found for way in _ATTENDANCE for found in way.finditer(draft.plain)):
        members, present = count(match["all"]), count(match["came"])
        if not members or present is None:
            continue
        if present > members:
            yield Hit(*match.span(), message=f"{{where}}写应到{members}人、实到{present}人，实到多于应到。请核对。")
        elif present < members * need:
            yield Hit(
                *match.span(), message=f"{{where}}写应到{members}人、实到{present}人，不足三分之二，会议不能举行。"
            )
        for vote in _FOR.finditer(draft.plain, match.end()):
            votes = count(vote[1] or vote[2])
            if votes is not None and votes <= members * majority:
                yield Hit(
                    *vote.span(), message=f"{{where}}同意{votes}人，没有超过全体成员{members}人的半数，决定不能通过。"
                )
            elif votes is not None and votes > present:
                yield Hit(*vote.span(), message=f"{{where}}同意{votes}人，多于实到{present}人。请核对。")
            break
        return


_CHIEF = r"(?:主任|书记|行政首长|主要负责人|主持人|一把手|街道主要领导|主要领导)"
_FIRST = re.compile(
    rf"{_CHIEF}[^。;,\n]{{0,10}}(?:首先|率先|先行|带头|首个|第一个|最先|先)(?:作|做)?(?:发表(?:了)?(?:个人)?(?:意见|看法)|发言|表态|表明|定调|拍板|亮明[^。;,\n]{{0,4}}|提出(?:了)?(?:明确)?(?:意见|同意|倾向)|明确(?:表示)?|表示(?:同意|赞成|支持))"
)
_NOT_FIRST = re.compile(r"不得|末位|最后(?:发言|发表|表态)|介绍|通报|汇报|说明情况|副主任|副书记")


@serves("MD-10")
def speaking_order(draft: Draft, rule: Rule) -> Iterator[Hit]:
    for match in _FIRST.finditer(draft.plain):
        words = draft.of(draft.sentence(match.start()))
        if (
            not re.search(r"不得[^。;,\n]{0,6}先|介绍|通报|汇报|分管", words)
            and "副" not in draft.plain[max(0, match.start() - 1) : match.start() + 1]
        ):
            yield Hit(
                *match.span(), message="{where}写“{quote}”。行政首长应当最后发表意见，请按末位发言重新讨论、记录。"
            )
    silent = (
        r"记录[^。;,\n]{0,4}不(?:予)?(?:记载|载明|反映|写入)[^。;,\n]{0,10}意见|(?:不同意见|反对意见|异议|少数意见|保留意见)[^。;,\n]{0,12}"
        r"(?:不(?:予|作|再)?(?:记录|记载|列入|载明)|未(?:予|作|被)?(?:记录|记载|载明)|不(?:写入|载入|记入|录入))"
    )
    for match in _said(draft, silent, re.compile(r"不得|应当如实|严禁")):
        yield Hit(*match.span(), message="{where}写“{quote}”。集体讨论情况和决定应当如实记录，不同意见应当如实载明。")
    alone = (
        rf"{_CHIEF}[^。;\n]{{0,30}}(?:与多数[^。;,\n]{{0,12}}意见不一致|不同意多数|否定多数|在多数[^。;,\n]{{0,12}}反对)[^。;\n]{{0,40}}(?:决定|拍板|通过)"
        rf"|(?:多数|过半数|[三四五六七]名)(?:人|成员|委员)?[^。;,\n]{{0,6}}(?:反对|不同意)[^。;\n]{{0,16}}"
        rf"{_CHIEF}[^。;\n]{{0,10}}(?:决定|拍板)"
    )
    for match in _said(draft, alone, re.compile(r"说明(?:了)?理由|说明原因|理由(?:是|为|如下)")):
        yield Hit(
            *match.span(),
            message="{where}写“{quote}”。行政首长拟作的决定与多数人意见不一致的，应当在会上说明理由并记录。",
        )
    yield from _chief_in_list(draft)


def _chief_in_list(draft: Draft) -> Iterator[Hit]:
    """Speeches listed one a line: the chief's must not come before others'."""
    speeches = [
        match
        for match in re.finditer(
            r"^[ \t]*(?:\d{1,2}[.、]|[(]?[一二三四五六七八九十]{1,2}[)、])?\s*([\u4e00-\u9fa5×某]{2,4})\s*[(]([^()\n]{2,24})[)]\s*[:发]",
            draft.plain,
            re.M,
        )
    ]
    chief = next(
        (
            n
            for n, one in enumerate(speeches)
            if re.search(r"(?<!副)(?:主任|书记)", one[2]) and not re.search(r"副|科|社区|居委|人大|纪工委", one[2])
        ),
        None,
    )
    if (
        chief is not None
        and len(speeches) >= 3
        and chief < len(speeches) - 1
        and re.search(r"发言|讨论|表态|意见", draft.plain[: speeches[0].start()])
    ):
        rest = speeches[chief + 1 :]
        if any(re.search(r"副主任|委员|副书记|科长|主任", one[2]) for one in rest) and not any(
            one[1] == speeches[chief][1] for one in rest
        ):
            yield Hit(
                *speeches[chief].span(),
                message="{where}的发言记录里，主要负责人不是最后发言。行政首长应当最后发表意见。",
            )

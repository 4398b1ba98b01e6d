"""Normative documents: who signs, from when, until when, how long the public was asked (ND-01, ND-13 to ND-17, ND-22)."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections.abc import Iterator

from ..draft import Draft
from ..pattern import Hit
from ..rule import Rule
from ..words import ANY_DAY, DAY, MONTH_ALONE, NUMBER, count, day_of, month_of
from .registry import serves

_INSIDE = re.compile(
    r"^[^\n。:,]{2,30}(?:(?<!政府)办公室|领导小组|指挥部|专班|联席会议|[^委]科|科室|执法队|执法中队|执法大队|中队)(?:[(](?:印章|盖章|公章|章)[)])?$"
)
_LAST = 6


# What binds the office alone may be signed by one of its rooms.
_INTERNAL = re.compile(r"(?:仅|只)(?:约束|适用于|规范)[^。;,\n]{0,8}机关|不涉及公民[^。;\n]{0,20}权利义务")


@serves("signature")
def signature(draft: Draft, rule: Rule) -> Iterator[Hit]:
    """The line above the date at the end: an inner office does not sign for the sub-district."""
    if _INTERNAL.search(draft.plain):
        return
    lines = draft.lines[-_LAST:]
    for above, below in itertools.pairwise(lines):
        line = draft.of(above).strip()
        if DAY.match(draft.of(below).strip()) and _INSIDE.match(line) and "政府" not in line and "委员会" not in line:
            start = above.start + len(draft.of(above)) - len(draft.of(above).lstrip())
            yield Hit(start, start + len(line))


_MARKET = re.compile(r"经营者|市场主体|企业|商户|店铺|供应商|经营")
_ASKED = re.compile(
    rf"(?:征求|征集|听取)[^。;\n]{{0,16}}意见[^。;\n]{{0,30}}?(?<![\d年月])({NUMBER})\s*个?(工作日|日|天)(?!前|起|向|发布)|(?<![\d年月])({NUMBER})\s*个?(工作日|日|天)(?:的)?(?:公开)?(?:征求|征集)[^。;\n]{{0,10}}意见"
    rf"|(?:挂网|上网|网上公开|公示)[^。;,\n\d]{{0,4}}({NUMBER})\s*个?(工作日|日|天)[^。;\n]{{0,12}}(?:意见征集|征[求集][^。;,\n]{{0,6}}意见)"
)
_ASKED_RANGE = re.compile(
    rf"({ANY_DAY})[^。;,\n\d]{{0,6}}(?:至|到|—|-|~)\s*({ANY_DAY}|\d{{1,2}}\s*月\s*\d{{1,2}}\s*日|\d{{1,2}}\s*日)"
)
_NOT_ASKED = re.compile(r"(?:未|没有|不再|无需|不)(?:向社会)?(?:公开)?(?:征求|征集|听取)[^。;,\n]{0,10}(?:意见)")


def asked_days(draft: Draft) -> Iterator[tuple[int, int, int]]:
    """(start, end, days) for every period of public comment that the text states."""
    for match in _ASKED.finditer(draft.plain):
        number, unit = count(match[1] or match[3] or match[5]), match[2] or match[4] or match[6]
        if number:
            yield match.start(), match.end(), round(number * 1.4) if unit == "工作日" else number
    for match in _SHORT_RANGE.finditer(draft.plain):
        if (length := _short_range(match, draft.on.year)) is not None:
            yield match.start(), match.end(), length
    for match in _WEEKS.finditer(draft.plain):
        if weeks := count(match[1]):
            yield match.start(), match.end(), weeks * 7
    for match in _FROM_TO.finditer(draft.plain):
        if (length := _short_range(match, draft.on.year)) is not None:
            yield match.start(), match.end(), length
    for match in _ASKED_RANGE.finditer(draft.plain):
        sentence = draft.of(draft.sentence(match.start()))
        if not re.search(r"征求[^。;\n]{0,12}意见|征集[^。;\n]{0,12}意见|听取意见|公示", sentence):
            continue
        days = _between(match[1], match.group()[len(match[1]) :])
        if days is not None:
            yield match.start(), match.end(), days


_SHORT_RANGE = re.compile(
    r"(?<![\d年])(\d{1,2})\s*月\s*(\d{1,2})\s*日[^。;,\n\d]{0,6}(?:至|到|—|-|~)\s*(?:(\d{1,2})\s*月\s*)?(\d{1,2})\s*日[^。;,\n]{0,12}(?:征求|征集|听取)[^。;\n]{0,10}意见"
)


_WEEKS = re.compile(
    rf"(?:征求|征集|听取)[^。;\n]{{0,8}}意见[^。;\n\d]{{0,16}}?({NUMBER})\s*个?(?:周|星期)(?![一二三四五六日岁边])"
)
_FROM_TO = re.compile(
    r"(?:征求|征集|听取)[^。;\n]{0,8}意见[^。;\n]{0,12}?(?<![\d年])(\d{1,2})\s*月\s*(\d{1,2})\s*日(?:发布|开始|公布|起|挂网)[^。;\n\d]{0,8}(?:(\d{1,2})\s*月\s*)?(\d{1,2})\s*日(?:截止|结束|止)"
)


def _short_range(match: re.Match[str], year: int) -> int | None:
    try:
        first = dt.date(year, int(match[1]), int(match[2]))
        last = dt.date(year, int(match[3] or match[1]), int(match[4]))
    except ValueError:
        return None
    return (last - first).days + 1 if last >= first else None


def _between(first: str, rest: str) -> int | None:
    """Days from the first day to the last, both counted; the last may leave out year or month."""
    found = DAY.match(first)
    start = day_of(found) if found else None
    if start is None:
        return None
    full = DAY.search(rest)
    if full:
        last = day_of(full)
    else:
        numbers = [int(one) for one in re.findall(r"\d{1,2}", rest)]
        try:
            last = dt.date(start.year, numbers[0], numbers[1]) if len(numbers) > 1 else start.replace(day=numbers[0])
        except (ValueError, IndexError):
            return None
    return (last - start).days + 1 if last and last >= start else None


@serves("ND-13")
def public_comment(draft: Draft, rule: Rule) -> Iterator[Hit]:
    market = _MARKET.search(draft.plain) is not None
    least = rule.limits["market_days" if market else "ordinary_days"]
    for start, end, days in asked_days(draft):
        sentence = draft.of(draft.sentence(start))
        if days < least and not re.search(
            r"不少于|紧急|保密|突发|缩短|再次|第二次|内部|人大代表|第三方|收到征求意见|被征求|日内[^。;,\n]{0,4}(?:答复|反馈|回复|回应|办结)",
            sentence,
        ):
            said = (
                f"{{where}}写明征求意见{days}日，"
                + ("涉及市场主体的一般不少于30日。" if market else f"一般不少于{least}日。")
                + "请补足，或者写明理由。"
            )
            yield Hit(start, end, message=said, severity=None if market else "minor")
    for match in _NOT_ASKED.finditer(draft.plain):
        sentence = draft.of(draft.sentence(match.start()))
        if not re.search(r"不得|未[^。;\n]{0,16}的,|保密|国家秘密", sentence):
            yield Hit(
                *match.span(),
                message="{where}写“{quote}”，没有公开征求意见。涉及市场主体的应当公开征求意见，一般不少于30日。",
            )


_FROM = re.compile(rf"自\s*({ANY_DAY})\s*(?:起|开始)(?:正式)?(?:施行|实施|执行|生效|试行)")
_AT_ONCE = re.compile(
    r"自(?:发布|公布|印发|下发|颁布|发文|签发|通过|本日)之?日起(?:正式)?(?:施行|实施|执行|生效|试行)|(?:即日起|立即)(?:施行|实施|执行)"
)
_BACK = re.compile(
    r"(?:追溯|溯及)(?:至|到|既往|以前|适用|执行|力)?[^。;,\n]{0,14}|(?:施行|发布|印发|公布)(?:之)?前(?:已)?(?:发生|实施|存在|办理|完成|建成)[^。;\n]{0,20}(?:适用|按照|按|依照|参照)本"
)


@serves("effective_absent")
def effective_absent(draft: Draft, rule: Rule) -> Iterator[Hit]:
    if not re.search(
        r"(?:施行|实施|执行|生效|试行)(?:。|,|;|$|\n|[(])|起(?:正式)?(?:施行|实施|执行|生效)", draft.plain
    ) and not draft.has(r"起(?:施行|实施|执行|试行)"):
        yield Hit(*draft.title)


@serves("effective_day")
def effective_day(draft: Draft, rule: Rule) -> Iterator[Hit]:
    for match in _AT_ONCE.finditer(draft.plain):
        if not re.search(
            r"因|为(?:了)?(?:保障|应对|防止|避免)|紧急|应急|突发|不立即", draft.of(draft.sentence(match.start()))
        ):
            yield Hit(
                *match.span(),
                message="{where}写“{quote}”，没有留出准备时间，也没有说明理由。一般应当在公布之日起满30日后施行（天数待核实）；确需即日施行的，说明理由。",
                severity="minor",
            )
    for match in _BACK.finditer(draft.plain):
        if not re.search(
            r"不(?:得|具有|溯|追)|没有溯|无溯|更有利|从旧兼从轻|除外", draft.of(draft.sentence(match.start()))
        ):
            yield Hit(
                *match.span(),
                message="{where}写“{quote}”，溯及既往。除为了更好地保护公民、法人和其他组织权利而作的特别规定外，不溯及既往；请删去。",
            )
    issued = draft.written_on or _month_issued(draft)
    for match in _FROM.finditer(draft.plain):
        found = DAY.search(match[1])
        day = day_of(found) if found else None
        if day and issued and day < issued:
            yield Hit(
                *match.span(),
                message=f"{{where}}自{day}起施行，早于成文日期{issued}，溯及既往。请改为公布之后的日期。",
            )


def _month_issued(draft: Draft) -> dt.date | None:
    """The first day of the month in which the text says that it was issued, when it names no day."""
    return month_of(re.search(rf"{MONTH_ALONE}[^。;,\n]{{0,4}}(?:印发|发布|公布|成文)", draft.plain))


_VALID = re.compile(
    r"(?:有效期|试行期|试行期限)(?:限|为|至|到|自)?[^。;\n]{0,30}|有效至[^。;,\n]{0,16}|(?:长期|永久|一直)有效|施行期限[^。;\n]{0,20}"
)


@serves("ND-15")
def validity(draft: Draft, rule: Rule) -> Iterator[Hit]:
    from ..recognise import is_whole

    trial = (re.search(r"暂行|试行", draft.title_text) is not None and "。" not in draft.title_text) or draft.has(
        r"本(?:暂行|试行)(?:办法|规定|细则|意见|方案)|(?m:^[^\n。;]{4,40}(?:暂行(?:办法|规定|细则)|[(]试行[)])\s*$)"
    )
    most = rule.limits["trial_years" if trial else "years"]
    for match in _VALID.finditer(draft.plain):
        years = _years(draft, match.group())
        if match.group().startswith("试行期"):
            trial, most = True, rule.limits["trial_years"]
        if re.match(r"长期|永久|一直", match.group()) or re.search(r"长期|永久|不限|不设", match.group()):
            yield Hit(*match.span(), message=f"{{where}}写“{{quote}}”，没有有效期。请写明，一般不超过{most}年。")
            return
        if (
            years is not None
            and years > most + 0.05
            and not re.search(
                "证|许可|申请|承诺|名单|身份|资格",
                match.group() + draft.plain[max(0, match.start() - 12) : match.start()],
            )
        ):
            kind = "暂行、试行的文件" if trial else "规范性文件"
            yield Hit(
                *match.span(), message=f"{{where}}的有效期约{years:.0f}年；{kind}有效期一般不超过{most}年。请改短。"
            )
            return
    if is_whole(draft) and not draft.has(
        r"有效期|有效至|施行期限|废止之日|至\s*\d{4}\s*年[^。\n]{0,10}(?:止|废止|失效)|试行期|期满"
    ):
        yield Hit(*draft.title)


def _years(draft: Draft, words: str) -> float | None:
    """How long the stated validity is; a last day is counted from the day of effect.

    Without one it is counted from the day of the document, with half a year for the wait between the two.
    """
    length = re.search(rf"({NUMBER})\s*(年|个月)(?!\s*\d{{1,2}}\s*月|\s*[一二三四五六七八九十]{{1,3}}\s*月)", words)
    if length and (number := count(length[1])) is not None and number < 200:
        return number if length[2] == "年" else number / 12
    last_found = DAY.search(words)
    first_found = _FROM.search(draft.plain)
    start = DAY.search(first_found[1]) if first_found else None
    last, first = (day_of(last_found) if last_found else None), (day_of(start) if start else draft.written_on)
    return (last - first).days / 365.25 - (0 if start else 0.5) if last and first else None


_VAGUE = re.compile(
    r"(?:有关|相关)(?:规定|部门|单位|要求|政策|文件|人员|标准|程序|方面|手续)|适当(?:处理|补助|奖励|收取|减免|照顾|安排)?|酌情|视情|一定(?:的)?(?:奖励|补助|比例|数额)"
)


@serves("ND-17")
def vague_words(draft: Draft, rule: Rule) -> Iterator[Hit]:
    """Words that leave open who acts and by what; a few are usual, many in one article are not."""
    found = list(_VAGUE.finditer(draft.plain))
    by_sentence: dict[int, list[re.Match[str]]] = {}
    for match in found:
        by_sentence.setdefault(draft.sentence(match.start()).start, []).append(match)
    for group in by_sentence.values():
        if len(group) >= rule.limits["in_sentence"]:
            yield Hit(group[0].start(), group[-1].end())
            return
    if len(found) >= rule.limits["in_text"] and len(found) * rule.limits["characters_each"] > len(draft.text):
        said = f"全文有{len(found)}处“有关”“相关”“酌情”一类含混的说法，执行的人不知道找谁、按什么办。请写出部门和文件的名称。"
        yield Hit(*found[0].span(), message=said)
        return
    from ..recognise import is_whole

    if (
        is_whole(draft)
        and re.search(r"(?:办法|规定|细则|规则)", draft.title_text)
        and not draft.has(r"解释|联系(?:人|电话|方式)|咨询电话")
    ):
        yield Hit(
            *draft.title,
            message="全文没有写由谁解释，也没有联系方式。请在附则写明。",
            suggest="本办法由街道办事处负责解释",
        )


_NOT_NORMATIVE = re.compile(
    r"任职|免职|任免|职务|表彰|嘉奖|会议纪要|的请示|的报告|的批复|的函$|召开[^\n]{0,24}会议|成立[^\n]{0,24}(?:领导小组|工作组|专班)|考勤|财务(?:管理|报销)|公务接待|公务用车|"
    r"(?:机关|街道)?工作人员[^\n]{0,12}(?:管理|考核|请假)|内部(?:管理|控制|审计)|值班(?:安排|工作|表)|放假|印章管理|机关(?:管理|制度|考核|食堂)|年度工作(?:总结|要点|计划)|学习计划"
)


@serves("ND-22")
def is_normative(draft: Draft, rule: Rule) -> Iterator[Hit]:
    match = _NOT_NORMATIVE.search(draft.title_text)
    if match and len(draft.title_text) <= 60 and not re.search(r"[。;,:]$", draft.title_text):
        yield Hit(*draft.title)

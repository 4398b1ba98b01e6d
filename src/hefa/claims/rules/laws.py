"""Rule `dead-law`: a law cited as in force that was repealed at the report's date."""

import re
from datetime import date

from hefa.claims.findings import ERROR, WARNING, Finding
from hefa.claims.law_data import Repealed, repealed
from hefa.claims.reading import Reading

RULE = "dead-law"
_CITED = re.compile(r"《(?:中华人民共和国)?([^《》\n]{2,50})》")
_BARE = re.compile(
    r"(?:依据|根据|按照|依照|违反|适用)(?:了)?(?:中华人民共和国)?([\u4e00-\u9fff]{2,12}法)第[\d一二三四五六七八九十百]+条"
)
_HISTORY = re.compile(
    r"原《?|废止|失效|取代|替代|代替|旧法|旧《|修订前|修改前|沿革|历史|曾|不再适用|当时|时任|清理|同时停止"
)
_NEXT = re.compile(r"^[一二三四五六七八九十]{1,3}、[^\n]{0,30}(?:安排|计划|打算|思路|下一步|明年)", re.M)


def check(read: Reading) -> list[Finding]:
    """Citations of laws dead at the report's date (`_on`); the part on next year's plans is read a year later."""
    found = []
    plans = _NEXT.search(read.page.text)
    for match in [*_CITED.finditer(read.page.text), *_BARE.finditer(read.page.text)]:
        name = re.sub(r"（[^）]*）$", "", match.group(1)).replace("中华人民共和国", "")
        law = repealed().get(name)
        if law is None or _history(read.page.text, match.start(), match.end()):
            continue
        planned = plans is not None and match.start() > plans.start()
        on = _on(read, planned)
        if on is None or law.dead_on > on:
            continue
        found.append(_finding(read, match, law, on))
    return found


def _on(read: Reading, planned: bool) -> date | None:
    """The day of publication, but not after the reported year: what was done in it was done under its law."""
    if read.year is None:
        return read.published_on
    last = date(read.year + (1 if planned else 0), 12, 31)
    if planned or read.published_on is None:
        return last
    return min(last, read.published_on)


def _history(text: str, start: int, end: int) -> bool:
    left = max(text.rfind(mark, 0, start) for mark in "。；\n") + 1
    right = min((at for at in (text.find(mark, end) for mark in "。；\n") if at >= 0), default=len(text))
    return bool(_HISTORY.search(text[left:right]))


def _finding(read: Reading, match: re.Match[str], law: Repealed, on: date) -> Finding:
    start, end = read.page.source(match.start(), match.end())
    severity = ERROR if law.verified and law.dead_on.year < on.year else WARNING
    now = f"，现行规定见{law.replaced_by}" if law.replaced_by else ""
    doubt = "" if law.verified else "（废止日期待核实）"
    return Finding(
        RULE,
        severity,
        (),
        start,
        end,
        f"{law.dead_on}废止，报告截至{on}",
        f"《{law.name}》自{law.dead_on}起废止{doubt}{now}；如指当时有效的规定，请写明。",
    )

"""Rule `year`: years that disagree between the title, the opening, the headings and the plans named."""

import re

from hefa.claims.findings import ERROR, WARNING, Finding
from hefa.claims.law_data import outlines
from hefa.claims.reading import Line, Reading

RULE = "year"
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=年)")
_HEADING = re.compile(r"^(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|第[一二三四五六]部分)")
_PLAN = re.compile(r"安排|计划|打算|思路|下一步|下步|展望|目标|明年|谋划|重点(?:工作|任务)|工作要点|努力方向|改进")
_DONE = re.compile(r"举措|成效|进展|情况|工作总结|完成|开展|不足|问题|原因|履行|回顾|亮点|做法|概述")
_OPENING = re.compile(
    r"现将[^。；\n]{0,24}?((?:19|20)\d{2})年(?:度)?[^。；\n]{0,40}?(?:报告|汇报|总结|公布|公开|通报)如下"
)


def check(read: Reading) -> list[Finding]:
    return [*_against_title(read), *_outlines(read)]


def _against_title(read: Reading) -> list[Finding]:
    year, title = read.year, read.title
    if year is None or title is None:
        return []
    found = []
    for line in read.lines:
        if line.start <= title.start:
            continue
        if _HEADING.match(line.text) and len(line.text) <= 50:
            found += _heading(read, line, year)
    opening = _OPENING.search(read.page.text, title.start)
    if opening and int(opening.group(1)) != year:
        found.append(
            _finding(
                read,
                opening.start(),
                opening.end(),
                f"标题{year}年，引言{opening.group(1)}年",
                f"标题是{year}年，引言写的是{opening.group(1)}年；请统一。",
            )
        )
    return found


def _heading(read: Reading, line: Line, year: int) -> list[Finding]:
    head = re.split(r"[。；]", line.text)[0]
    years = {int(y) for y in _YEAR.findall(head)}
    if len(years) != 1 or re.search(r"\d{4}[-至到、]|以来|规划|纲要|整改|反馈|督察|上年", head):
        return []
    said = years.pop()
    plan = bool(_PLAN.search(head)) and not re.search("完成|落实|执行|举措和|成效", head)
    done = bool(_DONE.search(head)) and not plan
    right = {year + 1} if plan else {year}
    if said in right or not (plan or done):
        return []
    if plan and said == year and re.search("问题|不足|改进", head):
        return []
    want = next(iter(right))
    return [
        _finding(
            read,
            line.start,
            line.start + len(head),
            f"标题{year}年，本节标题{said}年",
            f"标题是{year}年的报告，此处{'下一年安排' if plan else '本年情况'}应为{want}年，写成了{said}年。",
        )
    ]


def _outlines(read: Reading) -> list[Finding]:
    found = []
    for outline in outlines():
        for match in re.finditer(
            rf"《(?:中共中央)?{outline.name}（((?:19|20)\d{{2}})-((?:19|20)?\d{{2,4}})年?）》", read.page.text
        ):
            first, last = int(match.group(1)), int(match.group(2)[-2:])
            if (first, last) in {(a, b % 100) for a, b in outline.spans}:
                continue
            spans = "、".join(f"{a}—{b}年" for a, b in outline.spans)
            found.append(
                _finding(
                    read,
                    match.start(),
                    match.end(),
                    f"文中{match.group(1)}—{match.group(2)}，国家文件{spans}",
                    f"《{outline.name}》的国家文件是{spans}；如引用的是地方文件，请写明制定机关。",
                    WARNING,
                )
            )
    return found


def _finding(read: Reading, start: int, end: int, arithmetic: str, message: str, severity: str = ERROR) -> Finding:
    begin, finish = read.page.source(start, end)
    return Finding(RULE, severity, (), begin, finish, arithmetic, message)

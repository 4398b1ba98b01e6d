"""Rule `missing-part`: the parts that a rule-of-law report and a disclosure report must have."""

import re

from hefa.claims.findings import WARNING, Finding
from hefa.claims.reading import DISCLOSURE, RULE_OF_LAW, Reading

RULE = "missing-part"
_LEVEL_ONE = re.compile(r"^[一二三四五六七八九十]{1,3}、")
SHORTEST = 600
# Name of the part, what its heading says, and what shows that the part stands elsewhere in the text.
_RULE_OF_LAW = (
    (
        "推进法治政府建设的主要举措和成效",
        r"举措|成效|工作情况|进展|开展|落实|完成|做法|推进|总体情况|建设情况|工作总结",
        None,
    ),
    (
        "存在的不足和原因",
        r"不足|问题|短板|薄弱|困难|差距",
        r"存在.{0,12}(?:不足|问题|短板|差距|薄弱)|不足之处|问题(?:和|与)不足",
    ),
    ("党政主要负责人履行推进法治建设第一责任人职责", r"第一责任人|主要负责人", r"第一责任人"),
    (
        "下一年度的主要安排",
        r"安排|计划|打算|思路|下一步|下步|明年|展望|重点工作|努力方向|工作要点|谋划",
        r"下一步|下步工作|明年|下一年|今后工作|20\d{2}年(?:工作)?(?:计划|打算|安排|思路)",
    ),
)
_DISCLOSURE = (
    ("总体情况", r"总体情况|概述|总体概况", None),
    ("主动公开政府信息情况", r"主动公开", None),
    ("收到和处理政府信息公开申请情况", r"申请(?:的)?情况|收到和处理|依申请", None),
    ("政府信息公开行政复议、行政诉讼情况", r"行政复议|行政诉讼", None),
    ("存在的主要问题及改进情况", r"问题|改进|不足", None),
    ("其他需要报告的事项", r"其他需要|其它需要|其他.{0,6}事项|需要.{0,6}报告", None),
)


def check(read: Reading) -> list[Finding]:
    """Silent unless the title says what it is, it has some length, and half of the parts have their heading."""
    wanted = {RULE_OF_LAW: _RULE_OF_LAW, DISCLOSURE: _DISCLOSURE}.get(read.kind or "")
    headings = [line for line in read.lines if _LEVEL_ONE.match(line.text)]
    if wanted is None or len(headings) < 2 or len(read.page.text) < SHORTEST:
        return []
    titles = [line.text[:60] for line in headings]
    headed = [any(re.search(head, t) for t in titles) for _, head, _ in wanted]
    missing = [
        name
        for (name, _, body), there in zip(wanted, headed, strict=True)
        if not there and not (body and re.search(body, read.page.text))
    ]
    if not missing or sum(headed) * 2 < len(wanted):
        return []
    place = read.title or headings[0]
    start, end = read.page.source(place.start, place.start + len(place.text))
    return [
        Finding(
            RULE,
            WARNING,
            (),
            start,
            end,
            f"应有{len(wanted)}部分，缺{len(missing)}部分",
            f"没有找到“{name}”这一部分；该类年度报告应当包括。",
        )
        for name in missing
    ]

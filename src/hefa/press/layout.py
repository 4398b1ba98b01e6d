"""Numbers and rules of GB/T 9704-2012 that the PDF and the DOCX share."""

from __future__ import annotations

import re
import unicodedata

from .blocks import Blank, Paper, Para, Signatures, Table, chinese_date, words

# 5.2.1: A4, 天头 37 mm, 订口 28 mm, 版心 156×225 mm; so 35 mm below and 26 mm at the right.
MARGINS_MM = {"top": 37.0, "bottom": 35.0, "left": 28.0, "right": 26.0}
FRAME_MM = (156.0, 225.0)
PT_PER_MM = 72 / 25.4
# 5.2.3: 22 lines of 28 characters.
LINES, CHARACTERS = 22, 28
CELL_PT = FRAME_MM[0] * PT_PER_MM / CHARACTERS
# 29 pt less a twentieth: 22 lines of 29 pt are 638 pt, the frame is 637.8 pt, and a word processor would set 21.
LINE_PT = 28.95
TITLE_CHARACTERS = 19
LABEL_CHARACTERS = 5


def width(text: str) -> float:
    """Width in full characters; Latin letters and digits count a half."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)


def title_lines(title: str) -> list[str]:
    """The title in lines: where the author broke it, else before 关于, else in even parts (7.3.1)."""
    lines: list[str] = []
    for part in title.split("\n"):
        head = re.match(r"(.{4,}?)(?=关于)", part)
        if width(part) <= TITLE_CHARACTERS:
            lines.append(part)
        elif head and width(head[0]) <= TITLE_CHARACTERS + 1:
            lines += [head[0], *_even(part[head.end() :])]
        else:
            lines += _even(part)
    return lines


# Words of official titles that a line break must not cut.
_WORDS = re.compile(
    "人民政府|办事处|街道|社区|行政|规范性|文件|管理|办法|规定|方案|意见|通知|通告|公告|报告|请示|决定|制度|细则|工作|情况|"
    "实施|印发|年度|法治|依法|政府|信息|公开|建设|人民|调解|委员会|执法|监督|检查|审查|审计|整改|合法性|法律|顾问|服务|公共|"
    "综合|股份|经济|合作社|关于|进一步|加强|推进|开展|落实|申请|答复|告知书|登记表|协议书|意见书|责任|领导|小组|调整|成立|"
    "重大|决策|宣传|教育|普法|信访|事项|矛盾|纠纷|排查|化解|专项|行动|计划|总结|规划|清单|目录|\\d+年?"
)


def _even(text: str) -> list[str]:
    """Text in the fewest lines that fit, as even as can be, cut neither inside a word nor before a closing mark."""
    count = -(-int(width(text) * 2) // (TITLE_CHARACTERS * 2))
    if count <= 1:
        return [text]
    barred = {n for n, c in enumerate(text) if c in "》）”’、，的和与及"}
    barred |= {n + 1 for n, c in enumerate(text) if c in "《（“‘"}
    for word in _WORDS.finditer(text):
        barred.update(range(word.start() + 1, word.end()))
    goal = len(text) / count
    ends = [n for n in range(1, len(text)) if n not in barred and width(text[:n]) <= TITLE_CHARACTERS]
    end = min(ends, key=lambda n: (abs(n - goal), n), default=round(goal))
    return [text[:end], *_even(text[end:])]


def column_widths(table: Table) -> tuple[float, ...]:
    """Relative widths: those given, else by the longest cell of each column, within reason."""
    if table.widths:
        return table.widths
    longest = [max(width(words(cell)) for cell in column) for column in zip(table.header, *table.rows, strict=True)]
    return tuple(min(max(chars, 3.0), 18.0) + 1.0 for chars in longest)


def label_lines(label: str) -> str:
    """A label of a form; one of more than five characters stands in two even lines."""
    if width(label) <= LABEL_CHARACTERS or "\n" in label:
        return label
    half = -(-len(label) // 2)
    return f"{label[:half]}\n{label[half:]}"


def held_tail(paper: Paper) -> tuple[int, float]:
    """Which paragraph must share its page with what closes the paper, and how deep that is, in lines.

    Signatures on a page without a line of the text that they stand under could be put under another text
    (and 7.3.5 asks for spacing, not a page without text). (-1, 0) where nothing can be held.
    """
    last = next((n for n in range(len(paper.body) - 1, -1, -1) if isinstance(paper.body[n], Para)), -1)
    depth = (3.0 + len(paper.signed_by.split("\n"))) if paper.signed_by else 0.0
    if paper.attachments:
        depth += 1 + sum(-(-int(width(label + name)) // (CHARACTERS - 5)) for label, name in attachment_lines(paper))
    for block in paper.body[last + 1 :]:
        match block:
            case Blank():
                depth += 1
            case Signatures():
                depth += 1 + 1.35 * sum(map(_signing_lines, block.lines)) / block.columns + 1.35 * (block.columns - 1)
            case _:
                return -1, 0.0
    return (last, depth) if 0 < depth <= LINES - 6 else (-1, 0.0)


def _signing_lines(line: str) -> int:
    return max(1, -(-int(width(line)) // (CHARACTERS - 3)))


def closing_insets(paper: Paper) -> tuple[float, float]:
    """Right insets of 署名 and 成文日期 in characters: the name is centred over the date (7.3.5.1).

    The date keeps four characters from the right; a name too long for that moves both to the left
    so that the name keeps two.
    """
    name, day = max(map(width, paper.signed_by.split("\n"))), width(chinese_date(paper.signed_on))
    inset = max(4.0, 2.0 + (name - day) / 2)
    return inset + (day - name) / 2, inset


def attachment_lines(paper: Paper) -> list[tuple[str, str]]:
    """Label and name of each attachment: 附件：1. name; a single one is not numbered (7.3.4)."""
    if len(paper.attachments) == 1:
        return [("附件：", paper.attachments[0])]
    return [(f"{'附件：' if n == 1 else ''}{n}. ", name) for n, name in enumerate(paper.attachments, 1)]


def salutation(paper: Paper) -> str:
    """主送机关 with its full-width colon."""
    return paper.to if paper.to.endswith(("：", ":")) or not paper.to else f"{paper.to}："


def footnote(paper: Paper) -> str:
    """附注 in full-width brackets."""
    return paper.note if paper.note.startswith("（") or not paper.note else f"（{paper.note}）"


def imprint(paper: Paper) -> tuple[str, str, str]:
    """版记: 抄送, 印发机关, 印发日期; empty where the paper has none (7.4)."""
    copy = paper.copy_to.removeprefix("抄送：").rstrip("。")
    issued = f"{chinese_date(paper.signed_on)}印发" if paper.printed_by else ""
    return (f"抄送：{copy}。" if copy else ""), paper.printed_by, issued

"""A composed report as files: annual.html, .docx, .pdf, .txt and .json."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

import orjson

from hefa import press
from hefa.kernel.figure import Figure, Period, Result, find_figure

from .outline import Draft

NAMES = ("annual.html", "annual.docx", "annual.pdf", "annual.txt", "annual.json")


def render(draft: Draft, kept: dict[str, list[dict[str, Any]]] | None = None) -> dict[str, bytes]:
    """The files of a report by name. `kept`: the rows behind each figure, when they are already at hand."""
    rows = kept if kept is not None else rows_of(draft)
    return {
        "annual.html": page(draft, rows).encode(),
        "annual.docx": press.to_docx(draft.paper),
        "annual.pdf": press.to_pdf(draft.paper),
        "annual.txt": (press.to_text(draft.paper).rstrip("\n") + "\n").encode(),
        "annual.json": orjson.dumps(as_json(draft), option=orjson.OPT_INDENT_2) + b"\n",
    }


def write(files: dict[str, bytes], folder: Path) -> list[Path]:
    """Put the files into a folder, each whole or not at all; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for name, body in files.items():
        part = folder / (name + ".part")
        part.write_bytes(body)
        paths.append(part.replace(folder / name))
    return paths


def as_json(draft: Draft) -> dict[str, Any]:
    """The report for programs: figures by name, and what was left out."""
    return {
        "year": draft.year,
        "office": draft.office.name,
        "title": draft.paper.title,
        "figures": {name: result.as_json() for name, result in draft.results.items()},
        "left_out": [{"sentence": left.sentence, "why": left.why} for left in draft.left_out],
    }


def rows_of(draft: Draft) -> dict[str, list[dict[str, Any]]]:
    """The rows behind every figure of the report, by figure name."""
    period = Period.year(draft.year)
    return {
        name: list(find_figure(name).rows(period, draft.office))
        for name, result in draft.results.items()
        if result.value is not None
    }


def page(draft: Draft, rows: dict[str, list[dict[str, Any]]]) -> str:
    """One HTML page that needs nothing beside it: the text, and under each number's anchor its rows."""
    body = press.to_html(draft.paper, link=anchor)
    cards = "".join(_card(find_figure(name), draft.results[name], found) for name, found in rows.items())
    left = "".join(f"<li>{escape(one.sentence)}<br><small>{escape(one.why)}</small></li>" for one in draft.left_out)
    return (
        '<!DOCTYPE html><html lang="zh-Hans"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(draft.paper.title)}</title><style>{press.stylesheet()}{_STYLE}</style></head><body>"
        f"{body}<section class='proof'><h2>数字的出处</h2><p>正文中每个带下划线的数字，点开是口径和背后的每一行。</p>"
        f"{cards}</section>{_left_out(left)}</body></html>"
    )


def anchor(name: str) -> str:
    """The anchor of a figure within the page."""
    return f"#figure-{name.replace('.', '-')}"


def _card(figure: Figure, result: Result, rows: Iterable[dict[str, Any]]) -> str:
    lines = "".join(_row(row) for row in rows)
    made_of = ""
    if result.denominator is not None:
        made_of = f"<p>分子 {result.numerator}，分母（基数）{result.denominator}</p>"
    return (
        f"<article id='{anchor(figure.full_name)[1:]}' class='rows'><h3>{escape(result.label)} "
        f"<b>{escape(result.text)}</b></h3><p>{escape(result.definition)}</p>{made_of}"
        f"<p>统计期 {result.period}，{result.rows} 行，摘要 <code>{result.digest[:16]}</code></p>"
        f"<table><thead><tr><th>账目</th><th>日期</th><th>编号</th><th>事由</th><th>单位</th></tr></thead>"
        f"<tbody>{lines}</tbody></table><p><a href='#'>收起</a></p></article>"
    )


def _row(row: dict[str, Any]) -> str:
    cells = (row["id"], row["day"], row["matter__number"], row["matter__title"], row["office__name"])
    return "<tr>" + "".join(f"<td>{escape(str(cell))}</td>" for cell in cells) + "</tr>"


def _left_out(items: str) -> str:
    return f"<section class='left-out'><h2>未写入的句子（指标尚无记录）</h2><ul>{items}</ul></section>" if items else ""


_STYLE = """
.proof,.left-out{max-width:46rem;margin:2rem auto;padding:0 1rem;font:15px/1.6 system-ui,"Noto Sans SC",sans-serif}
.proof .rows{display:none}.proof .rows:target{display:block;border-top:2px solid #b3261e;padding-top:.5rem}
.proof table{width:100%;border-collapse:collapse;font-size:13px;font-variant-numeric:tabular-nums}
.proof td,.proof th{border-bottom:1px solid #ddd;padding:.25rem .5rem;text-align:left}
@media print{.proof,.left-out{display:none}}
"""

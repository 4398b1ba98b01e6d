"""The paper as HTML: a fragment for a page of the desk, and a whole page that prints clean."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path

from .blocks import Block, Fields, Heading, Paper, Para, Run, Runs, Signatures, Table, chinese_date
from .layout import attachment_lines, column_widths, footnote, imprint, label_lines, salutation, title_lines, width
from .links import safe_href

Link = Callable[[str], str] | None
# A red name of more characters than this is set smaller, to stay on one line.
LONG_NAME = 13
_FLUSH = '<p class="flush">'
_STYLE = Path(__file__).with_name("paper.css")


def _literal(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _run(run: Run, link: Link) -> str:
    shown = f"<strong>{_literal(run.text)}</strong>" if run.bold else _literal(run.text)
    if run.figure is None:
        return shown
    href = safe_href(link(run.figure)) if link else None
    if href is None:
        return f'<span class="figure" data-figure="{escape(run.figure)}">{shown}</span>'
    return f'<a class="figure" href="{escape(href)}" data-figure="{escape(run.figure)}">{shown}</a>'


def _runs(line: Runs, link: Link) -> str:
    return "".join(_run(run, link) for run in line)


def _table(block: Table, link: Link) -> str:
    widths = column_widths(block)
    total = sum(widths)
    columns = "".join(f'<col width="{100 * part / total:.2f}%">' for part in widths)
    align = block.align or ("left",) * len(block.header)
    header = "".join(f'<th scope="col">{_runs(cell, link)}</th>' for cell in block.header)
    rows = "".join(
        "<tr>"
        + "".join(f'<td class="{side}">{_runs(cell, link)}</td>' for side, cell in zip(align, row, strict=True))
        + "</tr>"
        for row in block.rows
    )
    caption = f"<caption>{_literal(block.caption)}</caption>" if block.caption else ""
    return (
        f'<table class="figures">{caption}<colgroup>{columns}</colgroup>'
        f"<thead><tr>{header}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _fields(block: Fields, link: Link) -> str:
    rows = []
    for row in block.rows:
        cells = "".join(
            f"<dt>{_literal(label_lines(field.label))}</dt>"
            f'<dd class="lines-{field.lines}">{_runs(field.value, link)}</dd>'
            for field in row
        )
        rows.append(f'<dl class="row">{cells}</dl>')
    return f'<div class="fields">{"".join(rows)}</div>'


def _block(block: Block, link: Link) -> str:
    match block:
        case Heading():
            return f'<h{block.level + 1} class="level-{block.level}">{_runs(block.runs, link)}</h{block.level + 1}>'
        case Para():
            return f"{'<p>' if block.indent else _FLUSH}{_runs(block.runs, link)}</p>"
        case Table():
            return _table(block, link)
        case Fields():
            return _fields(block, link)
        case Signatures():
            lines = "".join(f"<li>{_literal(line)}</li>" for line in block.lines)
            return f'<ul class="signatures columns-{block.columns}">{lines}</ul>'
    return '<p class="blank">&nbsp;</p>'


def _head(paper: Paper) -> list[str]:
    number = f'<p class="number">{_literal(paper.doc_no)}</p>' if paper.doc_no else ""
    title = f'<h1 class="title">{"<br>".join(map(escape, title_lines(paper.title)))}</h1>'
    if paper.office:
        long = " long" if width(paper.office) > LONG_NAME else ""
        return [f'<p class="office{long}">{_literal(paper.office)}</p>', number, "<hr>", title]
    return [title, number]


def _close(paper: Paper) -> list[str]:
    parts = []
    if paper.attachments:
        items = "".join(
            f"<li><span>{escape(label)}</span><span>{_literal(name)}</span></li>"
            for label, name in attachment_lines(paper)
        )
        parts.append(f'<ul class="attachments">{items}</ul>')
    if paper.signed_by:
        day = paper.signed_on
        parts.append(
            f'<div class="closing"><p>{_literal(paper.signed_by)}</p>'
            f'<p><time datetime="{day.isoformat()}">{chinese_date(day)}</time></p></div>'
        )
    if paper.note:
        parts.append(f"<p>{_literal(footnote(paper))}</p>")
    copy, printer, printed_on = imprint(paper)
    if copy or printer:
        lines = f"<p>{_literal(copy)}</p>" if copy else ""
        lines += f"<p><span>{_literal(printer)}</span><span>{escape(printed_on)}</span></p>" if printer else ""
        parts.append(f'<footer class="imprint">{lines}</footer>')
    return parts


def to_html(paper: Paper, link: Link = None) -> str:
    """The paper as one <article>; everything of the paper is escaped, nothing in it needs an inline style or script.

    link: address of the rows behind a figure. A figure without address, or with one that is neither relative
    nor http(s), stays as text.
    """
    sample = '<p class="sample">样本</p>' if paper.sample else ""
    to = f'<p class="flush to">{_literal(salutation(paper))}</p>' if paper.to else ""
    body = [_block(block, link) for block in paper.body]
    parts = "\n".join(filter(None, [sample, *_head(paper), to, *body, *_close(paper)]))
    return f'<article class="paper {paper.kind}" lang="zh-CN">\n{parts}\n</article>'


def stylesheet() -> str:
    """The stylesheet of the fragment, for a page that serves it itself."""
    return _STYLE.read_text(encoding="utf-8")


def page_html(paper: Paper, link: Link = None) -> str:
    """A page on its own: no script, no request, prints on A4."""
    return (
        '<!doctype html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(' '.join(paper.title.split()))}</title>\n<style>\n{stylesheet()}</style>\n</head>\n"
        f"<body>\n{to_html(paper, link)}\n</body>\n</html>\n"
    )

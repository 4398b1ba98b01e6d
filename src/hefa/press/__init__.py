"""The press: papers in the layout of GB/T 9704-2012, as HTML, DOCX, PDF and plain text from the same data."""

from .blocks import (
    Blank,
    Block,
    Field,
    Fields,
    Heading,
    Paper,
    Para,
    Run,
    Signatures,
    Table,
    chinese_date,
    digest,
    from_json,
    to_json,
)
from .fonts import FontsMissing, MissingGlyphs, families, font_paths, missing_glyphs
from .html import page_html, stylesheet, to_html
from .pdf import TypesettingError, to_pdf
from .text import to_text
from .word import to_docx

__all__ = [
    "Blank",
    "Block",
    "Field",
    "Fields",
    "FontsMissing",
    "Heading",
    "MissingGlyphs",
    "Paper",
    "Para",
    "Run",
    "Signatures",
    "Table",
    "TypesettingError",
    "chinese_date",
    "digest",
    "families",
    "font_paths",
    "from_json",
    "missing_glyphs",
    "page_html",
    "stylesheet",
    "to_docx",
    "to_html",
    "to_json",
    "to_pdf",
    "to_text",
]

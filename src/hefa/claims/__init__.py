"""The checker of published reports: text in, claims and findings out. No Django, no database."""

from hefa.claims.check import Result, check
from hefa.claims.document import Cell, Document, Table, Unreadable
from hefa.claims.findings import Finding
from hefa.claims.match import RecordedFigure, RecordVerdict, match

__all__ = [
    "Cell",
    "Document",
    "Finding",
    "RecordVerdict",
    "RecordedFigure",
    "Result",
    "Table",
    "Unreadable",
    "check",
    "match",
]

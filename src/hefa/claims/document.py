"""What a reader hands to the checker: the plain text, and the tables that stand in it."""

from dataclasses import dataclass, field


class Unreadable(Exception):
    """A file that cannot be read as a report; the message is one plain Chinese sentence for people."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell; `start`/`end` are character offsets in the document's text, rows and columns count from 0."""

    text: str
    row: int
    column: int
    start: int
    end: int
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    cells: tuple[Cell, ...]

    def grid(self) -> list[list[Cell | None]]:
        """Rows × columns; a merged cell stands only where it begins, the places it covers are None."""
        height = max((c.row + c.rows for c in self.cells), default=0)
        width = max((c.column + c.columns for c in self.cells), default=0)
        grid: list[list[Cell | None]] = [[None] * width for _ in range(height)]
        for cell in self.cells:
            grid[cell.row][cell.column] = cell
        return grid


@dataclass(frozen=True, slots=True)
class Document:
    text: str
    tables: tuple[Table, ...] = field(default=())

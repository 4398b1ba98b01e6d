"""Write the sample year: the Excel ledgers of an invented 2022 and 2023 in a street that exists.

    python samples/zhonghe-2023/generate.py OUTDIR

The same seed gives the same cells. Nobody in them exists; the figures that must come out stand in FIGURES and
nowhere else in the project.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

import contracts
import disputes
import dossiers
import registers
import reviews
import xlsxwriter
from disputes import Making, Quota, Row
from invent import HERE, Inventor, read_offices, read_people, read_words

SEED = 2023
YEAR = 2023
# What the record must say of the street's year 2023 (and of 2022 for the comparison).
FIGURES = {
    "accepted": {2022: 1240, 2023: 1476},
    "completed_by_communities": {2022: 513, 2023: 616},
    "reviewed": 271,
    "opinions": 789,
    "staff": 69,
    "certified": 21,
    "target": 60,
    "requests": 3,
    "full_time_mediators": 5,
}
STREET, COURT, POLICE = "中河街道", "鄞州区人民法院", "中河派出所"
FIRM = "浙江明衡律师事务所（样本）"
BOUGHT = ("procurement.purchase", "works.project")
_CARRIED = 14  # agreed by communities in January 2023, accepted in December 2022
_WIDE = {
    "纠纷简要情况": 40,
    "协议内容": 40,
    "主要事实和各方责任": 40,
    "调解记录": 40,
    "事由": 36,
    "问题": 36,
    "修改建议": 36,
}


@dataclass(frozen=True)
class Ledger:
    """A ledger file: the kind that it brings in, its title line, its columns and its rows."""

    file: str
    kind: str
    title: str
    columns: Sequence[str]
    rows: list[Row]


def ledgers() -> list[Ledger]:
    """All ledgers of the sample, in the order in which they are to be imported."""
    words, people = read_words(), read_people()
    offices = {office.name: office for office in read_offices()}
    communities = [office for office in offices.values() if office.level == "community"]

    def making(year: int) -> Making:
        return Making(Inventor(SEED * year, words), year, offices[STREET], communities, people, COURT, POLICE)

    this_year = making(YEAR)
    offices_first = [
        Ledger("调委会台账.xlsx", "mediation.committee", f"{STREET}人民调解委员会台账", registers.COMMITTEE_COLUMNS,
               registers.committees(this_year)),
        Ledger("调解员台账.xlsx", "mediation.mediator", f"{STREET}人民调解员台账", registers.MEDIATOR_COLUMNS,
               registers.mediators(this_year, FIGURES["full_time_mediators"])),
    ]  # fmt: skip
    more = _more()
    bought = [one for one in more if one.kind in BOUGHT]  # before the reviews, which name them
    rest = [one for one in more if one.kind not in BOUGHT]
    return [*offices_first, *_disputes(making), *bought, *_reviews(this_year), *_others(this_year), *rest]


def _disputes(making: Callable[[int], Making]) -> list[Ledger]:
    done, accepted = FIGURES["completed_by_communities"], FIGURES["accepted"]
    quotas = {
        2022: Quota(accepted[2022], community_agreed=done[2022] - 9, community_late=_CARRIED, community_failed=44,
                    community_pending=1, escalated=26, delegated=9, street_late=12, street_failed=71,
                    street_pending=1),
        2023: Quota(accepted[2023], community_agreed=done[2023] - 11 - _CARRIED, community_late=12,
                    community_failed=52, community_pending=5, escalated=31, delegated=11, street_late=16,
                    street_failed=86, street_pending=6),
    }  # fmt: skip
    found = []
    for year, quota in quotas.items():
        rows = disputes.rows_of(making(year), quota, _typical() if year == YEAR else [])
        title = f"{year}年{STREET}矛盾纠纷台账"
        columns = disputes.COLUMNS
        if year == YEAR:
            dossiers.put_together(rows, Random(f"{SEED}dossiers"))
            columns += ("持续年数", *dossiers.COLUMNS)
        found.append(Ledger(f"矛盾纠纷台账-{year}.xlsx", "mediation.dispute", title, columns, rows))
    title = f"{YEAR}年{STREET}不予受理登记簿"
    turned_away = disputes.declined(making(YEAR), 17)
    file = f"不予受理登记簿-{YEAR}.xlsx"
    found.append(Ledger(file, "mediation.dispute", title, disputes.DECLINED_COLUMNS, turned_away))
    return found


def _typical() -> list[Row]:
    """The three cases that the street's report tells of; all particulars are invented."""
    words = tomllib.loads((HERE / "typical.toml").read_text("utf-8"))
    return [row | {"单位": STREET, "典型案例": "是"} for row in words["row"]]


def _reviews(making: Making) -> list[Ledger]:
    words = tomllib.loads((HERE / "words-review.toml").read_text("utf-8"))
    desk = reviews.Desk(making, FIRM, words)
    made = desk.reviews(FIGURES["reviewed"])
    opinions = desk.opinions(made, FIGURES["opinions"])
    made_elsewhere = [_made(name) for name in ("rows_procurement", "rows_works")]
    bought = [row for files in made_elsewhere for kind, rows in files.values() if kind in BOUGHT for row in rows]
    contracts.link(made, bought, YEAR)
    return [
        Ledger(f"合法性审查台账-{YEAR}.xlsx", "review.review", f"{YEAR}年{STREET}合法性审查台账", reviews.COLUMNS,
               [one.row for one in made]),
        Ledger(f"法律意见台账-{YEAR}.xlsx", "review.opinion", f"{YEAR}年{STREET}法律意见台账",
               reviews.OPINION_COLUMNS, opinions),
    ]  # fmt: skip


def _others(making: Making) -> list[Ledger]:
    return [
        Ledger(f"依申请公开台账-{YEAR}.xlsx", "disclosure.request", f"{YEAR}年{STREET}依申请公开台账",
               registers.REQUEST_COLUMNS, registers.requests(making, FIGURES["requests"])),
        Ledger(f"主动公开台账-{YEAR}.xlsx", "disclosure.publication", f"{YEAR}年{STREET}主动公开台账",
               registers.PUBLICATION_COLUMNS, registers.publications(making)),
        Ledger("行政执法人员台账.xlsx", "enforcement.officer", f"{STREET}行政执法人员台账", registers.OFFICER_COLUMNS,
               registers.officers(making, FIGURES["staff"], FIGURES["certified"])),
        Ledger(f"目标台账-{YEAR}.xlsx", "planning.target", f"{YEAR}年{STREET}目标台账", registers.TARGET_COLUMNS,
               registers.target(making, FIGURES["target"])),
    ]  # fmt: skip


def _more() -> list[Ledger]:
    """The ledgers of the other lines of work: each `rows_*.py` here gives files, kinds and rows."""
    found = []
    for path in sorted(HERE.glob("rows_*.py")):
        for file, (kind, rows) in _made(path.stem).items():
            columns = dict.fromkeys(["编号", "单位", *(name for row in rows for name in row)])
            name, _, year = file.partition(".")[0].rpartition("-")
            title = f"{year}年{STREET}{name}" if year.isdigit() else f"{YEAR}年{STREET}{year}"
            found.append(Ledger(file, kind, title, tuple(columns), rows))
    return found


def _made(module: str) -> dict[str, tuple[str, list[Row]]]:
    """File name → (kind, rows) of one `rows_*.py`: the same at every call."""
    made: dict[str, tuple[str, list[Row]]] = import_module(module).ledgers(Random(f"{SEED}{module}"))
    return made


def write(ledger: Ledger, path: Path) -> None:
    """One ledger as a workbook: a title over the columns, one row a matter, days as days, everything else as typed."""
    book = xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": ledger.title, "created": datetime(YEAR + 1, 1, 5)})
    font = {"font_name": "等线", "font_size": 10}
    title = book.add_format({**font, "bold": True, "font_size": 16, "align": "center", "valign": "vcenter"})
    head = book.add_format({**font, "bold": True, "bg_color": "#E8ECF1", "border": 1, "text_wrap": True})
    plain = book.add_format({**font, "valign": "top"})
    day = book.add_format({**font, "num_format": "yyyy-mm-dd", "valign": "top", "align": "left"})
    sheet = book.add_worksheet(ledger.title[:31])
    sheet.merge_range(0, 0, 0, len(ledger.columns) - 1, ledger.title, title)
    sheet.set_row(0, 30)
    for place, column in enumerate(ledger.columns):
        sheet.set_column(place, place, _WIDE.get(column, 22 if column.endswith(("号", "证件号码")) else 13))
        sheet.write_string(1, place, column, head)
    for row, values in enumerate(ledger.rows, start=2):
        for place, column in enumerate(ledger.columns):
            _cell(sheet, row, place, values.get(column), plain, day)
    sheet.freeze_panes(2, 2)
    sheet.autofilter(1, 0, len(ledger.rows) + 1, len(ledger.columns) - 1)
    book.close()


def _cell(sheet: Any, row: int, place: int, value: Any, plain: Any, day: Any) -> None:
    if isinstance(value, date):
        sheet.write_datetime(row, place, datetime(value.year, value.month, value.day), day)
    elif isinstance(value, int):
        sheet.write_number(row, place, value, plain)
    elif value:
        sheet.write_string(row, place, value, plain)


def main(folder: Path) -> None:
    """Write every ledger into the folder, and the list that says which is what in which order."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = ["# Written by generate.py: the ledgers of the sample year, in the order in which to import them."]
    for ledger in ledgers():
        write(ledger, folder / ledger.file)
        lines.append(f'\n[[ledgers]]\nfile = "{ledger.file}"\nkind = "{ledger.kind}"\nrows = {len(ledger.rows)}')
    (folder / "ledgers.toml").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))

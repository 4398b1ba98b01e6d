"""hefa dispatch: try a dispatch table on past incidents, ask where one would go, see who is there."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..cli import Fail
from .printing import print_json, table

if TYPE_CHECKING:
    from hefa.kernel.people import Office
    from hefa.matters.incident.rehearsal import Rehearsal
    from hefa.matters.incident.table import Line

SIMULATE, WHO, LOAD = "simulate", "who", "load"
_SHOWN_FAULTS, _SHOWN_ROWS = 20, 20


def options(parser: argparse.ArgumentParser) -> None:
    told = "simulate：在以往事项上试算派单规则；who：某社区现在该派谁；load：每位调解员的件数、包片和结对"
    parser.add_argument("what", choices=(SIMULATE, WHO, LOAD), help=told)
    parser.add_argument(
        "--rules", metavar="文件.xlsx", help="要试算的派单规则（格式同 import incident.rule）；不写就用现行规则"
    )
    parser.add_argument(
        "--with-standing", action="store_true", help="文件里的规则加在现行规则之上（默认：文件就是整张表）"
    )
    parser.add_argument("--last", type=int, default=200, metavar="N", help="最近多少件（默认 200）")
    parser.add_argument("--office", help="街道（simulate）或社区（who）；默认本街道")
    parser.add_argument("--kind", default="", metavar="纠纷类型", help="who：哪一类纠纷，如 邻里纠纷")
    parser.add_argument(
        "--party", action="append", default=[], metavar="姓名", help="who：当事人，可多次；看要不要回避"
    )
    parser.add_argument("--day", metavar="日期", help="按哪一天的规则和值班算（默认今天）")
    parser.add_argument("--json", action="store_true", help="输出一个 JSON 文档")


def run(args: argparse.Namespace) -> int:
    from ..setup import find_office, prepare

    prepare()
    if not 1 <= args.last <= 100_000:
        raise Fail("--last 应在 1 到 100000 之间")
    office, day = find_office(args.office), _day(args.day)
    return {WHO: _who, LOAD: _load, SIMULATE: _simulate}[args.what](args, office, day)


def _day(text: str | None) -> date:
    from hefa.kernel.answers import parse_date

    try:
        return parse_date(text) if text else date.today()
    except ValueError as fault:
        raise Fail(str(fault)) from None


# The table.


def _simulate(args: argparse.Namespace, office: Office, day: date) -> int:
    from hefa.kernel.people import street_of
    from hefa.matters.incident.dispatch import Rule
    from hefa.matters.incident.rehearsal import past, rehearse

    street = street_of(office)
    standing = Rule.lines(day, street)
    lines = standing
    if args.rules:
        own = _lines(Path(args.rules), street, day)
        lines = [*_without(standing, own), *own] if args.with_standing else own
    sent = past(street, args.last)
    made = rehearse(lines, sent, day)
    if args.json:
        before = rehearse(standing, sent, day)
        differ = sum(a.would != b.would for a, b in zip(before.tries, made.tries, strict=True))
        source = ("both" if args.with_standing else "file") if args.rules else "standing"
        print_json({"street": street.name, "table": source, "changed_from_standing": differ, **made.as_json()})
    else:
        _show(made, street.name)
    return 0


def _without(standing: Sequence[Line], own: Sequence[Line]) -> list[Line]:
    """The standing rules that the file does not give anew under their number."""
    told = {line.number for line in own}
    return [line for line in standing if line.number not in told]


def _lines(path: Path, street: Office, day: date) -> list[Line]:
    """The rules of a file that hold on a day. `Fail` names each cell that cannot be read."""
    from hefa.exchange.glance import glance
    from hefa.exchange.reading import Unreadable
    from hefa.kernel.matter import find_kind
    from hefa.kernel.people import Actor, Office

    if not path.is_file():
        raise Fail(f"没有文件“{path}”")
    try:
        rows, faults = glance(find_kind("incident.rule"), path, Actor.operator(), street)
    except Unreadable as fault:
        raise Fail(f"“{path.name}”读不出来：{fault}") from None
    if faults:
        said = "\n".join(str(fault) for fault in faults[:_SHOWN_FAULTS])
        more = f"\n……共 {len(faults)} 处" if len(faults) > _SHOWN_FAULTS else ""
        raise Fail(f"“{path.name}”有 {len(faults)} 处错误，没有试算：\n{said}{more}", code=1)
    places = Office.objects.in_bulk({row[name] for row in rows for name in ("area", "target") if name in row})
    strange = [one.name for one in places.values() if not one.path.startswith(street.path)]
    if strange:
        raise Fail(f"“{'、'.join(strange)}”不在{street.name}，不能写进派单规则", code=1)
    return [_line(n, row, places) for n, row in enumerate(rows, start=1) if not _has_ended(row, day)]


def _has_ended(row: dict[str, Any], day: date) -> bool:
    return "end:day" in row and row["end:day"] <= day


def _line(n: int, row: dict[str, Any], places: dict[int, Office]) -> Line:
    from hefa.kernel.answers import clean
    from hefa.matters.incident.codes import IncidentType
    from hefa.matters.incident.dispatch import Rule
    from hefa.matters.incident.table import Line

    if "target" not in row:
        raise Fail(f"第 {n} 条规则没有写“承办单位”", code=1)
    type_ = clean(Rule.field_of("type"), row["type"]) if row.get("type") else ""
    area = places.get(row.get("area", 0))
    said = f"{area.name if area else '全街道'} × {dict(IncidentType.choices).get(type_, '各类事件')}"
    number = row.get("number") or f"文件第 {n} 条"
    return Line(number, area.path if area else "", type_, row["target"], f"{said} → {places[row['target']].name}")


def _show(made: Rehearsal, street: str) -> None:
    told = made.as_json()
    print(f"{street}：{told['rules']} 条规则，在最近派过的 {told['incidents']} 件事项上试算（没有写入任何内容）")
    print(f"去向不变 {told['unchanged']} 件，改变 {told['changed']} 件，规则定不了 {told['undecided']} 件；")
    print(f"当时被拒收、按这张表一次派对 {told['spared_refusals']} 件；当时派对、按这张表派错 {told['led_astray']} 件")
    for fault in made.faults:
        print(f"■ {fault}")
    if made.changed:
        print()
        table(("当时派给", "会派给", "件数"), [(a, b, str(n)) for (a, b), n in made.moves().most_common(_SHOWN_ROWS)])
        print()
        rows = [row for row in told["rows"] if row["changed"]][:_SHOWN_ROWS]
        table(
            ("编号", "日期", "地点 × 类型", "当时派给", "会派给"),
            [
                (r["number"], r["day"], f"{r['area']} × {r['type']}", r["went"], r["would"] or "规则定不了")
                for r in rows
            ],
        )
        if len(made.changed) > _SHOWN_ROWS:
            print(f"……共 {len(made.changed)} 件改变，用 --json 看全部")


# The people.


def _who(args: argparse.Namespace, office: Office, day: date) -> int:
    from hefa.matters.mediation.assigning import to_advice
    from hefa.matters.mediation.bench import Case, bench
    from hefa.matters.mediation.kinds import DisputeType

    if args.kind and args.kind not in DisputeType.labels:
        raise Fail(f"没有“{args.kind}”这一类纠纷，应为：{'、'.join(map(str, DisputeType.labels))}")
    parties = [{"side": "", "name": name, "address": ""} for name in args.party]
    ranked = bench(Case(office, day, args.kind, parties))
    advice = to_advice(ranked, office)
    people = [
        {
            "number": one.candidate.number, "name": one.candidate.name, "office": one.candidate.office,
            "proposed": one.chosen, "on_duty": one.candidate.absence is None, "conflicts": list(one.candidate.conflicts),
            "metres": one.candidate.metres, "load": one.candidate.load, "why": one.why,
        }
        for one in ranked
    ]  # fmt: skip
    if args.json:
        print_json({"office": office.name, "day": day.isoformat(), "says": advice.says, "people": people})
        return 0
    print(advice.says)
    marks = {True: "●", False: "○"}
    table(
        ("", "姓名", "单位", "理由"),
        [(marks[bool(one["proposed"])], str(one["name"]), str(one["office"]), str(one["why"])) for one in people],
    )
    return 0


def _load(args: argparse.Namespace, office: Office, day: date) -> int:
    from dataclasses import asdict

    from hefa.kernel.figure import Period
    from hefa.kernel.people import street_of
    from hefa.matters.mediation.workload import loads, unpaired

    street = street_of(office)
    found, without = loads(Period(day.replace(month=1, day=1), day), street), unpaired(street)
    if args.json:
        people = [asdict(one) for one in found]
        print_json({"street": street.name, "day": day.isoformat(), "people": people, "unpaired": without})
        return 0
    table(
        ("姓名", "单位", "在手", "本年受理", "本年调解", "结对社区", "当日"),
        [
            (one.name, one.office, str(one.in_hand), str(one.accepted), str(one.sittings),
             "、".join(one.paired) or "—", one.absence or "在岗")
            for one in found
        ],
    )  # fmt: skip
    print(f"没有专职调解员结对的社区：{'、'.join(without)}" if without else "每个社区都有专职调解员结对")
    return 0

"""Where residents find legal service, as the record has it: columns that are published by law, and no others.

Names of people are columns too, of the same rows: they are never asked for. The telephone is the point's own, which it
publishes.
"""

from __future__ import annotations

from dataclasses import dataclass

from hefa.circle.record import named
from hefa.kernel.people import Level
from hefa.matters.counsel.points import PointType, ServiceLine, ServicePoint
from hefa.matters.mediation.committee import Committee

_WHERE = (
    "matter__title",
    "matter__office_id",
    "matter__office__name",
    "matter__office__short",
    "matter__office__level",
)
_LINES = {
    "gives_mediation": ServiceLine.MEDIATION,
    "gives_advice": ServiceLine.ADVICE,
    "gives_education": ServiceLine.EDUCATION,
}


@dataclass(frozen=True)
class Place:
    """A committee or a service point that is open. `kind`, `lines`: labels; `lon`, `lat`: WGS84, none when not marked."""

    name: str
    kind: str
    lines: tuple[str, ...]
    place: str
    hours: str
    phone: str
    lon: float | None
    lat: float | None
    office: int
    community: str  # the community in whose charge it is; empty: of the street

    @property
    def is_marked(self) -> bool:
        return self.lon is not None and self.lat is not None


def places() -> list[Place]:
    """Every open one in the order of the offices, one question for each of the two registers. Sealed ones are not told."""
    return [place for _, place in sorted([*_committees(), *_service_points()], key=lambda one: one[0])]


def _committees() -> list[tuple[tuple[str, int, int], Place]]:
    asked = (*_WHERE, "place", "hours", "phone", "lon", "lat", "matter__office__path", "pk")
    rows = Committee.objects.filter(matter__state="standing", matter__sealed=False).values(*asked)
    label = str(Committee._meta.verbose_name)
    return [
        ((row["matter__office__path"], 0, row["pk"]), _place(row, label, (ServiceLine.MEDIATION,), row["matter__office__short"]))
        for row in rows
    ]  # fmt: skip


def _service_points() -> list[tuple[tuple[str, int, int], Place]]:
    asked = (*_WHERE, *_LINES, "type", "place", "hours", "phone", "lon", "lat", "matter__office__path", "pk")
    rows = ServicePoint.objects.filter(matter__state="open", matter__sealed=False).values(*asked)
    labels = dict(PointType.choices)
    return [
        (
            (row["matter__office__path"], 1, row["pk"]),
            _place(
                row, str(labels.get(row["type"], "")), tuple(line for name, line in _LINES.items() if row[name]), ""
            ),
        )
        for row in rows
    ]


def _place(row: dict[str, object], kind: str, lines: tuple[ServiceLine, ...], short: str) -> Place:
    lon, lat = row["lon"], row["lat"]
    is_community = row["matter__office__level"] == Level.COMMUNITY
    return Place(
        name=named(str(row["matter__title"]), short),
        kind=kind,
        lines=tuple(str(line.label) for line in lines),
        place=str(row["place"]),
        hours=str(row["hours"]),
        phone=str(row["phone"]),
        lon=None if lon is None else float(str(lon)),
        lat=None if lat is None else float(str(lat)),
        office=int(str(row["matter__office_id"])),
        community=str(row["matter__office__name"]) if is_community else "",
    )

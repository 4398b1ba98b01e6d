"""The map on paper: one HTML page with a drawing that needs no script and no network; or GeoJSON for other programs."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

import orjson
import shapely

from .adding import Addition
from .faults import Unusable
from .outline import Outliner
from .study import Study
from .telling import additions_json, by_point, gaps_json

WIDTH = 1000  # units of the drawing
_GAPS = 20  # rows of the page's table of gaps
_STYLE = """
body{font:14px/1.6 "Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei",sans-serif;color:#1d2733;margin:24px auto;
max-width:1060px;padding:0 16px}
h1{font-size:22px;margin:0 0 4px} .note{color:#5b6673} svg{width:100%;height:auto;border:1px solid #cfd6dd;background:#fff}
table{border-collapse:collapse;width:100%;margin:8px 0 20px} th,td{border-bottom:1px solid #dde3e8;padding:4px 8px;text-align:left}
td.n,th.n{text-align:right}
.road{fill:none;stroke:#b3bcc5;stroke-width:.7} .area{fill:#2f6db5;fill-opacity:.2;stroke:#2f6db5;stroke-width:1}
.out{fill:#b3541e} .point{fill:#17457a;stroke:#fff;stroke-width:1.5} .add{fill:none;stroke:#1f7a3d;stroke-width:2.5}
text{font-size:13px;paint-order:stroke;stroke:#fff;stroke-width:3px;fill:#1d2733}
@media print{body{margin:0;max-width:none}@page{margin:12mm} table{page-break-inside:avoid}}
"""


def write_map(path: Path, study: Study, found: Sequence[Addition], title: str, pace: str) -> None:
    """Write the map as .html or .geojson. `Unusable` for another ending, or a place that cannot be written."""
    shape = path.suffix.lower()
    if shape not in (".html", ".htm", ".geojson", ".json"):
        raise Unusable(f"“{path.name}”：地图只能写成 .html（可打印）或 .geojson")
    text = page(study, found, title, pace) if shape.startswith(".htm") else geojson(study, found)
    try:
        path.write_bytes(text)
    except OSError as fault:
        raise Unusable(f"“{path}”写不了：{fault.strerror}") from None


def geojson(study: Study, found: Sequence[Addition]) -> bytes:
    """Points with their isochrones, gaps and additions as one FeatureCollection."""
    outliner = Outliner(study.network)
    features = []
    for row, own in zip(by_point(study), study.alone, strict=True):
        area = outliner.outline(*own, study.limit)
        shape = {"type": "MultiPolygon", "coordinates": outliner.rings(area)}
        features += [_feature("isochrone", row, shape), _feature("point", row, _at(row))]
    features += [_feature("gap", row, _at(row)) for row in gaps_json(study)]
    features += [_feature("addition", row, _at(row)) for row in additions_json(study, found)]
    return orjson.dumps({"type": "FeatureCollection", "features": features}, option=orjson.OPT_INDENT_2, default=str)


def _at(row: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [row["lon"], row["lat"]]}


def _feature(what: str, row: dict[str, Any], shape: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": shape, "properties": {"what": what, **row}}


def page(study: Study, found: Sequence[Addition], title: str, pace: str) -> bytes:
    """The printable page: the drawing, the figures, a table of the points, one of the gaps."""
    share = study.junctions
    people = study.people
    units = {"residents": "名居民", "buildings": "处住址", "junctions": "个路口"}
    lines = [
        f"{study.minutes:g} 分钟、{study.limit:.0f} 米以内：沿路走得到 {share.covered:.0f} 个路口，"
        f"占 {share.covered / share.total:.1%}；按直线算是 {share.straight / share.total:.1%}（直线会高估）。"
    ]
    if people is not None:
        lines.append(
            f"沿路走得到 {people.covered:.0f} {units[people.counts]}，占 {people.covered / people.total:.1%}；"
            f"按直线算是 {people.straight / people.total:.1%}。"
        )
    said = "".join(f"<p>{escape(line)}</p>" for line in lines)
    said += "".join(f'<p class="note">{escape(line)}</p>' for line in (pace, *study.warnings()))
    points = _table(
        ("调解点", "自己走得到的路口", "离它最近的路口"),
        [(row["name"], row["covered"], row["nearest_to"]) for row in by_point(study)],
    )
    unit = units[study.counts]
    holes = _table(
        ("空白处（路口编号）", unit, "最近的调解点", "直线距离（米）"),
        [
            (row["node"], row.get(study.counts, row["nodes"]), row["nearest_point"], row["straight_line_metres"])
            for row in gaps_json(study)[:_GAPS]
        ],
    )
    adds = _table(
        ("建议增设（路口编号）", f"新增{unit}"), [(row["node"], row["gain"]) for row in additions_json(study, found)]
    )
    body = f"<h1>{escape(title)}</h1>{said}{_svg(study, found)}<h2>调解点</h2>{points}<h2>空白</h2>{holes}"
    body += f"<h2>增设</h2>{adds}" if found else ""
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}</title>'
    return f'<!doctype html><html lang="zh-CN"><head>{head}<style>{_STYLE}</style></head><body>{body}</body></html>'.encode()


def _table(header: Sequence[str], rows: Sequence[Sequence[Any]]) -> str:
    def cell(tag: str, n: int, value: Any) -> str:
        return f"<{tag}{' class=n' if isinstance(value, int | float) and n else ''}>{escape(str(value))}</{tag}>"

    numeric = [bool(rows) and isinstance(rows[0][n], int | float) for n in range(len(header))]
    top = "".join(f"<th{' class=n' if numeric[n] and n else ''}>{escape(one)}</th>" for n, one in enumerate(header))
    lines = "".join(f"<tr>{''.join(cell('td', n, one) for n, one in enumerate(row))}</tr>" for row in rows)
    return f"<table><thead><tr>{top}</tr></thead><tbody>{lines}</tbody></table>"


def _svg(study: Study, found: Sequence[Addition]) -> str:
    """The drawing: roads, what each point reaches, junctions out of reach, points, additions."""
    network, outliner = study.network, Outliner(study.network)
    x, y = network.flat
    scale = WIDTH / max(float(span(x)), 1.0)
    left, top = float(x.min()), float(y.max())
    height = max(float(span(y)) * scale, 60.0)

    def path(shape: Any) -> str:
        parts = [shapely.get_coordinates(one) for one in shape]
        return "".join(
            "M" + "L".join(f"{(a - left) * scale:.1f} {(top - b) * scale:.1f}" for a, b in one) for one in parts
        )

    def spot(at: int) -> tuple[float, float]:
        return (float(x[at]) - left) * scale, (top - float(y[at])) * scale

    parts = [f'<path class="road" d="{path(outliner.lines)}"/>']
    for own in study.alone:
        area = outliner.outline(*own, study.limit)
        rings = [ring for one in area.geoms for ring in (one.exterior, *one.interiors)]
        parts.append(f'<path class="area" fill-rule="evenodd" d="{path(rings)}Z"/>')
    for gap in study.gaps[:_GAPS]:
        parts += ['<circle class="out" r="1.6" cx="{:.1f}" cy="{:.1f}"/>'.format(*spot(int(at))) for at in gap.nodes]
    parts += ['<circle class="add" r="8" cx="{:.1f}" cy="{:.1f}"/>'.format(*spot(one.node)) for one in found]
    for one in study.snapped:
        at = spot(one.node)
        parts.append(f'<circle class="point" r="6" cx="{at[0]:.1f}" cy="{at[1]:.1f}"/>')
        parts.append(f'<text x="{at[0] + 9:.1f}" y="{at[1] + 4:.1f}">{escape(one.point.name)}</text>')
    label = escape(f"{len(study.points)} 个调解点、{study.minutes:g} 分钟步行范围；内容见下面的表")
    box = f"-20 -20 {WIDTH + 40} {height + 40:.0f}"
    return f'<svg viewBox="{box}" role="img" aria-label="{label}">{"".join(parts)}</svg>'


def span(values: Any) -> float:
    """From the least to the greatest."""
    return float(values.max() - values.min())

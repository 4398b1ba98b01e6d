"""hefa circle: who can walk to a mediator in fifteen minutes, who cannot, where the next point would help most."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..cli import Fail
from .printing import print_json, table

if TYPE_CHECKING:
    from hefa.circle.points import Homes, Point
    from hefa.circle.study import Study

_MOST_ADDED, _SHOWN = 1000, 10
_UNITS = {"residents": "居民", "buildings": "住址", "junctions": "路口"}


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--roads",
        metavar="路网",
        help="路网：OSM 的 .pbf、shapefile 文件夹、GeoJSON、路段 CSV；不给就用数据目录里保存的",
    )
    parser.add_argument("--points", metavar="CSV", help="调解点：name,lon,lat[,crs]；不给就用台账里的调委会和服务点")
    parser.add_argument("--homes", metavar="CSV", help="住址或楼栋：lon,lat[,residents][,crs]；有人数就按居民算")
    parser.add_argument("--minutes", type=_number, default=15.0, metavar="分钟", help="步行分钟数（默认 15）")
    parser.add_argument("--speed", type=_number, metavar="米/秒", help="各级道路同一个步行速度；不给就按道路等级")
    parser.add_argument("--add", type=int, default=0, metavar="K", help="再设 K 个点，设在哪里增加最多")
    parser.add_argument("--close", action="append", default=[], metavar="名称", help="如果撤掉这个点（可多次）")
    parser.add_argument(
        "--move", action="append", default=[], metavar="名称=经度,纬度", help="如果这个点搬到那里（可多次，WGS84）"
    )
    parser.add_argument(
        "--crs", default="wgs84", metavar="坐标系", help="路网的坐标系：WGS84（默认）、GCJ-02、CGCS2000"
    )
    parser.add_argument("--points-crs", default="wgs84", metavar="坐标系", help="没有 crs 列的点和住址用的坐标系")
    parser.add_argument("--map", metavar="文件", help="画图：.html（可打印、可离线打开）或 .geojson")
    parser.add_argument("--keep", action="store_true", help="把这个路网存进数据目录，工作台的地图从此用它")
    parser.add_argument("--json", action="store_true", help="输出一个 JSON 文档")


def _number(text: str) -> float:
    import math

    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise argparse.ArgumentTypeError(f"“{text}”不是数字")
    return value


def run(args: argparse.Namespace) -> int:
    from hefa.circle.faults import Unusable

    try:
        return _answer(args)
    except Unusable as fault:
        raise Fail(str(fault)) from None
    except MemoryError:
        raise Fail("内存不够：这个路网太大，请先裁出本街道一带") from None


def _answer(args: argparse.Namespace) -> int:
    from hefa.circle import ground, pace, study

    if not 0 <= args.add <= _MOST_ADDED:
        raise Fail(f"--add 应在 0 到 {_MOST_ADDED} 之间")
    speed = pace.usual_speed() if args.speed is None else args.speed
    study.limit_of(args.minutes, speed)
    crs, points_crs = ground.crs_of(args.crs, "--crs "), ground.crs_of(args.points_crs, "--points-crs ")
    points = _points(args.points, points_crs)
    homes = _homes(args.homes, points_crs)
    if args.roads is None and homes is not None:
        return _estimated(args, points, homes, speed)
    made = _study(args, crs, points, homes, speed)
    found = made.additions(args.add)
    changed = _changed(args, made)
    if args.map:
        _draw(args, made, found, speed)
    document = _document(args, made, found, changed)
    if args.json:
        print_json(document)
    else:
        _show(document, made)
    return 0


def _points(path: str | None, crs: str) -> list[Point]:
    from hefa.circle.points import read_points

    if path is not None:
        return read_points(Path(path), crs)
    from hefa.circle.record import points_on_record

    from ..setup import prepare

    prepare()
    found = points_on_record()
    if not found:
        raise Fail("台账里还没有标定位置的调委会或服务点。先在台账里“标定位置”，或者用 --points 给一个 CSV。")
    return found


def _homes(path: str | None, crs: str) -> Homes | None:
    from hefa.circle.points import read_homes

    return None if path is None else read_homes(Path(path), crs)


def _study(args: argparse.Namespace, crs: str, points: list[Point], homes: Homes | None, speed: float) -> Study:
    from hefa.circle import keeping, network, reading, study

    if args.roads is None:
        if args.keep:
            raise Fail("--keep 要和 --roads 一起用：说明保存哪个路网")
        kept = keeping.standing(_data())
        roads = kept.roads
        if kept.is_sample:
            print("没有给 --roads，用的是虚构的样本路网。", file=sys.stderr)
    else:
        roads = reading.read_roads(Path(args.roads), crs)
        if args.keep:
            keeping.keep(roads, Path(args.roads).name, _data(), homes)
            print(f"路网已存进数据目录，工作台的地图从此用它：{Path(args.roads).name}", file=sys.stderr)
    walked = network.build(roads, by_class=args.speed is None)
    housed = None if homes is None else study.house(homes, walked)
    return study.Study(walked, points, args.minutes, speed, housed)


def _data() -> Path:
    from django.conf import settings

    return Path(settings.DATA)


def _estimated(args: argparse.Namespace, points: list[Point], homes: Homes, speed: float) -> int:
    from hefa.circle.estimating import estimate

    if args.add or args.close or args.move or args.map:
        raise Fail("没有路网时只能估算覆盖；--add、--close、--move、--map 要和 --roads 一起用")
    document = estimate(points, homes, args.minutes, speed)
    if args.json:
        print_json(document)
        return 0
    for warning in document["warnings"]:
        print(f"▲ {warning}")
    print(
        f"{args.minutes:g} 分钟（{document['limit_metres']:.0f} 米）：估算走得到 {document['covered']} "
        f"（{document['share']:.1%}），纯直线 {document['straight_line_share']:.1%}"
    )
    return 0


def _changed(args: argparse.Namespace, made: Study) -> dict[str, Any] | None:
    from dataclasses import replace

    from hefa.circle.faults import Unusable
    from hefa.circle.ground import must_be_degrees
    from hefa.circle.points import moved
    from hefa.circle.tables import number
    from hefa.circle.telling import by_point, difference

    if not (args.close or args.move):
        return None
    moves = {}
    for text in args.move:
        name, _, place = text.rpartition("=")
        lon, _, lat = place.partition(",")
        if not name or not lat:
            raise Unusable(f"--move “{text}”写得不对，应为 名称=经度,纬度")
        where = f"--move “{name}”的"
        moves[name] = (number(lon.strip(), where, "经度"), number(lat.strip(), where, "纬度"))
        must_be_degrees(*moves[name], where)
    left = moved(made.points, moves, args.close)
    after = replace(made, points=left)
    return {**difference(made, after), "by_point": by_point(after)}


def _draw(args: argparse.Namespace, made: Study, found: Any, speed: float) -> None:
    from hefa.circle.drawing import write_map
    from hefa.circle.telling import pace_told

    write_map(Path(args.map), made, found, f"{args.minutes:g} 分钟调解圈", pace_told(made, args.speed is None))


def _document(args: argparse.Namespace, made: Study, found: Any, changed: dict[str, Any] | None) -> dict[str, Any]:
    from hefa.circle.telling import as_json, pace_told

    document = as_json(made, found) | {"pace": pace_told(made, args.speed is None)}
    if changed is not None:
        document["what_if"] = changed
    if args.map:
        document["map"] = args.map
    return document


def _show(document: dict[str, Any], made: Study) -> None:
    unit = _UNITS[made.counts]
    print(f"{document['pace']}；{document['minutes']} 分钟是 {document['limit_metres']:.0f} 米")
    print(
        f"{document['nodes']} 个路口，沿路走得到 {document['covered']} 个（{document['share']:.1%}）；"
        f"按直线算 {document['straight_line_share']:.1%}，直线会高估"
    )
    if homes := document.get("homes"):
        print(
            f"{unit} {homes['total']}，走得到 {homes['covered']}（{homes['share']:.1%}）；按直线算 {homes['straight_line_share']:.1%}"
        )
    for warning in document["warnings"]:
        print(f"▲ {warning}")
    print()
    rows = document["by_point"]
    table(
        ("调解点", "走得到的路口", "离它最近的路口"),
        [(r["name"], str(r["covered"]), str(r["nearest_to"])) for r in rows],
    )
    if document["gaps"]:
        print(f"\n走不到的地方 {len(document['gaps'])} 处，最大的几处：")
        header = ("路口", "经度", "纬度", unit, "最近的调解点", "直线距离")
        shown = document["gaps"][:_SHOWN]
        table(header, [_gap(row, made.counts) for row in shown])
    if document["add"]:
        print("\n再设点，依次设在这里增加最多：")
        found = document["add"]
        table(("路口", "经度", "纬度", f"增加{unit}"), [(str(r["node"]), *_degrees(r), str(r["gain"])) for r in found])
    if told := document.get("what_if"):
        print(
            f"\n如果这样调整：走得到的路口 {told['covered_before']} → {told['covered']}，多 {told['gained']} 个，少 {told['lost']} 个"
        )


def _gap(row: dict[str, Any], counts: str) -> tuple[str, ...]:
    away = f"{row['straight_line_metres']} 米"
    return (str(row["node"]), *_degrees(row), str(row.get(counts, row["nodes"])), row["nearest_point"], away)


def _degrees(row: dict[str, Any]) -> tuple[str, str]:
    return f"{row['lon']:.6f}", f"{row['lat']:.6f}"

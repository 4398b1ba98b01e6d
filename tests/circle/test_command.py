"""`./hefa circle`: the document, every way of giving roads, every mistake as one sentence."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import osmium
import pytest
import shapefile

from hefa.circle import ground
from hefa.site.cli import main

from . import slow

# A square of a kilometre with one diagonal missing; ids are not in the order of the file.
PLACES = {7: (121.55, 29.83), 3: (121.56, 29.83), 12: (121.56, 29.84), 5: (121.55, 29.84)}
ROADS = [(7, 3), (3, 12), (12, 5)]
POINTS = "name,lon,lat\n甲,121.5501,29.8301\n"
Hefa = Callable[..., tuple[int, dict[str, Any], str]]


@pytest.fixture
def hefa(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Hefa:
    """Runs the command with --json in a folder of its own; (exit status, document, what it said beside it)."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "points.csv").write_text(POINTS)
    (tmp_path / "roads.csv").write_text(edges())

    def run(
        *words: str, roads: str | None = "roads.csv", points: str = "points.csv"
    ) -> tuple[int, dict[str, Any], str]:
        given = ["--roads", roads] if roads else []
        code = main(["circle", *given, "--points", points, *words, "--json"])
        said = capsys.readouterr()
        return code, json.loads(said.out), said.err

    return run


def edges(pairs: Sequence[tuple[int, int]] = ROADS, length: str = "") -> str:
    lines = [f"{a},{b},{PLACES[a][0]},{PLACES[a][1]},{PLACES[b][0]},{PLACES[b][1]},{length}" for a, b in pairs]
    return "\n".join(["from,to,from_lon,from_lat,to_lon,to_lat,length", *lines, ""])


def test_the_document_has_what_was_promised(hefa: Hefa) -> None:
    code, told, _ = hefa("--minutes", "15", "--speed", "1.1", "--add", "1")
    assert code == 0
    assert told["minutes"] == 15 and told["speed"] == 1.1 and told["nodes"] == 4
    # 990 metres: to 3 it is 964.6 along the road, to 5 it is 1112 as the crow flies and 3041 on foot.
    assert told["covered"] == 2 and told["share"] == 0.5 and told["straight_line_share"] == 0.5
    (point,) = told["by_point"]
    assert (point["name"], point["covered"], point["nearest_to"], point["node"]) == ("甲", 2, 2, 7)
    assert point["snapped_metres"] == pytest.approx(slow.haversine(121.5501, 29.8301, *PLACES[7]), abs=0.06)
    assert told["add"] == [{"node": 5, "lon": 121.55, "lat": 29.84, "gain": 2, "junctions": 2}]
    (gap,) = told["gaps"]
    assert gap["nodes"] == 2 and gap["nearest_point"] == "甲"


def test_the_limit_is_included(hefa: Hefa, tmp_path: Path) -> None:
    (tmp_path / "roads.csv").write_text(edges(length="900"))
    assert hefa("--minutes", "15", "--speed", "1")[1]["covered"] == 2
    assert hefa("--minutes", "30", "--speed", "1")[1]["covered"] == 3
    assert hefa("--minutes", "14.99", "--speed", "1")[1]["covered"] == 1


def test_roads_without_length_join(hefa: Hefa, tmp_path: Path) -> None:
    (tmp_path / "roads.csv").write_text(edges(length="0"))
    code, told, _ = hefa("--minutes", "1", "--speed", "1")
    assert code == 0 and told["covered"] == 4 and any("长度为零" in one for one in told["warnings"])


def test_a_network_in_pieces_is_told(hefa: Hefa, tmp_path: Path) -> None:
    (tmp_path / "roads.csv").write_text(edges([(7, 3), (12, 5)]))
    code, told, _ = hefa("--speed", "5")
    assert code == 0 and told["covered"] == 2 and told["pieces"] == 2 and "不连通" in told["warnings"][0]


def _geojson(folder: Path) -> str:
    lines = [{"type": "Feature", "properties": {"highway": "residential"},
              "geometry": {"type": "LineString", "coordinates": [PLACES[7], PLACES[3], PLACES[12], PLACES[5]]}}]  # fmt: skip
    # A second line meets the first inside it: there is a junction there.
    lines.append(
        {
            "type": "Feature",
            "properties": {},
            "geometry": {"type": "LineString", "coordinates": [PLACES[3], (121.57, 29.83)]},
        }
    )
    (folder / "roads.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": lines}))
    return "roads.geojson"


def _shapes(folder: Path, nodes: bool = True) -> str:
    own = folder / "shapes"
    own.mkdir()
    with shapefile.Writer(own / "edges.shp", shapeType=shapefile.POLYLINE) as lines:
        lines.field("highway", "C", 20)
        for a, b in ROADS:
            lines.line([[PLACES[a], PLACES[b]]])
            lines.record("residential")
    if nodes:
        with shapefile.Writer(own / "nodes.shp", shapeType=shapefile.POINT) as places:
            places.field("FID", "N", 11)
            for key, place in PLACES.items():
                places.point(*place)
                places.record(key)
    return "shapes"


def _folder(folder: Path) -> str:
    own = folder / "tables"
    own.mkdir()
    (own / "nodes.csv").write_text(
        "编号,经度,纬度\n" + "".join(f"{n},{x},{y}\n" for n, (x, y) in PLACES.items()), "gbk"
    )
    (own / "edges.csv").write_text("起点,终点\n" + "".join(f"{a},{b}\n" for a, b in ROADS), "utf-8-sig")
    return "tables"


def _pbf(folder: Path) -> str:
    with osmium.SimpleWriter(str(folder / "town.osm.pbf")) as out:
        for key, place in PLACES.items():
            out.add_node(osmium.osm.mutable.Node(id=key, location=place, version=1))
        out.add_node(osmium.osm.mutable.Node(id=99, location=(121.7, 29.9), version=1))
        for n, pair in enumerate(ROADS, start=1):
            out.add_way(osmium.osm.mutable.Way(id=n, nodes=pair, tags={"highway": "residential"}, version=1))
        out.add_way(osmium.osm.mutable.Way(id=8, nodes=[7, 99], tags={"highway": "path", "foot": "no"}, version=1))
        out.add_way(osmium.osm.mutable.Way(id=9, nodes=[7, 99], tags={"waterway": "canal"}, version=1))
    return "town.osm.pbf"


@pytest.mark.parametrize("write", [_shapes, _folder, _pbf])
def test_every_way_of_giving_roads_gives_the_same(hefa: Hefa, tmp_path: Path, write: Callable[[Path], str]) -> None:
    wanted = hefa("--speed", "1.1", "--add", "2")[1]
    code, told, _ = hefa("--speed", "1.1", "--add", "2", roads=write(tmp_path))
    assert code == 0 and told == wanted


def test_lines_that_meet_make_junctions(hefa: Hefa, tmp_path: Path) -> None:
    told = hefa("--speed", "1.1", roads=_geojson(tmp_path))[1]
    assert told["nodes"] == 4 and told["covered"] == 2  # ends 7, 5 and the new one, and the meeting at 3
    own = tmp_path / _shapes(tmp_path, nodes=False)
    assert hefa("--speed", "1.1", roads=str(own / "edges.shp"))[1]["covered"] == 2


def test_points_in_gcj02_land_where_they_are(hefa: Hefa, tmp_path: Path) -> None:
    wanted = hefa("--speed", "1.1")[1]
    lon, lat = ground.to_gcj02(np.array(121.5501), np.array(29.8301))
    (tmp_path / "gcj.csv").write_text(f"名称,经度,纬度,坐标系\n甲,{lon:.9f},{lat:.9f},GCJ-02\n", "gbk")
    assert (
        hefa("--speed", "1.1", points="gcj.csv")[1]["by_point"][0]["snapped_metres"]
        == wanted["by_point"][0]["snapped_metres"]
    )
    (tmp_path / "gcj2.csv").write_text(f"name,lon,lat\n甲,{lon:.9f},{lat:.9f}\n", "utf-8-sig")
    told = hefa("--speed", "1.1", "--points-crs", "gcj02", points="gcj2.csv")[1]
    assert told["covered"] == wanted["covered"]


def test_homes_count_residents_and_estimate_without_roads(hefa: Hefa, tmp_path: Path) -> None:
    (tmp_path / "homes.csv").write_text(
        "lon,lat,residents\n121.5502,29.83,30\n121.5499,29.8398,50\n121.56,29.8301,20\n"
    )
    told = hefa("--speed", "1.1", "--homes", "homes.csv", "--add", "1")[1]
    assert told["homes"]["covered"] == 50 and told["homes"]["total"] == 100 and told["homes"]["counts"] == "residents"
    assert (
        told["add"][0]["gain"] == 50 and told["gaps"][0]["residents"] == 50 and told["by_point"][0]["residents"] == 50
    )
    guess = hefa("--speed", "1.1", "--homes", "homes.csv", roads=None)[1]
    assert (
        guess["method"] == "straight_line_estimate" and guess["detour_factor"] == 1.3 and "估算" in guess["warnings"][0]
    )
    assert guess["share"] == 0.3 and guess["straight_line_share"] == 0.5


def test_a_point_may_close_or_move(hefa: Hefa, tmp_path: Path) -> None:
    (tmp_path / "points.csv").write_text(POINTS + "乙,121.5601,29.8401\n")
    told = hefa("--speed", "0.5", "--close", "乙")[1]["what_if"]
    assert (told["covered_before"], told["covered"], told["gained"], told["lost"]) == (2, 1, 0, 1)
    told = hefa("--speed", "0.5", "--move", "乙=121.5501,29.8401")[1]["what_if"]
    assert (told["gained"], told["lost"]) == (1, 1) and told["by_point"][1]["node"] == 5


@pytest.mark.parametrize("name", ["map.html", "map.geojson"])
def test_the_map_is_one_file(hefa: Hefa, tmp_path: Path, name: str) -> None:
    assert hefa("--speed", "1.1", "--add", "1", "--map", name)[0] == 0
    text = (tmp_path / name).read_text("utf-8")
    assert "甲" in text and "http" not in text and "<script" not in text
    if name.endswith("geojson"):
        kinds = [one["properties"]["what"] for one in json.loads(text)["features"]]
        assert kinds == ["isochrone", "point", "gap", "addition"]


@pytest.mark.parametrize(
    ("files", "words", "sentence"),
    [
        ({"points.csv": "name,x1,lat\n甲,1,2\n"}, (), "缺少列：lon/经度"),
        ({"points.csv": "name,lon,lat\n"}, (), "一个调解点也没有"),
        ({"points.csv": ""}, (), "是空的"),
        ({"points.csv": "name,lon,lat\n甲,abc,29.8\n"}, (), "第 2 行经度“abc”不是数字"),
        ({"points.csv": "name,lon,lat\n甲,nan,29.8\n"}, (), "不是数字"),
        ({"points.csv": "name,lon,lat\n甲,29.8,121.5\n"}, (), "填反"),
        ({"points.csv": "name,lon,lat\n甲,117.0,36.6\n"}, (), "“甲”不在这个路网的范围里"),
        ({"points.csv": "name,lon,lat,crs\n甲,121.5,29.8,bd09\n"}, (), "不认识坐标系“bd09”"),
        ({"points.csv": "name,lon,lat\n甲,121.55,29.83\n甲,121.55,29.83\n"}, (), "名称不能重复"),
        ({"roads.csv": "a,b\n1,2\n"}, (), "缺少列：from/u"),
        ({"roads.csv": edges([])}, (), "没有路段"),
        ({"roads.csv": edges(length="-3")}, (), "不能是负数"),
        ({"roads.csv": edges(length="x")}, (), "第 2 行长度“x”不是数字"),
        ({"x.geojson": "{"}, ("--roads", "x.geojson"), "不是完好的 GeoJSON"),
        ({"x.geojson": "[]"}, ("--roads", "x.geojson"), "没有 features"),
        ({"x.geojson": '{"features": []}'}, ("--roads", "x.geojson"), "没有线"),
        ({"x.pbf": "nonsense"}, ("--roads", "x.pbf"), "不是完好的 OSM 文件"),
        ({"x.shp": "nonsense"}, ("--roads", "x.shp"), "不是完好的 shapefile"),
        ({"x.docx": "nonsense"}, ("--roads", "x.docx"), "不认识“x.docx”这种文件"),
        ({}, ("--roads", "missing.csv"), "没有文件“missing.csv”"),
        ({}, ("--points", "missing.csv"), "没有文件“missing.csv”"),
        ({}, ("--roads", "."), "没有 edges.shp 或 edges.csv"),
        ({}, ("--minutes", "0"), "分钟数 0 不对"),
        ({}, ("--minutes", "soon"), "“soon”不是数字"),
        ({}, ("--speed", "-1"), "步行速度 -1 不对"),
        ({}, ("--speed", "nan"), "“nan”不是数字"),
        ({}, ("--add", "-1"), "--add 应在"),
        ({}, ("--crs", "bd09"), "不认识坐标系“bd09”"),
        ({}, ("--close", "丁"), "没有名为“丁”的调解点"),
        ({}, ("--move", "甲"), "--move “甲”写得不对"),
        ({}, ("--map", "map.pdf"), "地图只能写成"),
        ({}, ("--map", "no/where.html"), "写不了"),
    ],
)
def test_every_mistake_is_one_sentence(
    hefa: Hefa, tmp_path: Path, files: dict[str, str], words: tuple[str, ...], sentence: str
) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    code, told, said = hefa(*words)
    assert code == 2 and sentence in told["error"] and "Traceback" not in said


def test_a_home_far_from_every_road_is_never_covered(hefa: Hefa, tmp_path: Path) -> None:
    (tmp_path / "homes.csv").write_text("lon,lat\n121.5502,29.83\n121.53,29.83\n")
    told = hefa("--speed", "1.1", "--homes", "homes.csv")[1]
    assert (told["homes"]["covered"], told["homes"]["total"], told["homes"]["counts"]) == (1, 2, "buildings")
    assert any("1 处住址不在路网范围里" in one for one in told["warnings"])


def test_a_kept_network_is_used_from_then_on(hefa: Hefa, tmp_path: Path, settings: Any) -> None:
    settings.DATA = tmp_path / "data"
    (tmp_path / "homes.csv").write_text("lon,lat,residents\n121.5502,29.83,30\n")
    wanted = hefa("--speed", "1.1", "--keep", "--homes", "homes.csv")[1]
    kept = hefa("--speed", "1.1", "--homes", "homes.csv", roads=_shapes(tmp_path))[1]
    assert kept["covered"] == wanted["covered"]
    told = hefa("--speed", "1.1", roads=None)[1]
    assert told["nodes"] == 4 and told["covered"] == wanted["covered"]
    (tmp_path / "data" / "circle" / "roads.npz").write_bytes(b"nonsense")
    code, told, _ = hefa("--speed", "1.1", roads=None)
    assert code == 2 and "坏了" in told["error"]

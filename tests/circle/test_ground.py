"""Coordinate systems: GCJ-02 there and back, its published examples, lengths."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hefa.circle import ground
from hefa.circle.faults import Unusable

from . import slow

LON, LAT = st.floats(74, 134), st.floats(18, 53)


@given(LON, LAT)
def test_gcj02_goes_there_and_back_within_a_millimetre(lon: float, lat: float) -> None:
    there = ground.to_gcj02(np.array(lon), np.array(lat))
    back = ground.to_wgs84(*there, ground.GCJ02)
    assert float(ground.metres(*back, lon, lat)) < 0.001
    assert 1 < float(ground.metres(*there, lon, lat)) < 1500


@pytest.mark.parametrize(
    ("wgs", "gcj"),
    [
        ((121.5272106, 31.1774276), (121.531541859215, 31.17530398364597)),
        ((113.912316, 22.543847), (113.9171764808363, 22.540796131694766)),
        ((116.377817, 39.911954), (116.38404722455657, 39.91334545536069)),
    ],
)
def test_known_places_are_where_the_eviltransform_package_puts_them(
    wgs: tuple[float, float], gcj: tuple[float, float]
) -> None:
    found = ground.to_gcj02(*map(np.array, wgs))
    assert float(ground.metres(*found, *gcj)) < 0.01


@given(LON, LAT, LON, LAT)
def test_lengths_are_those_of_the_haversine(lon1: float, lat1: float, lon2: float, lat2: float) -> None:
    assert float(ground.metres(lon1, lat1, lon2, lat2)) == pytest.approx(slow.haversine(lon1, lat1, lon2, lat2))


@given(st.floats(-9000, 9000), st.floats(-9000, 9000))
def test_the_flat_map_of_a_town_is_true(x: float, y: float) -> None:
    plane = ground.Plane(121.57, 29.85)
    assert np.allclose(plane.flat(*plane.round(x, y)), (x, y), atol=1e-6)
    assert float(ground.metres(121.57, 29.85, *plane.round(x, y))) == pytest.approx(np.hypot(x, y), rel=2e-3, abs=0.01)


@pytest.mark.parametrize(
    ("name", "crs"), [("GCJ-02", "gcj02"), ("wgs 84", "wgs84"), ("EPSG:4490", "cgcs2000"), ("火星坐标", "gcj02")]
)
def test_systems_go_by_many_names(name: str, crs: str) -> None:
    assert ground.crs_of(name) == crs


def test_an_unknown_system_and_swapped_degrees_are_told() -> None:
    with pytest.raises(Unusable, match="不认识坐标系“BD-09”"):
        ground.crs_of("BD-09")
    with pytest.raises(Unusable, match="填反"):
        ground.must_be_degrees(29.8, 121.5, "")
    with pytest.raises(Unusable, match="不在中国境内"):
        ground.must_be_degrees(2.35, 48.85, "")

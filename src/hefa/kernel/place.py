"""Where things are: degrees of WGS84 as fields, and metres between two of them."""

from __future__ import annotations

from decimal import Decimal
from math import asin, cos, radians, sin, sqrt
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

_EARTH = 6_371_008.8  # metres: the mean radius of the Earth (IUGG)
_EAST = [
    MinValueValidator(Decimal(73), "经度应在 73 到 136 度之间；是不是和纬度填反了？"),
    MaxValueValidator(Decimal(136), "经度应在 73 到 136 度之间，请核对"),
]
_NORTH = [
    MinValueValidator(Decimal(3), "纬度应在 3 到 54 度之间，请核对"),
    MaxValueValidator(Decimal(54), "纬度应在 3 到 54 度之间；是不是和经度填反了？"),
]
Point = tuple[float, float]  # (lon, lat) in degrees


def longitude() -> models.DecimalField[Any, Any]:
    """A column for degrees east within China, to about a decimetre."""
    return models.DecimalField(
        "经度", max_digits=9, decimal_places=6, null=True, blank=True, validators=_EAST,
        help_text="WGS84 坐标，单位度，如 121.573200；高德、腾讯地图的坐标要先转换",
    )  # fmt: skip


def latitude() -> models.DecimalField[Any, Any]:
    """A column for degrees north within China, to about a decimetre."""
    return models.DecimalField(
        "纬度", max_digits=9, decimal_places=6, null=True, blank=True, validators=_NORTH,
        help_text="WGS84 坐标，单位度，如 29.851600",
    )  # fmt: skip


def point_is_whole(turn: Any) -> str | None:
    """A guard (gets the `Turn`): a place has both of its coordinates or neither."""
    if (turn.value("lon") is None) != (turn.value("lat") is None):
        return "经度和纬度要一起填，或者都不填"
    return None


def metres(one: Point, other: Point) -> int:
    """The straight line between two points over the ground, in metres, rounded."""
    (lon1, lat1), (lon2, lat2) = [tuple(map(radians, point)) for point in (one, other)]
    half = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return round(2 * _EARTH * asin(sqrt(half)))

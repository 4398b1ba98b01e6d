from __future__ import annotations

import pytest

from hefa.kernel.people import Level, Office


@pytest.fixture
def town(db: None) -> dict[str, Office]:
    """A street, two communities whose names are alike, a police station."""
    street = Office.objects.create(code="330212005", name="中河街道", short="中河", level=Level.STREET)
    made = {"street": street}
    for key, code, name, short, level, parent in (
        ("feihong", "330212005003", "飞虹社区居委会", "飞虹", Level.COMMUNITY, street),
        ("caihong", "330212005005", "彩虹社区居委会", "彩虹", Level.COMMUNITY, street),
        ("east", "330212005021", "东一网格", "东格", Level.GRID, street),
        ("west", "330212005022", "西一网格", "东格", Level.GRID, street),
        ("police", "330212W01", "中河派出所", "派出所", Level.OUTSIDE, None),
    ):
        made[key] = Office.objects.create(code=code, name=name, short=short, level=level, parent=parent)
    return made

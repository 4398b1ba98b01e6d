"""One data folder before two databases: what is noted of the one ledger is not held against the other."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

from hefa.site import places


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("", ""),
        ("postgresql://clerk:secret@db.local:5432/hefa", "db.local:5432/hefa?"),
        ("postgresql://hefa@/hefa?host=/run/postgresql", "/hefa?host=/run/postgresql"),
    ],
)
def test_address_of_the_database_without_who_signs_in(monkeypatch: pytest.MonkeyPatch, url: str, address: str) -> None:
    monkeypatch.setenv("HEFA_DATABASE_URL", url)
    assert places.database_address() == address


def test_anchors_of_two_databases_lie_apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from hefa.site import settings

    monkeypatch.setenv("HEFA_DATA", str(tmp_path))
    found = []
    try:
        for url in ("", "postgresql://a@one/hefa", "postgresql://b@one/hefa", "postgresql://a@two/hefa"):
            monkeypatch.setenv("HEFA_DATABASE_URL", url)
            found.append(importlib.reload(settings).HEFA_ANCHORS.name)
    finally:
        monkeypatch.undo()
        importlib.reload(settings)
    assert found[0] == "anchors.jsonl"
    assert found[1] == found[2] and len(set(found)) == 3

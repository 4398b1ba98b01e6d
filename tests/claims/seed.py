"""The published report that the project starts from, when the papers beside the checkout are there."""

import json
from pathlib import Path

import pytest

_SHARED = Path(__file__).resolve().parents[2].parent / "shared"


def seed_path() -> Path:
    files = sorted((_SHARED / "seed").glob("*.txt"))
    if not files:
        pytest.skip("the seed report is not beside the checkout")
    return files[0]


def published_figures() -> list[dict[str, object]]:
    file = _SHARED / "data" / "reports" / "published-figures.json"
    if not file.exists():
        pytest.skip("the published figures are not beside the checkout")
    return json.loads(file.read_text("utf-8"))

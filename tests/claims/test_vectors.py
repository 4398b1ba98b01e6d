"""Figures of published texts: what holds is silent, what fails is named."""

import tomllib
from pathlib import Path

import pytest

from hefa.claims import check
from tests.claims.seed import published_figures

LINES = tomllib.loads((Path(__file__).parent / "vectors.toml").read_text("utf-8"))["line"]


@pytest.mark.parametrize("line", LINES, ids=lambda line: line["source"])
def test_vector(line: dict[str, str]) -> None:
    found = {f.rule for f in check(line["text"]).findings}
    assert line["rule"] in found if line["rule"] else not found


def test_every_published_text_has_a_sentence() -> None:
    assert {str(t["name"]) for t in published_figures()} == {line["source"] for line in LINES}

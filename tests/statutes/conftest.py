"""One shelf for all tests of the law library: the installed package's texts, made once a run."""

from __future__ import annotations

import pytest

from hefa.statutes.shelf import Shelf


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    return Shelf.open(tmp_path_factory.mktemp("shelf"))

"""The English catalogue: complete for the desk and for every label that a kind declares."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils import translation
from django.utils.translation import trans_real

from hefa.desk import catalogue

from .conftest import Desk

SOURCE = catalogue.SOURCE / "en" / "LC_MESSAGES" / "django.po"
_PLACES = re.compile(r"%\(\w+\)[sd]")
_CHINESE = re.compile(r"[一-鿿]")


@pytest.fixture(scope="module")
def english() -> dict[str, str]:
    with SOURCE.open("rb") as text:
        return {str(one.id): str(one.string) for one in read_po(text) if one.id and one.string}


def test_every_message_of_the_desk_is_there(english: dict[str, str]) -> None:
    assert sorted(catalogue.page_messages() - english.keys()) == []


def test_every_declared_label_is_there(english: dict[str, str]) -> None:
    assert sorted(catalogue.declared_labels() - english.keys()) == []


def test_translations_keep_their_places_and_are_english(english: dict[str, str]) -> None:
    for chinese, text in english.items():
        assert sorted(set(_PLACES.findall(chinese))) == sorted(set(_PLACES.findall(text))), chinese
        if "2023年5月6日" not in text:
            assert not _CHINESE.search(text), chinese


def test_the_catalogue_is_compiled_once(tmp_path: Path) -> None:
    (made,) = catalogue.compile_catalogue(tmp_path)
    assert made == tmp_path / "en" / "LC_MESSAGES" / "django.mo"
    written = made.stat().st_mtime_ns
    assert catalogue.compile_catalogue(tmp_path) == [made] and made.stat().st_mtime_ns == written


def test_the_desk_speaks_english_when_asked(desk: Desk, tmp_path: Path, settings) -> None:  # type: ignore[no-untyped-def]
    catalogue.compile_catalogue(tmp_path)
    settings.LOCALE_PATHS = [tmp_path]
    trans_real._translations.clear()
    trans_real._default = None
    client = desk.client("community_mediator")
    matter = desk.dispute()
    client.post("/language/setlang/", {"language": "en", "next": "/"})
    try:
        for page in ("/", "/list/mediation.dispute/", f"/matter/{matter.pk}/", "/new/mediation.dispute/", "/figures/"):
            body = client.get(page).content.decode()
            assert '<html lang="en"' in body and "To do today" in body, page
        assert "Hand to a community committee" in client.get(f"/matter/{matter.pk}/").content.decode()
    finally:
        translation.activate("zh-hans")
        trans_real._translations.clear()
        trans_real._default = None

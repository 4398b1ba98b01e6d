"""Paragraphs and items of articles whose words are not on the shelf: what law/*.toml declares of them.

The law data hold, for the articles that the flows rest on, how many paragraphs and items each has. So a citation of the
regulation on disclosure is held to its items although no package brings its words.
"""

from __future__ import annotations

from functools import cache

from hefa.kernel.law import Instrument, Provision, instruments, numeral

from .numerals import order
from .references import Place
from .texts import Version, plain


@cache
def _by_name() -> dict[str, Instrument]:
    return {plain(one.name): one for one in instruments() if one.verified}


def missing(version: Version, place: Place) -> str:
    """In words, what of a place the article does not have; "" when all is there or nothing is known."""
    one = _by_name().get(plain(version.title))
    number, added = order(place.article)
    if one is None or added or version.complete or one.in_force_from != version.in_force:
        return ""
    declared = one.provisions.get(number)
    return _missing(declared, place) if declared is not None else ""


def _missing(declared: Provision, place: Place) -> str:
    if place.paragraph and place.paragraph > declared.paragraphs:
        return f"只有{_count(declared.paragraphs)}款，没有第{numeral(place.paragraph)}款"
    if not place.item:
        return ""
    if place.paragraph is None:
        most = max(declared.items.values(), default=0)
        if place.item <= most:
            return ""
        return f"只有{_count(most)}项，没有第（{numeral(place.item)}）项" if most else "不分项"
    held = declared.items.get(place.paragraph, 0)
    if place.item <= held:
        return ""
    where = next((paragraph for paragraph, items in declared.items.items() if place.item <= items), 0)
    hint = f"，第（{numeral(place.item)}）项在第{numeral(where)}款" if where else ""
    return f"第{numeral(place.paragraph)}款没有第（{numeral(place.item)}）项{hint}"


def _count(number: int) -> str:
    return "两" if number == 2 else numeral(number)

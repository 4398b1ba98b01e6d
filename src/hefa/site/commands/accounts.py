"""Accounts made from the command line."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from ..cli import Fail

if TYPE_CHECKING:
    from hefa.kernel.people import Person

# Without the signs that are mistaken for one another on paper.
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


def new_password() -> str:
    """Sixteen random signs in groups of four: about 79 bits, and it can be read out."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(4))


def find_person(name: str) -> Person:
    """The person with that sign-in name or that full name; `Fail` when none or several."""
    from hefa.kernel.people import Person

    for field in ("username", "name"):
        found = Person.objects.filter(**{field: name})[:2]
        if len(found) == 1:
            return found[0]
        if len(found) > 1:
            raise Fail(f"有多个人叫“{name}”，请用登录名（./hefa people 可查）")
    raise Fail(f"没有“{name}”这个人。运行 ./hefa people 看全部人员。")


def set_password(person: Person) -> str:
    """Give a new random password, on record; returns it."""
    from hefa.kernel.ledger import note
    from hefa.kernel.people import Actor

    password = new_password()
    person.set_password(password)
    person.save(update_fields=["password"])
    note("password", actor=Actor.operator(), answers={"person": person.username}, via="cli")
    return password

"""Names in a ledger and what they stand for: offices and people loaded once, other matters once a batch."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches

from django.db.models import Q

from hefa.kernel.matter import Matter
from hefa.kernel.people import Actor, Office, Person, Post

_TAILS = ("居民委员会", "居委会", "人民调解委员会", "调委会", "人民政府", "办事处")


class Directory:
    """Offices by name, short name or code; people by name. Two queries, once an import."""

    def __init__(self) -> None:
        self.offices: dict[int, Office] = {office.pk: office for office in Office.objects.all()}
        self._offices: dict[str, set[int]] = {}
        for office in self.offices.values():
            for name in _called(office):
                self._offices.setdefault(name, set()).add(office.pk)
        self._people: dict[str, dict[int, list[str]]] = {}
        posts = Post.objects.filter(Q(until_on=None) | Q(until_on__gte=date.today()))
        paths: dict[int, list[str]] = {}
        for person_id, path in posts.values_list("person_id", "office__path"):
            paths.setdefault(person_id, []).append(path)
        for pk, name in Person.objects.values_list("pk", "name"):
            self._people.setdefault(name, {})[pk] = paths.get(pk, [])

    def office(self, text: str) -> Office:
        """The office meant. ValueError when there is none or more than one."""
        found = self._offices.get(text) or self._offices.get(_bare(text)) or set()
        if len(found) == 1:
            return self.offices[next(iter(found))]
        if found:
            several = "、".join(sorted(self.offices[pk].name for pk in found))
            raise ValueError(f"“{text}”可以指{several}，请写全称或代码")
        near = get_close_matches(text, [office.name for office in self.offices.values()], n=1, cutoff=0.5)
        hint = f"，是不是“{near[0]}”？" if near else "，请先在系统里登记这个单位"
        raise ValueError(f"没有名为“{text}”的单位{hint}")

    def person(self, text: str, office: Office) -> int:
        """The id of the person meant; of several with one name, the one who works nearest to the office."""
        found = self._people.get(text, {})
        if len(found) == 1:
            return next(iter(found))
        if not found:
            raise ValueError(f"没有名为“{text}”的工作人员")
        for near in (lambda path: path == office.path, lambda path: office.path.startswith(path)):
            close = [pk for pk, paths in found.items() if any(near(path) for path in paths)]
            if len(close) == 1:
                return close[0]
        raise ValueError(f"有 {len(found)} 位工作人员叫“{text}”，分不清是哪一位")


def _called(office: Office) -> set[str]:
    return {office.name, office.short, office.code, _bare(office.name)}


def _bare(name: str) -> str:
    for tail in _TAILS:
        name = name.removesuffix(tail)
    return name


class Numbers:
    """Matters that a batch of rows refers to, by number and kind: one query a batch."""

    def __init__(self, wanted: Iterable[str], actor: Actor) -> None:
        self._found: dict[str, list[tuple[str, int]]] = {}
        if numbers := set(wanted) - {""}:
            known = Matter.objects.visible_to(actor).filter(number__in=numbers)
            for number, kind, pk in known.values_list("number", "kind", "pk"):
                self._found.setdefault(number, []).append((kind, pk))

    def matter(self, number: str, kind: str = "") -> int:
        """The id of the matter of that number. ValueError when there is none, or several kinds share it."""
        found = [pk for label, pk in self._found.get(number, ()) if kind in ("", label)]
        if len(found) == 1:
            return found[0]
        if found:
            raise ValueError(f"编号“{number}”在几类事项里都有，分不清是哪一件，请留空后在系统里补填")
        raise ValueError(f"没有编号为“{number}”的事项，请先导入或登记那一件")

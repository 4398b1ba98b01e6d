"""Whom to send, and why: the one order in which mediators are weighed. Plain Python.

Nobody who is away, or in conflict with a party, is proposed. Of the others: who knows the kind of dispute, then the
nearest, then whoever has the least on hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

# 百家姓 and GB/T 2261 know more; these are the double surnames that still occur in any number.
_DOUBLE = (
    "欧阳 上官 司马 诸葛 夏侯 皇甫 尉迟 公孙 慕容 司徒 令狐 东方 端木 长孙 宇文 司空 轩辕 南宫 独孤 呼延 百里 澹台"
)
_LONGEST_NAME = 4


@dataclass(frozen=True)
class Candidate:
    """A mediator as weighed for one case.

    here: works in the community of the case, or is paired with it · metres: straight line from the place of the case,
    None when a point is unknown · absence, conflicts: why not, in words · kinds: kinds of dispute, empty for all ·
    load: cases in hand.
    """

    number: str
    name: str
    office: str
    here: str = ""
    metres: int | None = None
    absence: str | None = None
    conflicts: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    load: int = 0

    @property
    def is_free(self) -> bool:
        return self.absence is None and not self.conflicts

    def knows(self, kind: str) -> bool:
        return not kind or not self.kinds or kind in self.kinds

    @property
    def place(self) -> str:
        if self.here:
            return self.here
        return f"直线约 {self.metres} 米" if self.metres is not None else "同街道，距离不详"

    @property
    def _order(self) -> tuple[bool, float, int, str, str]:
        return not self.here, inf if self.metres is None else self.metres, self.load, self.name, self.number


@dataclass(frozen=True)
class Weighed:
    """A candidate with its place in the order, and the sentence that says why."""

    candidate: Candidate
    why: str
    chosen: bool = False


def weigh(candidates: Sequence[Candidate], kind: str = "") -> list[Weighed]:
    """All candidates, best first, at most one of them chosen, each with its reason. `kind`: label of the dispute's."""
    free = sorted((one for one in candidates if one.is_free), key=lambda one: (not one.knows(kind), *one._order))
    barred = sorted((one for one in candidates if not one.is_free), key=lambda one: one._order)
    found = [Weighed(one, _why(one, free[0], kind), one is free[0]) for one in free]
    return found + [Weighed(one, _barred(one), False) for one in barred]


def _barred(one: Candidate) -> str:
    return "；".join([*([one.absence] if one.absence else []), *one.conflicts])


def _why(one: Candidate, best: Candidate, kind: str) -> str:
    if one is best:
        skill = f"擅长处理{kind}" if kind in one.kinds else "不限纠纷类型"
        if not one.knows(kind):
            skill = f"没有擅长{kind}的人在岗，由不专门办{kind}的人承担"
        return f"在岗；{skill}；{one.place}；没有发现要回避的情形；手上 {one.load} 件"
    if not one.knows(kind) and best.knows(kind):
        return f"擅长的是{'、'.join(one.kinds)}，不是{kind}"
    if bool(one.here) != bool(best.here):
        return f"不在这个社区（{one.place}），{best.name}更近"
    if one._order[1] != best._order[1]:
        return f"{one.place}，{best.name}更近（{best.place}）"
    if one.load != best.load:
        return f"手上 {one.load} 件，比{best.name}多 {one.load - best.load} 件"
    return f"条件与{best.name}相同，按姓名排在后面"


def surname(name: str) -> str:
    """The surname of a person; empty for an organisation, which has none."""
    name = name.strip()
    if not 2 <= len(name) <= _LONGEST_NAME or name[-1] in "店厂社司局处队院校所会":
        return ""
    return name[:2] if name[:2] in _DOUBLE.split() and len(name) > 2 else name[:1]


def conflicts(name: str, unit: str, parties: Sequence[tuple[str, str, str]], earlier: Sequence[str]) -> tuple[str, ...]:
    """Why a mediator should not sit with these parties [(side, name, address)]; `earlier`: sides met in another case."""
    said = []
    for side, party, address in parties:
        if party == name:
            said.append(f"本人就是{side}")
        elif surname(party) and surname(party) == surname(name):
            said.append(f"与{side}同姓，可能是亲属")
        if unit and (unit in party or unit in address):
            said.append(f"与{side}同单位")
    said += [f"办过{side}的另一件纠纷" for side in earlier]
    return tuple(dict.fromkeys(said))

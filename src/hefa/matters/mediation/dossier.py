"""The dossier of a dispute: which papers belong into it, which are in, and what that is worth.

The one place where dossiers are scored. It reads the ledger: a paper is in when a step in force issued it here, or when
somebody said in “整理卷宗” how many pages of it are in; nothing else counts. The points are the platform's own scheme
(norms.toml), the papers and their order those of domain §3.1.

Eight papers must be there, ten points each; signatures and the order of days have ten each. What the case does not call
for leaves the base, so that the score says which share of what this case needs is in: an oral agreement needs its form,
which stands for intake, record and agreement at once, and the parties' signatures; a termination has its notice in place
of the agreement, and no record where nobody sat down.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Any

from django.db.models import Q

from hefa.kernel.ledger import Entry
from hefa.kernel.matter import Matter
from hefa.kernel.turn import trail

from .norms import POINTS

COLLATE = "collate"
AGREED = ("agree", "agree_orally")


@dataclass(frozen=True)
class Paper:
    """A paper of a dossier. `issued`: names of the declared papers that are this one."""

    key: str
    label: str
    issued: tuple[str, ...] = ()
    must: bool = False


COVER = Paper("cover", "卷宗封面", ("dossier_cover",), must=True)
INDEX = Paper("index", "卷内目录", ("dossier_index",), must=True)
INTAKE = Paper("intake", "申请书或者受理登记表", ("intake",), must=True)
RIGHTS = Paper("rights", "权利义务告知书", ("rights_notice",), must=True)
IDENTITY = Paper("identity", "身份证明", must=True)
PROXY = Paper("proxy", "授权委托书")
INQUIRY = Paper("inquiry", "调查记录")
EVIDENCE = Paper("evidence", "证据材料")
RECORD = Paper("record", "调解记录", ("record",), must=True)
CLOSING = Paper("closing", "结案文书", must=True)
PROOF = Paper("proof", "履行凭证")
FOLLOW_UP = Paper("visit", "回访记录", ("follow_up",))
CONFIRMATION = Paper("court", "司法确认材料")
NOTE = Paper("note", "情况说明")
BACK = Paper("back", "封底", ("dossier_index",), must=True)
# In the order in which they are bound.
PAPERS = (COVER, INDEX, INTAKE, RIGHTS, IDENTITY, PROXY, INQUIRY, EVIDENCE, RECORD, CLOSING, PROOF, FOLLOW_UP,
          CONFIRMATION, NOTE, BACK)  # fmt: skip
_MADE_LATER = {
    COVER: "归档时自动出具；已有纸质封面的，在“整理卷宗”里填页数",
    INDEX: "办一次“整理卷宗”，自动出具",
    BACK: "办一次“整理卷宗”，随卷内目录出具",
}
_MEND = "补齐以后再办一次“整理卷宗”，填上页数"
_SIGN = "补齐签名、盖章或者指印，再办一次“整理卷宗”，“签名盖章齐全”选“是”"
# What ended the case names the paper that closes it: its label, and the declared paper that is it.
_WRITTEN, _ORAL = ("调解协议书", "agreement"), ("口头协议登记表", "oral_agreement")
_CLOSINGS = {"terminated": ("终止调解通知书", "termination"), "referred": ("移送函", "referral"),
             "withdrawn": ("撤回申请或者情况说明", "")}  # fmt: skip


def pages(key: str) -> str:
    """The name of the answer that says how many pages of a paper are in."""
    return f"pages_{key}"


@dataclass(frozen=True)
class Held:
    """What the ledger says of one dossier. `issued`: names of papers; `collected`: {key: pages}; `is_signed`: as ticked."""

    issued: frozenset[str] = frozenset()
    collected: dict[str, int] = field(default_factory=dict)
    is_signed: bool = False

    def having(self, paper: str | None, answers: dict[str, Any]) -> Held:
        """As it is with one more step: the paper that it issued, what it said of the dossier."""
        collected = dict(self.collected)
        for one in PAPERS:
            if (told := answers.get(pages(one.key))) is not None:
                collected[one.key] = told
        is_signed = bool(answers.get("is_signed", self.is_signed))
        return Held(self.issued | ({paper} if paper else set()), collected, is_signed)


@dataclass(frozen=True)
class Item:
    """One line of the inventory. `points` 0: as needed, it costs nothing; `origin`: issued, collected, due or open.

    due: it should be there and is not · open: nobody needs it, as far as the record knows.
    """

    key: str
    label: str
    points: int
    origin: str
    pages: int | None = None
    mend: str = ""

    @property
    def is_in(self) -> bool:
        return self.origin in ("issued", "collected")


@dataclass(frozen=True)
class Dossier:
    """The inventory in printed order, then the signatures and the order of days, with what each is worth."""

    items: tuple[Item, ...]

    @property
    def possible(self) -> int:
        return sum(item.points for item in self.items)

    @property
    def earned(self) -> int:
        return sum(item.points for item in self.items if item.is_in)

    @property
    def score(self) -> int:
        """Of a hundred, half up."""
        return (200 * self.earned + self.possible) // (2 * self.possible)

    @property
    def missing(self) -> tuple[Item, ...]:
        """What costs points, then what should be there besides."""
        due = [item for item in self.items if item.origin == "due"]
        return tuple(sorted(due, key=lambda item: -item.points))


class _Case:
    """What the score needs to know of the dispute."""

    def __init__(self, matter: Matter, case: Any, held: Held) -> None:
        self.case, self.held, self.past = case, held, trail(matter)
        self.agents = any(party["side"] == "agent" for party in matter.parties)

    @cached_property
    def steps(self) -> frozenset[str]:
        return frozenset(past.step for past in self.past)

    @property
    def is_oral(self) -> bool:
        return bool(self.case.outcome == "agreed" and self.case.form == "oral")

    @property
    def closing(self) -> tuple[str, str]:
        return _ORAL if self.is_oral else _CLOSINGS.get(self.case.outcome, _WRITTEN)

    @property
    def needless(self) -> frozenset[Paper]:
        """Papers that are must in general, and not in this case."""
        if self.is_oral:
            return frozenset({COVER, INDEX, INTAKE, RIGHTS, IDENTITY, RECORD, BACK})
        return frozenset() if "sit" in self.steps or self.case.outcome in ("agreed", "") else frozenset({RECORD})

    @property
    def called_for(self) -> frozenset[Paper]:
        """Papers that are in only as needed, and are needed."""
        wanted = {
            PROXY: self.agents, PROOF: "perform" in self.steps, FOLLOW_UP: "follow_up" in self.steps,
            CONFIRMATION: bool(self.steps & {"confirm", "reject_confirmation"}),
        }  # fmt: skip
        return frozenset(paper for paper, is_wanted in wanted.items() if is_wanted)

    def item(self, paper: Paper) -> Item:
        needed = paper.must and paper not in self.needless
        # The oral form is intake, record and agreement in one.
        worth = 3 * POINTS if self.is_oral and paper is CLOSING else POINTS
        label, *names = self.closing if paper is CLOSING else (paper.label, *paper.issued)
        issued, told = bool(self.held.issued & set(names)), self.held.collected.get(paper.key)
        there = "issued" if issued else "collected" if told else ""
        origin = there or ("due" if needed or paper in self.called_for else "open")
        mend = _MADE_LATER.get(paper, _MEND) if origin == "due" else ""
        return Item(paper.key, label, worth if needed else 0, origin, told or None, mend)

    def order(self) -> Item:
        """发生 ≤ 受理 ≤ 调解 ≤ 协议 ≤ 履行 ≤ 回访: the ledger keeps its own days in order, corrected dates it does not."""
        fault = _disorder(self._days())
        mend = f"{fault}；登记错的，由有权更正的人更正" if fault else ""
        return Item("order", "日期先后相符", POINTS, "due" if fault else "issued", None, mend)

    def _days(self) -> list[tuple[str, date | None]]:
        def first(*steps: str) -> date | None:
            return next((past.day for past in self.past if past.step in steps), None)

        agreed = first(*AGREED)
        return [
            ("发生日期", self.case.happened_on), ("受理日期", first("accept")), ("调解日期", first("sit")),
            ("达成协议日期", agreed), ("履行期限", self.case.perform_by if agreed else None),
        ]  # fmt: skip


def _disorder(days: Sequence[tuple[str, date | None]]) -> str:
    known = [(label, day) for label, day in days if day is not None]
    for (label, day), (next_label, next_day) in pairwise(known):
        if next_day < day:
            return f"{next_label} {next_day} 早于{label} {day}"
    return ""


def dossier(matter: Matter, case: Any, held: Held) -> Dossier:
    """The inventory of one dispute and its score."""
    found = _Case(matter, case, held)
    signed = Item("signed", "签名盖章齐全", POINTS, "collected" if held.is_signed else "due", None,
                  "" if held.is_signed else _SIGN)  # fmt: skip
    return Dossier((*(found.item(paper) for paper in PAPERS), signed, found.order()))


def held(matters: Iterable[int]) -> dict[int, Held]:
    """{matter: what the ledger says of its dossier}: one question for all of them. Later words go over earlier ones."""
    told = Entry.objects.filter(Q(paper__isnull=False) | Q(step=COLLATE), matter_id__in=list(matters), turn__gt=0)
    in_force = told.filter(revokes=None, revoked=None).order_by("matter_id", "turn")
    found: defaultdict[int, Held] = defaultdict(Held)
    for matter_id, step, answers, paper in in_force.values_list("matter_id", "step", "answers", "paper"):
        assert matter_id is not None
        said = answers if step == COLLATE else {}
        found[matter_id] = found[matter_id].having(paper["name"] if paper else None, said)
    return found


def dossier_of(matter: Matter) -> Dossier:
    """The dossier of a dispute on record."""
    return dossier(matter, matter.case, held([matter.pk]).get(matter.pk, Held()))

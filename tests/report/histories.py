"""Generated past lives of a street, by seed: disputes and requests for information of a few years."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hefa.kernel.act import Play, play_many, rehearse
from hefa.kernel.answers import Refused
from hefa.kernel.matter import KINDS, Kind
from hefa.kernel.people import Actor, Level, Office
from hefa.matters.disclosure.replies import REPLIES, ApplicantType
from hefa.matters.mediation.models import DisputeType, Source

PARTIES = [{"side": "applicant", "name": "甲某"}, {"side": "respondent", "name": "乙某"}]
FIRST, DAYS = date(2021, 1, 1), 1000
Life = list[tuple[str, date, dict[str, Any]]]


class Town:
    """A street with three communities, a grid in the first, a co-op beside them."""

    def __init__(self) -> None:
        self.street = _office("S", "中河街道", Level.STREET, None)
        self.communities = [_office(f"C{n}", f"第{n}社区居委会", Level.COMMUNITY, self.street) for n in (1, 2, 3)]
        self.grid = _office("G", "第1社区第1网格", Level.GRID, self.communities[0])
        self.coop = _office("K", "某股份经济合作社", Level.COOP, self.street)

    @property
    def offices(self) -> list[Office]:
        return [self.street, *self.communities, self.grid, self.coop]


def _office(code: str, name: str, level: Level, parent: Office | None) -> Office:
    return Office.objects.create(code=code, name=name, short=code, level=level, parent=parent)


class _Telling:
    """A life being told step by step, days going on."""

    def __init__(self, chance: random.Random, day: date, step: str, **answers: Any) -> None:
        self.chance = chance
        self.life: Life = [(step, day, answers)]

    def then(self, step: str, most: int = 20, **answers: Any) -> None:
        self.life.append((step, self.life[-1][1] + timedelta(days=self.chance.randint(0, most)), answers))


def dispute(chance: random.Random, town: Town, start: date) -> Life:
    """One dispute: accepted anywhere, perhaps moved between the two levels or sent out and back, ended or not."""
    told = _Telling(
        chance, start, "accept", title="纠纷", type=chance.choice(DisputeType.values), summary="经过", parties=PARTIES,
        source=chance.choice(Source.values), difficulty=chance.choice(("simple", "ordinary", "complex")),
        people=chance.randint(2, 9), amount=chance.choice((None, "1200", "88.50")),
    )  # fmt: skip
    if chance.random() < 0.2:
        told.then("escalate", office=town.street.pk, reason="疑难")
    elif chance.random() < 0.2:
        told.then("delegate", office=town.communities[1].pk, reason="就地")
    if chance.random() < 0.1:
        told.then("refer", 200, partner=town.coop.pk, reason="移送")
        told.then("take_back", 200, reason="退回")
    end = chance.choice(("open", "terminate", "oral", "written", "written"))
    if end == "terminate":
        told.then("terminate", ground="refused")
    elif end == "oral":
        told.then("agree_orally", 300, terms="当场付清", performance=chance.choice(("at_once", None)))
    elif end == "written":
        told.then("sit", record="到场")
        told.then("agree", 300, facts="事实", terms="付款", perform_by=told.life[-1][1] + timedelta(days=600))
        if chance.random() < 0.4:
            told.then("apply_confirmation", 25, court="某法院")
            told.then(chance.choice(("confirm", "confirm", "reject_confirmation")), 200, reason="裁定")
        if chance.random() < 0.6:
            told.then("perform", 200, performance=chance.choice(("at_once", "in_time", "late", "partly")))
    return told.life


def request(chance: random.Random, town: Town, start: date) -> Life:
    """One request for information: answered in any way or not, then perhaps reviewed and sued over."""
    told = _Telling(
        chance, start, "receive", title="申请公开", channel="当面", wanted="材料",
        applicant_type=chance.choice(ApplicantType.values), parties=[{"side": "applicant", "name": "丙某"}],
    )  # fmt: skip
    end = chance.choice(("open", "withdraw", "abandon", "lapse", "draft", *("reply",) * 6))
    if end == "withdraw":
        told.then("withdraw", 60)
    elif end == "abandon":
        told.then("ask_correction", 3, unclear="名称", correct_by=start + timedelta(days=12))
        told.then("abandon", 60)
    elif end == "lapse":
        told.then("charge", 5, fee_by="按页", fee_units=31)
        told.then("lapse", 90)
    elif end in ("draft", "reply"):
        code = chance.choice([code for code, reply in REPLIES.items() if reply.drafted])
        filled = {group[0]: "写明" for group in REPLIES[code].needs}
        filled |= {"withheld": "DENY_PROCESS"} if "withheld" in filled else {}
        told.then("draft", reply=code, **filled)
        if end == "reply":
            told.then("reply", 60)
            _contest(chance, told)
    return told.life


def _contest(chance: random.Random, told: _Telling) -> None:
    told.then("deliver", served_by="邮寄")
    if chance.random() < 0.4:
        told.then("reconsider", 60)
        if chance.random() < 0.7:
            told.then("conclude_reconsideration", 200, reconsideration=chance.choice(("upheld", "corrected", "other")))
    if told.life[-1][0] != "reconsider" and chance.random() < 0.5:
        told.then("sue", 60)
        if chance.random() < 0.7:
            told.then("conclude_suit", 300, suit=chance.choice(("upheld", "corrected", "other")))


def play(label: str, tell: Callable[[random.Random, Town, date], Life], town: Town, seed: int, count: int) -> int:
    """Put generated lives on record; those that a guard refuses are left out. Returns how many there are."""
    chance, kind = random.Random(seed), KINDS[label]
    played = []
    for _ in range(count):
        start = FIRST + timedelta(days=chance.randint(0, DAYS))
        office = chance.choice(town.offices) if label == "mediation.dispute" else town.street
        try:
            played.append(_rehearsed(kind, office, tell(chance, town, start)))
        except Refused:
            continue
    play_many(kind, played)
    return len(played)


def _rehearsed(kind: type[Kind], office: Office, life: Life) -> Any:
    return rehearse(kind, Play(office, life), Actor.operator())

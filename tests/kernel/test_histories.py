"""Random lives, lawful and not: the ledger stays whole, and one stroke against it is seen."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hefa.kernel import clock, proof
from hefa.kernel.act import act, step_of
from hefa.kernel.answers import Refused
from hefa.kernel.figure import Period, figures
from hefa.kernel.flow import REVOKE, VOID
from hefa.kernel.ledger import Entry
from hefa.kernel.matter import Matter
from hefa.kernel.turn import events, trail
from tests.kernel import damage, town
from tests.kernel.town import Town

pytestmark = pytest.mark.django_db
START = date(2023, 1, 10)
GIVEN: dict[str, dict[str, Any]] = {
    "sit": {"record": "双方陈述", "mediator": "孙调解"}, "extend": {"reason": "继续调解"},
    "agree": {"facts": "属实", "terms": "赔偿", "perform_by": "2023-12-01", "amount": "1万"},
    "agree_orally": {"terms": "当场赔偿"}, "terminate": {"ground": "hopeless"}, "withdraw": {"reason": "和好"},
    "refer": {"reason": "治安", "partner": "firm"}, "take_back": {"reason": "退回"},
    "apply_confirmation": {"court": "某法院"}, "confirm": {}, "reject_confirmation": {"reason": "不符"},
    "perform": {"performance": "in_time"}, "breach": {"reason": "反悔"}, "follow_up": {"situation": "良好"},
    "inform": {}, "file": {"reason": "补不齐"},
    "collate": {"pages_rights": "1", "is_signed": "是"}, "feature": {},
    "escalate": {"reason": "疑难", "office": "street"}, "delegate": {"reason": "就地", "office": "feihong"},
    "amend": {"reason": "笔误", "amount": "7", "summary": "改", "title": "改后"}, "revoke": {"reason": "误办"},
}  # fmt: skip
move = st.tuples(
    st.integers(0, 2), st.sampled_from(sorted(GIVEN)), st.sampled_from(["mediator", "chair", "head", "street_mediator"]),
    st.integers(-1, 20),
)  # fmt: skip
quiet = settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def live(town_: Town, moves: list[tuple[int, str, str, int]]) -> list[Matter]:
    """Three disputes, and whatever of the moves the door lets through."""
    matters = [town.accept(town_, day=START) for _ in range(3)]
    days = [START] * 3
    for which, step, who, days_on in moves:
        day = days[which] + timedelta(days=days_on)
        given_ = {
            name: getattr(town_, value).pk if name in ("office", "partner") else value
            for name, value in GIVEN[step].items()
        }
        try:
            act(matters[which], step, actor=town_.actors[who], day=day, answers=given_)
        except Refused:
            continue
        if step != REVOKE:
            days[which] = day
    return [Matter.objects.get(pk=matter.pk) for matter in matters]


@quiet
@given(moves=st.lists(move, max_size=14))
def test_any_life_leaves_a_whole_ledger(town: Town, moves: list[tuple[int, str, str, int]]) -> None:
    with transaction.atomic():
        matters = live(town, moves)
        assert proof.verify().faults == []
        for matter in matters:
            _is_consistent(matter)
        year = Period.year(2023)
        for figure in figures().values():
            if figure.full_name.startswith("mediation."):
                assert figure.rows(year, town.district).count() == figure.result(year, town.district).rows
        transaction.set_rollback(True)


def _is_consistent(matter: Matter) -> None:
    """What the header says follows from the entries in force."""
    in_force = Entry.objects.filter(matter=matter, revoked=None, revokes=None).order_by("id")
    if matter.state == VOID:
        assert not in_force
        return
    assert [past.entry_id for past in trail(matter)] == [entry.pk for entry in in_force if entry.step != "amend"]
    assert matter.state == [entry.to for entry in in_force][-1]
    assert (matter.closed_on is not None) == (matter.state in matter.flow.ends)
    running = []
    for deadline in matter.flow.deadlines:
        run = clock.run(deadline, events(matter))
        if run is not None and run.met_on is None and deadline.duty and run.due_on:
            running.append(run.due_on)
    assert matter.due_on == min(running, default=None)
    for entry in in_force:
        assert entry.step == "amend" or step_of(matter, entry.step)


@quiet
@given(
    moves=st.lists(move, min_size=3, max_size=10),
    at=st.integers(1, 40),
    how=st.sampled_from(["edit", "delete", "swap", "copy", "reseal"]),
)
def test_one_stroke_is_seen(town: Town, moves: list[tuple[int, str, str, int]], at: int, how: str) -> None:
    with transaction.atomic():
        damage.unlock()
        live(town, moves)
        end = damage.last()
        place = 1 + at % end
        if how == "edit":
            damage.edit(place, "actor_name", "别人")
        elif how == "delete":
            damage.delete(place)
        elif how == "swap":
            damage.swap_ids(place, 1 + place % end)
        elif how == "copy":
            damage.copy(place, end + 1)
        else:
            damage.edit(place, "via", "api")
            damage.reseal(place)
        told = proof.verify().faults
        assert told and len(told) <= 2
        assert place in {fault.entry for fault in told} or how == "copy"
        transaction.set_rollback(True)

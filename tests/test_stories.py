"""Every story of every line of work is played through the one door, step by step.

A story (`matters/*/stories.toml`) is a life of a matter with what must follow from each step:

    [[story]]
    name, kind, office        office: where the matter is opened, by name
    year                      of the figures (default: that of the first step)
    [[story.steps]]
    day, step, answers        answers are raw, as typed; offices and people by name, matters as "@1" (the story's first)
    as                        a role, or a list of roles that one person holds
    at                        the office in which the actor holds the post
    who                       2 for a second person
    kind, office              on an opening step: another kind, another office
    matter                    on a later step: 2 for the story's second matter (default: the newest)
    state, due, value         expected after the step; due: {clock: day}, "" = not running; value: {column: value}
    paper, says               expected title of the paper, and texts that stand in it
    refused                   a part of the sentence of refusal; nothing may have changed
    [story.figures]           name: expected value, or its text when a string

Of a folder with stories every step must be taken, every guard must refuse, every deadline must be asserted.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import FieldDoesNotExist
from django.db import models, transaction

from hefa import press
from hefa.kernel import clock, paper, proof
from hefa.kernel.act import act, open_matter
from hefa.kernel.answers import Refused, parse_date, to_record
from hefa.kernel.figure import Period, find_figure
from hefa.kernel.flow import AMEND, REVOKE, Flow
from hefa.kernel.ledger import Entry
from hefa.kernel.matter import HEADER_FIELDS, KINDS, Kind, Matter, find_kind
from hefa.kernel.people import Actor, Level, Office, Person, Post
from hefa.kernel.turn import events, foreseen

FOLDER = Path(__file__).resolve().parents[1] / "src" / "hefa" / "matters"
DISTRICT, STREET, LAW_FIRM = "鄞州区", "中河街道", "某律师事务所"
# Names ending so stand at that level under the street; all others are outside bodies.
LEVELS = {"社区居委会": Level.COMMUNITY, "股份经济合作社": Level.COOP, "网格": Level.GRID}
IN_OFFICE_OF_CASE = {"community_mediator", "committee_head", "grid_worker"}
HOMES = {"counsel": LAW_FIRM, "district_justice": DISTRICT}

STORY_KEYS = {"name", "kind", "office", "steps", "figures", "year"}
STEP_KEYS = {
    "day", "step", "answers", "as", "at", "who", "kind", "office", "matter",
    "state", "due", "value", "paper", "says", "refused", "note",
}  # fmt: skip


def _told(path: Path) -> list[dict[str, Any]]:
    stories = tomllib.loads(path.read_text("utf-8"))["story"]
    for story in stories:
        unknown = story.keys() - STORY_KEYS
        for step in story["steps"]:
            unknown |= step.keys() - STEP_KEYS
        if unknown:
            raise ValueError(f"{path}：“{story['name']}”有不认识的键 {'、'.join(sorted(unknown))}")
    return stories


STORIES = {path.parent.name: _told(path) for path in sorted(FOLDER.glob("*/stories.toml"))}
TALES = [pytest.param(story, id=f"{folder}-{story['name']}") for folder, told in STORIES.items() for story in told]


@dataclass
class Stage:
    """One telling: the offices and people it needs, made when first named, and its matters in order of opening."""

    story: dict[str, Any]
    matters: list[Matter] = field(default_factory=list)

    def office(self, name: str) -> Office:
        if found := Office.objects.filter(name=name).first():
            return found
        level = {DISTRICT: Level.DISTRICT, STREET: Level.STREET}.get(name)
        level = level or next((level for end, level in LEVELS.items() if name.endswith(end)), None)
        level = level or (Level.STREET if re.search("(街道|镇)$", name) else Level.OUTSIDE)
        above = {Level.DISTRICT: None, Level.STREET: DISTRICT, Level.OUTSIDE: None}.get(level, STREET)
        parent = self.office(above) if above else None
        short = re.sub("(街道|社区居委会|股份经济合作社)$", "", name)
        code = f"T{Office.objects.count() + 1:03d}"
        return Office.objects.create(code=code, name=name, short=short, level=level, parent=parent)

    def person(self, roles: list[str], office: Office, who: int) -> Person:
        key = f"{'+'.join(roles)}-{office.code}-{who}"
        person, is_new = Person.objects.get_or_create(username=key, defaults={"name": f"{roles[0]}{who}"})
        for role in roles if is_new else ():
            Post.objects.create(person=person, office=office, role=role, from_on=date(2000, 1, 1))
        return person

    def actor(self, step: dict[str, Any]) -> Actor:
        roles = [step["as"]] if isinstance(step["as"], str) else step["as"]
        if roles == ["operator"]:
            return Actor.operator()
        return Actor.of(self.person(roles, self._home(roles[0], step), step.get("who", 1)))

    def _home(self, role: str, step: dict[str, Any]) -> Office:
        if at := step.get("at"):
            return self.office(at)
        here = self.office(self.story["office"])
        if role in HOMES:
            return self.office(HOMES[role])
        if role in IN_OFFICE_OF_CASE or here.level in (Level.OUTSIDE, Level.STREET, Level.DISTRICT):
            return here
        return self.office(STREET)

    def answers(self, kind: type[Kind], step: dict[str, Any]) -> dict[str, Any]:
        return {name: self._answer(kind, name, raw) for name, raw in step.get("answers", {}).items()}

    def _answer(self, kind: type[Kind], name: str, raw: Any) -> Any:
        try:
            asked = kind.field_of(name)
        except FieldDoesNotExist:
            return raw
        if not isinstance(asked, models.ForeignKey) or not isinstance(raw, str):
            return raw
        if raw.startswith("@"):
            return self.matters[int(raw[1:]) - 1].pk
        if asked.related_model is Office:
            return self.office(raw).pk
        return self.person([raw], self._home(raw, {}), 1).pk

    def play(self, step: dict[str, Any], *, opens: bool) -> tuple[Matter, Entry]:
        """Take one step. `Refused` passes through."""
        day, actor = parse_date(step["day"]), self.actor(step)
        if opens:
            kind = find_kind(step.get("kind", self.story["kind"]))
            office = self.office(step.get("office", self.story["office"]))
            answers = self.answers(kind, step)
            matter = open_matter(kind, actor=actor, office=office, day=day, answers=answers, step=step["step"])
            self.matters.append(matter)
            return matter, matter.entries.get()
        matter = self.matters[step.get("matter", len(self.matters)) - 1]
        return matter, act(matter, step["step"], actor=actor, day=day, answers=self.answers(matter.declared, step))

    def opens(self, step: dict[str, Any]) -> bool:
        kind = find_kind(step.get("kind", self.story["kind"]))
        return any(opening.name == step["step"] for opening in kind.flow.opening)


def _tell(story: dict[str, Any], *, check: bool) -> None:
    """Play a story; with `check`, hold it to everything that it expects."""
    stage = Stage(story)
    for number, step in enumerate(story["steps"], 1):
        where = f"第 {number} 步 {step['step']}（{step['day']}）"
        if "refused" in step:
            _refuse(stage, step, where)
            continue
        _not_greyed(stage, step, where)
        try:
            with transaction.atomic():
                matter, entry = stage.play(step, opens=stage.opens(step))
        except Refused as refused:
            pytest.fail(f"{where}：被拒绝：{refused}")
        if check:
            matter = Matter.objects.get(pk=matter.pk)
            _check_case(matter, step, where)
            _check_paper(entry, step, where)
    if check:
        _check_figures(stage)


def _not_greyed(stage: Stage, step: dict[str, Any], where: str) -> None:
    """What will be taken is not shown as impossible before its form is filled in."""
    if not stage.opens(step):
        matter = Matter.objects.get(pk=stage.matters[step.get("matter", len(stage.matters)) - 1].pk)
        declared = next((one for one in matter.flow.steps if one.name == step["step"]), None)
        assert declared is None or foreseen(matter, declared, stage.actor(step)) is None, where


def _refuse(stage: Stage, step: dict[str, Any], where: str) -> None:
    def written() -> tuple[Any, ...]:
        folder = find_kind(stage.story["kind"])._meta.app_label
        kinds = [kind for kind in KINDS.values() if kind._meta.app_label == folder]
        rows = [list(kind._default_manager.order_by("pk").values()) for kind in kinds]
        return Entry.objects.count(), list(Matter.objects.order_by("pk").values()), rows

    stage.actor(step)  # people and offices are there before; only the step is on trial
    before = written()
    with pytest.raises(Refused) as told, transaction.atomic():
        stage.play(step, opens=stage.opens(step))
    sentences = "；".join(told.value.faults.values())
    assert step["refused"] in sentences, f"{where}：拒绝的话是“{sentences}”"
    assert written() == before, f"{where}：被拒绝，却写下了东西"


def _check_case(matter: Matter, step: dict[str, Any], where: str) -> None:
    if "state" in step:
        assert matter.state == step["state"], where
    for name, expected in step.get("due", {}).items():
        _check_due(matter, name, expected, where)
    for name, expected in step.get("value", {}).items():
        holder = matter if name in HEADER_FIELDS else matter.case
        value = getattr(holder, name)
        assert to_record(value) == to_record(expected) or value == expected, f"{where}：{name} 是 {value!r}"


def _check_due(matter: Matter, name: str, expected: Any, where: str) -> None:
    run = clock.run(matter.flow.deadline(name), events(matter))
    if expected == "":
        runs = run is not None and run.due_on is not None and run.met_on is None
        assert not runs, f"{where}：期限 {name} 还在走，到 {run.due_on if run else None}"
        return
    assert run is not None, f"{where}：期限 {name} 没有起算"
    assert run.due_on == parse_date(expected), f"{where}：{name}\n" + "\n".join(run.explain())


def _check_paper(entry: Entry, step: dict[str, Any], where: str) -> None:
    if "paper" not in step and "says" not in step:
        return
    assert entry.paper is not None, f"{where}：没有出文书"
    issued = paper.issued(entry.envelope.open())
    text = press.to_text(issued)
    if "paper" in step:
        assert issued.title == step["paper"], where
    for words in [step["says"]] if isinstance(step.get("says"), str) else step.get("says", ()):
        assert words in text, f"{where}：文书里没有“{words}”：\n{text}"
    assert "〔缺〕" not in text, f"{where}：文书有空缺：\n{text}"


def _check_figures(stage: Stage) -> None:
    story = stage.story
    year = story.get("year", parse_date(story["steps"][0]["day"]).year)
    over = stage.office(DISTRICT)
    for name, expected in story.get("figures", {}).items():
        result = find_figure(name).result(Period.year(year), over)
        found = result.text if isinstance(expected, str) else result.value
        assert (float(found) if isinstance(expected, float) and found is not None else found) == expected, name
        assert len(find_figure(name).rows(Period.year(year), over)) == result.rows, name


@pytest.fixture(autouse=True)
def no_anchors(settings: Any, tmp_path: Path) -> None:
    """Heads that other tests anchored are no business of these ledgers."""
    settings.HEFA_ANCHORS = tmp_path / "anchors.jsonl"


@pytest.mark.django_db
@pytest.mark.parametrize("story", TALES)
def test_story_goes_as_told(story: dict[str, Any]) -> None:
    _tell(story, check=True)
    verdict = proof.verify()
    assert verdict.ok, verdict.faults
    assert verdict.entries == Entry.objects.count() > 0


def _folder_flows(folder: str) -> dict[str, Flow]:
    return {label: kind.flow for label, kind in KINDS.items() if kind._meta.app_label == folder}


@contextmanager
def _watched(flows: dict[str, Flow]) -> Iterator[Counter[Any]]:
    """Count the refusals of each guard while inside."""
    refusals: Counter[Any] = Counter()

    def watch(guard: Callable[[Any], str | None]) -> Callable[[Any], str | None]:
        def watching(turn: Any) -> str | None:
            fault = guard(turn)
            refusals[guard] += fault is not None
            return fault

        return watching

    kept = [(step, step.guards) for flow in flows.values() for step in flow.steps]
    for step, guards in kept:
        object.__setattr__(step, "guards", tuple(watch(guard) for guard in guards))
    try:
        yield refusals
    finally:
        for step, guards in kept:
            object.__setattr__(step, "guards", guards)


@pytest.mark.django_db
@pytest.mark.parametrize("folder", STORIES)
def test_stories_leave_nothing_untold(folder: str) -> None:
    flows = _folder_flows(folder)
    guards = {guard for flow in flows.values() for step in flow.steps for guard in step.guards}
    taken: set[tuple[str, str]] = set()
    with _watched(flows) as refusals:
        for story in STORIES[folder]:
            with transaction.atomic():
                _tell(story, check=False)
                taken |= set(Entry.objects.values_list("kind", "step"))
                transaction.set_rollback(True)
    untold = [
        f"步骤 {label}.{step.name}（{step.label}）没有办过"
        for label, flow in flows.items()
        for step in flow.steps
        if (label, step.name) not in taken
    ]
    untold += [f"条件 {guard.__module__}.{guard.__qualname__} 没有拒绝过" for guard in guards if not refusals[guard]]
    asserted = _deadlines_asserted(folder)
    untold += [
        f"期限 {label}.{deadline.name}（{deadline.label}）没有核对过"
        for label, flow in flows.items()
        for deadline in flow.deadlines
        if deadline.name not in asserted
    ]
    assert not untold, "\n".join(sorted(untold))


def _deadlines_asserted(folder: str) -> set[str]:
    """Names of clocks whose due day some story states (names are unique in a folder)."""
    steps = [step for story in STORIES[folder] for step in story["steps"]]
    return {name for step in steps for name, day in step.get("due", {}).items() if day != ""}


def test_only_known_folders_tell_stories() -> None:
    assert set(STORIES) <= {kind._meta.app_label for kind in KINDS.values()}
    assert not {AMEND, REVOKE} & {step.name for kind in KINDS.values() for step in kind.flow.steps}

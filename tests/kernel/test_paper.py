"""Declared papers: what a file must look like, and that no typed word becomes markup."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from hefa import press
from hefa.kernel import paper
from hefa.kernel.ledger import Entry
from hefa.kernel.matter import KINDS, find_kind
from tests.kernel.town import DISPUTE, PARTIES, Town, accept, answers, settle, take

pytestmark = pytest.mark.django_db
KIND = find_kind(DISPUTE)
HEAD = "kind: form\ntitle: 试\n---\n"


@pytest.fixture
def papers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Write a paper file under a name; the kind then has it."""
    monkeypatch.setattr(paper, "path_of", lambda kind, name: tmp_path / f"{name}.txt")
    paper.read.cache_clear()

    def write(name: str, text: str) -> None:
        (tmp_path / f"{name}.txt").write_text(text, "utf-8")
        paper.read.cache_clear()

    yield write
    paper.read.cache_clear()


WRONG = {
    "no separator": ("title: 试\n正文", "---"),
    "no title": ("kind: form\n---\n正文", "title"),
    "unknown head": ("title: 试\ncolour: red\n---\n正文", "colour"),
    "head without colon": ("title 试\n---\n正文", "title 试"),
    "odd row": (HEAD + "| 一 | 二 | 三 |", "成对"),
    "open tag": (HEAD + "{% if x %}", "if"),
    "unknown tag": (HEAD + "{% fly %}", "fly"),
    "open variable": (HEAD + "{{ matter.number|nofilter }}", "nofilter"),
}


@pytest.mark.parametrize("case", WRONG)
def test_a_wrong_file_is_named(papers: Any, tmp_path: Path, case: str) -> None:
    text, said = WRONG[case]
    papers("wrong", text)
    told = paper.fault(KIND, "wrong")
    assert told and said in told and str(tmp_path / "wrong.txt") in told


def test_a_missing_file_is_named(papers: Any) -> None:
    told = paper.fault(KIND, "absent")
    assert told and "absent.txt" in told


def test_every_declared_paper_can_be_read() -> None:
    for kind in KINDS.values():
        for step in kind.flow.steps:
            if step.paper:
                assert paper.fault(kind, step.paper) is None, (kind.label(), step.paper)


def issued(entry: Entry) -> press.Paper:
    return paper.issued(entry.envelope.open())


def text_of(composed: press.Paper) -> str:
    return press.to_text(composed)


NASTY = "<script>alert(1)</script> {{ matter.number }} {% now 'Y' %} *粗* #set x $a$ | 甲 | 乙 |\n# 标题\n@ 签名 &amp; [for people]"


def test_typed_words_stay_words(town: Town) -> None:
    matter = accept(town, title=NASTY.replace("\n", " ")[:150])
    take(town, matter, "sit", {"record": "x"})
    entry = take(town, matter, "agree", {"facts": NASTY, "terms": NASTY, "perform_by": "2023-12-01"})
    entry = Entry.objects.get(pk=entry.pk)
    composed = issued(entry)
    plain = settle(town, accept(town))
    shapes = [type(block) for block in composed.body]
    assert shapes == [type(block) for block in issued(Entry.objects.get(pk=plain.pk)).body]
    said = text_of(composed)
    for line in NASTY.splitlines():
        assert line.strip() in said, said
    html = press.to_html(composed)
    assert "<script>" not in html and "&lt;script&gt;" in html
    assert press.digest(composed) == (entry.paper or {})["digest"]


def test_a_paper_says_what_the_case_holds_after_the_step(town: Town) -> None:
    matter = accept(town)
    entry = Entry.objects.get(pk=settle(town, matter).pk)
    composed = issued(entry)
    text = text_of(composed)
    assert composed.title == "人民调解协议书" and (entry.paper or {})["title"] == composed.title
    for said in (matter.number, "赔偿三千元", "漏水属实", "2023年12月1日", PARTIES[0]["name"], PARTIES[1]["name"]):
        assert said in text, said
    assert "〔缺〕" not in text


def test_every_paper_of_mediation_is_complete(town: Town) -> None:
    one, two, three = accept(town), accept(town), accept(town)
    settle(town, one)
    take(town, one, "perform", {"performance": "in_time"})
    take(town, one, "follow_up", {"situation": "良好"})
    take(town, two, "terminate", {"ground": "hopeless"})
    take(town, three, "refer", {"partner": town.firm.pk, "reason": "移送"})
    take(town, accept(town), "agree_orally", {"terms": "当场道歉"})
    from hefa.kernel.act import open_matter

    told = {name: value for name, value in answers(reason="应由法院处理").items() if name != "difficulty"}
    open_matter(DISPUTE, actor=town.mediator, office=town.feihong, day=one.opened_on, answers=told, step="decline")
    names = set()
    for entry in Entry.objects.exclude(paper=None):
        names.add((entry.paper or {})["name"])
        assert "〔缺〕" not in text_of(issued(entry)), entry
    assert names == {
        "intake",
        "record",
        "agreement",
        "follow_up",
        "termination",
        "referral",
        "oral_agreement",
        "declined",
    }


def test_conditions_and_lists(town: Town, request: pytest.FixtureRequest) -> None:
    matter = accept(town)
    papers = request.getfixturevalue("papers")
    entry = Entry.objects.get(matter=matter)
    body = "[if case.mediator] 调解员 {{ case.mediator }}\n[if case.summary] 有情况\n[for parties] 当事人 {{ item.name }}\n" \
           "[if nothing.at.all] 不出现\n\n尾"  # fmt: skip
    papers("intake", HEAD + body)
    from hefa.kernel.turn import Turn

    step = KIND.flow.step("accept")
    turn = Turn(entry.matter, entry.matter.case, step, {}, entry.day, town.mediator)  # type: ignore[union-attr, arg-type]
    composed = paper.compose(turn)
    lines = [block for block in composed.body if isinstance(block, press.Para)]
    said = text_of(composed)
    assert len(lines) == 4
    assert "不出现" not in said and "调解员" not in said and "有情况" in said
    assert said.index("赵甲乙") < said.index("钱丙丁") < said.index("尾")

"""Law data taken in and taken back: what moves, what stands, and what is left on record."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hefa.kernel import days, law, layers, proof
from hefa.kernel.act import act, open_matter
from hefa.kernel.layers import BadLaw
from hefa.kernel.ledger import Entry
from hefa.kernel.limit import limit
from hefa.kernel.matter import Matter
from hefa.kernel.people import Office
from hefa.statutes.updates import place
from hefa.statutes.updates.candidate import read
from hefa.statutes.updates.state import state
from hefa.statutes.updates.taking import NothingNew, NotTaken, rehearse, renew, stale, take_back, take_in

from .conftest import NOTICE_2027, OPERATOR, REPEAL, SHORTER, SURCHARGE, file, request

ANSWER = ("disclosure.request", "answer")


def test_a_notice_moves_what_it_moves_and_says_why(street: Office, data: Path, tmp_path: Path) -> None:
    matter = request(street)
    before = matter.due_on
    assert matter.due_estimated and before is not None
    report = rehearse(read(file(tmp_path, NOTICE_2027)), data)
    (row,) = report["moved"]
    assert (row["kind"], row["clock"], row["number"]) == (*ANSWER, matter.number)
    assert row["from"] == before.isoformat() and row["was_estimated"] and not row["estimated"]
    assert row["to"] == days.add_working(before, 1).isoformat()
    assert row["why"] == [{"kind": "days", "days": [["2027-01-04", False, "元旦放假"]]}]
    matter.refresh_from_db()
    assert matter.due_on == before and not list((data / place.FOLDER).iterdir())  # asked only


def test_taking_in_writes_files_dues_and_a_note_and_back_again(street: Office, data: Path, tmp_path: Path) -> None:
    matter = request(street)
    before, entries = matter.due_on, Entry.objects.filter(matter=matter).count()
    taken, report = take_in(read(file(tmp_path, NOTICE_2027)), data, OPERATOR)
    matter.refresh_from_db()
    assert matter.due_on.isoformat() == report["moved"][0]["to"] and not matter.due_estimated
    assert days.official_years()[-1] == 2027 and 2027 not in days.missing_years(date(2026, 12, 1))
    note = Entry.objects.get(step="law_taken")
    assert note.answers["digest"] == taken.digest and note.answers["update"] == taken.id and note.answers["moved"] == 1
    assert note.actor_name == OPERATOR.name and note.turn == 0
    assert Entry.objects.filter(matter=matter).count() == entries and proof.verify().ok
    assert taken.report()["moved"] == report["moved"] and taken.damage() == ""
    _, undone = take_back(taken.id, data, None)
    assert undone["moved"][0]["to"] == before.isoformat() and Entry.objects.filter(step="law_taken_back").count() == 0
    take_back(taken.id, data, OPERATOR)
    matter.refresh_from_db()
    assert matter.due_on == before and matter.due_estimated and days.official_years()[-1] == 2026
    assert proof.verify().ok and Entry.objects.get(step="law_taken_back").answers["digest"] == taken.digest
    with pytest.raises(NotTaken, match="没有编号为"):
        take_back(taken.id, data, OPERATOR)
    again, _ = take_in(read(file(tmp_path, NOTICE_2027)), data, OPERATOR)
    assert again.id.startswith("0002-") and again.digest == taken.digest


def test_a_term_from_a_day_holds_for_clocks_that_start_from_then(street: Office, data: Path, tmp_path: Path) -> None:
    old, new = request(street, date(2026, 11, 19), extended=False), request(street, date(2026, 11, 20), extended=False)
    take_in(read(file(tmp_path, SHORTER)), data, OPERATOR)
    stands, moved = Matter.objects.get(pk=old.pk), Matter.objects.get(pk=new.pk)
    assert stands.due_on == old.due_on
    assert moved.due_on == days.add_working(date(2026, 11, 20), 15) and proof.verify().ok
    term = law.instrument("foi").term("answer")
    assert [term.on(date(2026, 11, day)).days for day in (19, 20)] == [20, 15]
    assert term.on(date(2026, 11, 20)).article.place == "第三十五条第二款"


def test_closed_matters_and_their_entries_stand(street: Office, data: Path, tmp_path: Path) -> None:
    matter = request(street, date(2026, 11, 20), extended=False)
    act(matter, "withdraw", actor=OPERATOR, day=date(2026, 11, 23), answers={"reason": "自行撤回"})
    before = Matter.objects.filter(pk=matter.pk).values().get()
    seals = list(Entry.objects.order_by("id").values_list("seal", flat=True))
    _, report = take_in(read(file(tmp_path, SHORTER)), data, OPERATOR)
    assert report["moved"] == [] and Matter.objects.filter(pk=matter.pk).values().get() == before
    assert list(Entry.objects.order_by("id").values_list("seal", flat=True))[:-1] == seals


def test_a_repeal_is_told_where_it_is_cited(street: Office, data: Path, tmp_path: Path) -> None:
    answers = {
        "title": "调解工作办法", "area": "other", "owner": "司法所", "decided_in": "主任办公会",
        "content": "依据《中华人民共和国人民调解法》第八条设立调委会。", "in_force_from": "2026-11-01",
    }  # fmt: skip
    made = open_matter("rules.internalrule", actor=OPERATOR, office=street, day=date(2026, 11, 1), answers=answers)
    report = rehearse(read(file(tmp_path, REPEAL)), data)
    (row,) = [one for one in report["texts"] if one["what"] == "rule"]
    assert (row["name"], row["place"], row["rule"], row["matter"]) == (made.number, "主要内容", "C-01", made.pk)
    assert row["cited"] == "《中华人民共和国人民调解法》第八条" and "样本调解法" in row["successor"]
    papers = {one["name"] for one in report["texts"] if one["what"] == "paper"}
    assert "mediation/papers/termination.txt" in papers
    bases = [one for one in report["texts"] if one["what"] == "basis"]
    assert all("人民调解法" in one["cited"] and one["rule"] == "C-01" for one in bases) and len(bases) > 10
    clocks = {(one["kind"], one["clock"]) for one in report["unserved"]}
    assert clocks == {("mediation.dispute", "confirm"), ("mediation.committee", "committee_term")}
    assert {one["from"] for one in report["unserved"]} == {"2027-03-01"}


def test_a_repealed_term_holds_for_what_began_before(data: Path, tmp_path: Path, db: None) -> None:
    term = law.instrument("mediation").term("committee_term")
    take_in(read(file(tmp_path, REPEAL)), data, OPERATOR)
    assert term.on(date(2027, 2, 28)).days == 3
    with pytest.raises(law.UnknownLaw):
        term.on(date(2027, 3, 1))


def test_a_limit_from_a_day_is_told_taken_in_and_taken_back(data: Path, tmp_path: Path, db: None) -> None:
    rate, days_ = limit("penalty", "surcharge"), (date(2026, 11, 19), date(2026, 11, 20))
    made = read(file(tmp_path, SURCHARGE))
    told = {
        "kind": "limit", "law": "《中华人民共和国行政处罚法》", "label": "逾期缴纳罚款每日加处的比率", "from": "2026-11-20",
        "old": "3%", "new": "0.5%", "basis": "《中华人民共和国行政处罚法》第七十二条第一款第（一）项",
    }  # fmt: skip
    assert told in rehearse(made, data)["effects"] and rate.on(days_[1]).text == "3%"
    taken, report = take_in(made, data, OPERATOR)
    assert told in report["effects"] and report["moved"] == []
    assert [rate.on(day).text for day in days_] == ["3%", "0.5%"]
    assert limit("penalty", "collect").on(days_[1]).text == "100元"  # what the update does not name stands
    with pytest.raises(NothingNew):
        take_in(read(file(tmp_path, SURCHARGE)), data, OPERATOR)
    take_back(taken.id, data, OPERATOR)
    assert [rate.on(day).text for day in days_] == ["3%", "3%"] and proof.verify().ok


def test_a_limit_ends_with_its_law(data: Path, tmp_path: Path, db: None) -> None:
    rate = limit("penalty", "surcharge")
    take_in(read(file(tmp_path, REPEAL.replace('"人民调解法"', '"行政处罚法"'))), data, OPERATOR)
    assert rate.on(date(2027, 2, 28)).text == "3%"
    with pytest.raises(law.UnknownLaw):
        rate.on(date(2027, 3, 1))


def test_a_second_update_may_add_to_what_the_first_brought(data: Path, tmp_path: Path, db: None) -> None:
    """A law that the program does not know: nothing counts by it, and its file may grow."""
    new = SURCHARGE.replace('"penalty"', '"sample_law"').replace("行政处罚法", "样本处罚法")
    take_in(read(file(tmp_path, new)), data, OPERATOR)
    more = new.replace('"surcharge"', '"other"').replace("2026-11-20", "2026-12-01")
    _, report = take_in(read(file(tmp_path, more)), data, OPERATOR)
    assert [one["kind"] for one in report["effects"]] == ["version", "limit"]


def test_the_same_law_again_is_nothing_new(street: Office, data: Path, tmp_path: Path) -> None:
    take_in(read(file(tmp_path, NOTICE_2027)), data, OPERATOR)
    before = sorted(path.name for path in (data / place.FOLDER).iterdir())
    with pytest.raises(NothingNew):
        take_in(read(file(tmp_path, NOTICE_2027)), data, OPERATOR)
    assert sorted(path.name for path in (data / place.FOLDER).iterdir()) == before
    assert Entry.objects.filter(step="law_taken").count() == 1


def test_what_fails_half_way_leaves_nothing(
    street: Office, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    matter = request(street)

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("no room on the disk")

    monkeypatch.setattr("hefa.kernel.ledger.note", fail)
    with pytest.raises(RuntimeError):
        take_in(read(file(tmp_path, NOTICE_2027)), data, OPERATOR)
    assert place.updates(data) == [] and not list((data / place.FOLDER).iterdir())
    assert Matter.objects.get(pk=matter.pk).due_on == matter.due_on


def test_a_file_that_was_altered_is_told(street: Office, data: Path, tmp_path: Path) -> None:
    taken, _ = take_in(read(file(tmp_path, NOTICE_2027)), data, OPERATOR)
    assert state(data, date(2026, 11, 1)).damaged == () and state(data, date(2026, 11, 1)).unnoted == ()
    path = taken.place / "holidays.toml"
    path.write_text(path.read_text("utf-8").replace("2027-01-04", "2027-01-03"), "utf-8")
    assert state(data, date(2026, 11, 1)).damaged == ((taken.id, "holidays.toml"),)
    with pytest.raises(BadLaw, match="被改动过"):
        place._seen.clear()
        place.refresh(data)
    assert Entry.objects.get(step="law_taken").answers["files"] == taken.files
    take_back(taken.id, data, OPERATOR)
    assert state(data, date(2026, 11, 1)).damaged == ()


def test_an_update_costs_the_same_queries_for_many_matters(street: Office, data: Path, tmp_path: Path) -> None:
    counts = []
    for _ in range(2):
        for _ in range(3):
            request(street)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            taken, _ = take_in(read(file(tmp_path, NOTICE_2027)), data, OPERATOR)
        counts.append(len(asked))
        take_back(taken.id, data, OPERATOR)
    assert counts[0] == counts[1] <= 25, counts


def test_dues_that_a_release_left_behind_are_renewed(street: Office, data: Path, tmp_path: Path) -> None:
    """As after an upgrade of the program: the law data are new, the headers are from before."""
    matter = request(street)
    folder = tmp_path / "release"
    folder.mkdir()
    read(file(tmp_path, NOTICE_2027)).write(folder)
    assert stale() == 0 and renew(OPERATOR) == 0 and not Entry.objects.filter(step="dues_renewed").exists()
    layers.use((folder,))
    assert stale() == 1 and renew(OPERATOR) == 1 and stale() == 0
    assert Entry.objects.get(step="dues_renewed").answers == {"changed": 1} and proof.verify().ok
    assert Matter.objects.get(pk=matter.pk).due_on != matter.due_on

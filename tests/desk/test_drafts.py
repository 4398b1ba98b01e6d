"""Checking a draft at the desk: marks, the reviewer's word on each hint, opinions on record, comments in Word."""

from __future__ import annotations

import io
import re

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hefa.kernel.act import act, open_matter
from hefa.kernel.ledger import Entry
from hefa.kernel.matter import Matter
from hefa.kernel.people import ROLES

from .conftest import TODAY, WORKING_ROLES, Desk

DRAFT = "楼道治理办法\n第一条 拒不清理的，处200元罚款。\n第二条 各社区不得向居民收取费用。\n第三条 以前的规定同时废止。"


def checked(client: Client, text: str = DRAFT, **more: str) -> str:
    """Give a draft; the address of its page."""
    response = client.post("/drafts/", {"text": text, "kind": "normative", **more})
    assert response.status_code == 302, response.content.decode()
    return response["Location"]


def keys(page: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r"/drafts/[\w-]+/([0-9a-f]{16})/", page)))


@pytest.fixture
def review(desk: Desk) -> Matter:
    answers = {"title": "楼道治理办法", "sender": "城市管理科", "materials": "草案、起草说明、制定依据、征求意见情况"}
    matter = open_matter("review.review", actor=desk.actor("case_officer"), office=desk.street, day=TODAY,
                         answers=answers, step="submit_document")  # fmt: skip
    act(matter, "accept", actor=desk.actor("reviewer"), day=TODAY, answers={})
    return Matter.objects.get(pk=matter.pk)


def test_marks_stand_in_the_text_and_hints_beside_their_line(desk: Desk) -> None:
    client = desk.client("reviewer")
    page = client.get(checked(client)).content.decode()
    assert re.findall(r'<mark data-severity="(\w+)">(.*?)</mark>', page) == [
        ("error", "处200元罚款"),
        ("hint", "以前的规定同时废止"),
    ]
    lines = page.split('<div class="para">')
    assert any("拒不清理" in line and "ND-02" in line and "行政处罚法" in line for line in lines)
    assert any("不得向居民收取费用" in line and "hint-" not in line for line in lines)


def test_without_a_review_a_word_on_a_hint_goes_into_the_comments_only(desk: Desk) -> None:
    client = desk.client("case_officer")
    place = checked(client)
    first, second = keys(client.get(place).content.decode())
    before = Entry.objects.count()
    client.post(f"{place}{first}/", {"did": "accepted", "message": "请删去罚款", "basis": "处罚法", "suggest": "劝导"})
    client.post(f"{place}{second}/", {"did": "dismissed", "reason": "没有旧文件"})
    page = client.get(place).content.decode()
    assert "请删去罚款" in page and "没有旧文件" in page and Entry.objects.count() == before
    out = client.get(f"{place}comments.docx")
    comments = [one.text for one in docx.Document(io.BytesIO(out.content)).comments]
    assert len(comments) == 1 and "请删去罚款" in comments[0] and "劝导" in comments[0]


def test_what_is_accepted_becomes_an_opinion_of_the_review(desk: Desk, review: Matter) -> None:
    client = desk.client("reviewer")
    place = checked(client, review=str(review.pk))
    (first, *_rest) = keys(client.get(place).content.decode())
    client.post(f"{place}{first}/", {"did": "accepted", "message": "设定了罚款，请删去", "suggest": "批评教育"})
    opinion = Matter.objects.get(kind="review.opinion", arises_from=review)
    case = opinion.case
    assert (case.severity, case.clause, case.problem) == ("must", "处200元罚款", "设定了罚款，请删去")
    assert case.suggestion == "批评教育" and "第十六条" in case.basis
    assert opinion.number in client.get(place).content.decode()
    client.post(f"{place}{first}/", {"did": "accepted"})
    assert Matter.objects.filter(kind="review.opinion").count() == 1


def test_what_is_dismissed_is_on_record_and_known_when_checked_again(desk: Desk, review: Matter) -> None:
    client = desk.client("reviewer")
    place = checked(client, review=str(review.pk))
    key = keys(client.get(place).content.decode())[1]
    client.post(f"{place}{key}/", {"did": "dismissed", "reason": ""})
    assert not Entry.objects.filter(step="dismiss_hint").exists()
    client.post(f"{place}{key}/", {"did": "dismissed", "reason": "旧规定已于去年废止"})
    entry = Entry.objects.get(step="dismiss_hint")
    assert entry.matter_id == review.pk and entry.answers["reason"] == "旧规定已于去年废止"
    again = client.get(checked(client, "新的一稿\n" + DRAFT, review=str(review.pk))).content.decode()
    assert "旧规定已于去年废止" in again


def test_what_waits_as_an_opinion_is_known_when_checked_again(desk: Desk, review: Matter) -> None:
    client = desk.client("reviewer")
    place = checked(client, review=str(review.pk))
    first, second = keys(client.get(place).content.decode())
    client.post(f"{place}{first}/", {"did": "accepted", "message": "设定了罚款，请删去"})
    client.post(f"{place}{second}/", {"did": "accepted"})
    again = checked(client, "新的一稿\n" + DRAFT, review=str(review.pk))
    page = client.get(again).content.decode()
    numbers = Matter.objects.filter(kind="review.opinion").values_list("number", flat=True)
    assert len(numbers) == 2 and all(number in page for number in numbers) and "设定了罚款，请删去" in page
    assert not keys(page)  # nothing is left to decide, so nothing is raised a second time


def test_who_may_not_raise_opinions_leaves_nothing_on_record(desk: Desk, review: Matter) -> None:
    client = desk.client("case_officer")
    place = checked(client, review=str(review.pk))
    key = keys(client.get(place).content.decode())[0]
    client.post(f"{place}{key}/", {"did": "accepted"})
    client.post(f"{place}{key}/", {"did": "dismissed", "reason": "不成立"})
    assert not Matter.objects.filter(kind="review.opinion").exists()
    assert not Entry.objects.filter(step="dismiss_hint").exists()


@pytest.mark.parametrize("role", WORKING_ROLES)
def test_a_draft_is_its_owners_alone(desk: Desk, role: str) -> None:
    place = checked(desk.client("reviewer"))
    client = desk.client(role)
    if role != "reviewer":
        assert client.get(place).status_code == 404 and client.get(f"{place}comments.docx").status_code == 404
    assert client.get("/drafts/").status_code == (404 if ROLES[role].scope == "none" else 200)


@pytest.mark.parametrize(
    ("name", "body"), [("a.docx", b"PK\x03\x04broken"), ("a.exe", b"MZ"), ("a.pdf", b"%PDF-broken"), ("a.txt", b"  ")]
)
def test_what_cannot_be_read_is_said_in_a_sentence(desk: Desk, name: str, body: bytes) -> None:
    response = desk.client("reviewer").post("/drafts/", {"file": SimpleUploadedFile(name, body)})
    assert response.status_code == 422 and 'class="said error"' in response.content.decode()


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "另存为docx"),
        ("旧.wps", b"x", "另存为docx"),
        ("版.ofd", b"PK\x03\x04", "另存为PDF"),
    ],
)
def test_usual_files_of_offices_are_told_what_to_do(desk: Desk, name: str, body: bytes, said: str) -> None:
    response = desk.client("reviewer").post("/drafts/", {"file": SimpleUploadedFile(name, body)})
    assert response.status_code == 422 and said in response.content.decode()


def test_the_way_leads_to_the_next_hint_and_back_to_its_words(desk: Desk) -> None:
    client = desk.client("reviewer")
    at = checked(client)
    page = client.get(at).content.decode()
    assert 'href="#hint-1">到下一处' in page and 'id="mark-1"' in page and 'href="#mark-1"' in page
    client.post(f"{at}{keys(page)[0]}/", {"did": "dismissed", "reason": "另有依据"})
    assert 'href="#hint-2">到下一处' in client.get(at).content.decode()


def test_the_text_of_a_draft_is_never_markup(desk: Desk) -> None:
    client = desk.client("reviewer")
    page = client.get(checked(client, "<script>alert(1)</script>\n拒不清理的，处200元罚款<b>。")).content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;" in page

"""The checker in the desk: marks at what does not add up, the record beside it, nothing kept, nobody's text run."""

from __future__ import annotations

import io
import re
from typing import Any

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from hefa.desk.pages import check
from hefa.kernel.ledger import Entry
from hefa.kernel.people import ROLES

from .conftest import TODAY, WORKING_ROLES, Desk

TITLE = "2023年度某街道法治政府建设工作报告"
SUM = "全年共受理矛盾纠纷100起，其中婚姻家庭纠纷40起、邻里纠纷30起、其他纠纷20起。"
SHARE = "共办结案件616件，占受理总数1476件的45.73%。"
TRUE = "全年共受理矛盾纠纷100起，其中婚姻家庭纠纷40起、邻里纠纷30起、其他纠纷30起。"


def said(client: Client, text: str, **more: Any) -> str:
    response = client.post("/check/", {"text": f"{TITLE}\n\n{text}", **more})
    assert response.status_code == 200, response.content.decode()
    return response.content.decode()


def marks(page: str) -> list[tuple[str, str]]:
    return re.findall(r'<mark data-severity="(\w+)"[^>]*>(.*?)</mark>', page)


def notes(page: str) -> list[tuple[str, str]]:
    found = re.findall(r'<li(?: id="note-\d+")? data-severity="(\w+)">(.*?)</li>', page, re.DOTALL)
    return [(severity, re.sub(r"<[^>]+>", "", body)) for severity, body in found]


def test_the_empty_page_says_what_can_be_checked(desk: Desk) -> None:
    page = desk.client("reviewer").get("/check/").content.decode()
    assert "把报告全文粘贴到这里" in page and "不保存" in page and "<mark" not in page
    assert 'accept=".txt,.md,.html,.htm,.docx,.pdf"' in page


def test_a_wrong_sum_and_a_wrong_share_are_marked_with_their_arithmetic(desk: Desk) -> None:
    page = said(desk.client("reviewer"), f"{SUM}\n{SHARE}")
    assert {text for _severity, text in marks(page)} >= {"100起", "40起", "30起", "20起", "45.73%"}
    found = notes(page)
    assert len(found) == 2 and all("错误" in text or "存疑" in text for _severity, text in found)
    assert "90" in found[0][1] and "41.73%" in found[1][1]
    for n in (1, 2):
        assert f'id="note-{n}"' in page and f'href="#note-{n}"' in page
    lines = page.split('<div class="para">')
    assert any("婚姻家庭" in line and 'id="note-1"' in line for line in lines)


def test_severity_is_told_by_shape_and_word(desk: Desk) -> None:
    page = said(desk.client("reviewer"), SHARE)
    ((severity, text),) = notes(page)
    assert check.SHAPES[severity] in text and check.words()[severity] in text
    assert re.search(rf'<span class="{severity}"><span class="shape" aria-hidden="true">.</span>', page)


def test_what_adds_up_is_said_to(desk: Desk) -> None:
    page = said(desk.client("reviewer"), TRUE)
    assert "没有发现问题" in page and marks(page) == [] and page.count('class="claim"') >= 4


def test_the_text_comes_back_whole(desk: Desk) -> None:
    text = f"{SUM}\n\n第二段　有空格,and words\t表\n{SHARE}"
    page = said(desk.client("reviewer"), text)
    shown = re.findall(r'<div class="para"><p>(.*?)</p>', page, re.DOTALL)
    plain = [re.sub(r"<sup.*?</sup>|<[^>]+>", "", one) for one in shown]
    assert plain == [line for line in f"{TITLE}\n{text}".split("\n") if line.strip()]


def test_nobodys_text_is_run(desk: Desk) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    for text in (f"{evil}{SUM}", f"共受理矛盾纠纷100起{evil}，其中邻里纠纷40起、其他纠纷50起。"):
        page = said(desk.client("reviewer"), text)
        assert "<script>alert" not in page and "<img src=x" not in page and "&lt;script&gt;" in page
    file = SimpleUploadedFile(f"{evil}.txt", f"{TITLE}\n{evil}{SUM}".encode())
    page = desk.client("reviewer").post("/check/", {"file": file}).content.decode()
    assert "<img src=x" not in page and "婚姻家庭" in page


def _docx() -> bytes:
    made = docx.Document()
    made.add_paragraph(TITLE)
    made.add_paragraph(SUM)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "body"),
    [
        ("报告.txt", f"{TITLE}\n{SUM}".encode()),
        ("报告.md", f"# {TITLE}\n\n{SUM}".encode("gb18030")),
        ("报告.html", f"<html><body><h1>{TITLE}</h1><p>{SUM}</p></body></html>".encode()),
        ("报告.docx", _docx()),
    ],
)
def test_files_are_read_by_what_they_are(desk: Desk, name: str, body: bytes) -> None:
    response = desk.client("reviewer").post("/check/", {"file": SimpleUploadedFile(name, body)})
    page = response.content.decode()
    assert response.status_code == 200 and name in page and "100起" in {text for _severity, text in marks(page)}


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "请粘贴报告的文字，或者选一个文件"),
        ({"text": "  \n "}, "请粘贴报告的文字，或者选一个文件"),
        ({"file": SimpleUploadedFile("台账.xlsx", b"PK")}, "不是能核对的文件"),
        ({"file": SimpleUploadedFile("x.exe", b"MZ")}, "不是能核对的文件"),
        ({"file": SimpleUploadedFile("坏.docx", b"PK\x03\x04broken")}, "已损坏"),
        ({"file": SimpleUploadedFile("坏.pdf", b"%PDF-1.7 broken")}, "读不出内容"),
        ({"file": SimpleUploadedFile("空.txt", b" ")}, "是空的"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(desk: Desk, given: dict[str, Any], sentence: str) -> None:
    response = desk.client("reviewer").post("/check/", given)
    assert response.status_code == 422 and sentence in response.content.decode()


def test_too_much_is_refused(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    client = desk.client("reviewer")
    monkeypatch.setattr(check, "LARGEST", 10)
    large = client.post("/check/", {"file": SimpleUploadedFile("x.txt", b"1" * 11)})
    assert large.status_code == 422 and "MB" in large.content.decode()
    monkeypatch.setattr(check, "LONGEST", 10)
    assert "超过 10 个字" in client.post("/check/", {"text": "长" * 11}).content.decode()
    monkeypatch.setattr(check, "CHECKS", 2)
    assert "太频繁" in client.post("/check/", {"text": "x"}).content.decode()


def test_a_number_is_held_against_the_record(desk: Desk) -> None:
    for _ in range(3):
        desk.dispute(day=TODAY)
    text = "本年共受理矛盾纠纷4起。"
    scope = {"year": TODAY.year, "office": desk.street.pk}
    client = desk.client("justice_head")
    page = client.post("/check/", {"text": f"{TODAY.year}年度法治政府建设工作报告\n{text}", **scope}).content.decode()
    assert 'data-verdict="differs"' in page and "受理矛盾纠纷" in page and "台账3起，文中4起" in page
    assert f"/figures/mediation.accepted/?year={TODAY.year}&amp;office={desk.street.pk}" in page
    right = client.post("/check/", {"text": f"{TODAY.year}年度法治政府建设工作报告\n{text.replace('4', '3')}", **scope})
    assert 'data-verdict="agrees"' in right.content.decode() and "没有发现问题" in right.content.decode()


def test_the_record_is_held_against_only_as_far_as_one_may_see(desk: Desk) -> None:
    desk.dispute(day=TODAY)
    text = {"text": f"{TODAY.year}年度法治政府建设工作报告\n本年共受理矛盾纠纷4起。", "year": TODAY.year}
    page = desk.client("foi_officer").post("/check/", text).content.decode()
    assert "data-verdict" not in page and "台账" not in page
    client = desk.client("community_mediator")
    assert client.post("/check/", {**text, "office": desk.street.pk}).status_code == 404
    assert client.post("/check/", {**text, "year": "1989"}).status_code == 404
    assert client.post("/check/", {**text, "office": "x"}).status_code == 404


def test_the_checker_is_for_whoever_works_here(desk: Desk) -> None:
    for role in WORKING_ROLES:
        wanted = 404 if ROLES[role].scope == "none" else 200
        assert desk.client(role).get("/check/").status_code == wanted, role
        assert desk.client(role).post("/check/", {"text": TRUE}).status_code == wanted, role


def test_nothing_is_kept(desk: Desk) -> None:
    client, before = desk.client("reviewer"), Entry.objects.count()
    said(client, SUM)
    assert Entry.objects.count() == before
    assert "婚姻家庭" not in client.get("/check/").content.decode()

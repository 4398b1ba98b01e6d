"""The import wizard: a file in, faults at their cells, the good rows written, nobody else's file opened."""

from __future__ import annotations

import io
import stat

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hefa.desk import wizard
from hefa.exchange import writing
from hefa.kernel.ledger import Entry
from hefa.kernel.matter import KINDS, Matter

from .conftest import Desk

KIND = KINDS["mediation.dispute"]
UPLOAD = "/import/mediation.dispute/"
HEADERS = ("受理日期", "事由", "纠纷类型", "案件来源", "申请人", "被申请人", "纠纷简要情况")
GOOD = ("2023-05-06", "漏水纠纷", "邻里纠纷", "依申请", "张某", "李某", "楼上漏水")


def _book(*rows: tuple[str, ...], headers: tuple[str, ...] = HEADERS) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (headers, *rows):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("台账.xlsx", out.getvalue())


def _upload(client: Client, file: SimpleUploadedFile, desk: Desk) -> str:
    response = client.post(UPLOAD, {"file": file, "office": desk.flying.pk})
    assert response.status_code == 302, response.content.decode()[:3000]
    return response["Location"]


def test_a_good_file_is_judged_then_written(desk: Desk) -> None:
    client = desk.client("community_mediator")
    job = _upload(client, _book(GOOD, (*GOOD[:1], "噪声纠纷", *GOOD[2:])), desk)
    page = client.get(job).content.decode()
    assert "没有问题" in page and "写入 2 件" in page and Matter.objects.count() == 0
    page = client.post(f"{job}confirm/", follow=True).content.decode()
    assert "已写入 2 件" in page
    assert set(Matter.objects.values_list("title", flat=True)) == {"漏水纠纷", "噪声纠纷"}
    again = client.get(_upload(client, _book(GOOD, (*GOOD[:1], "噪声纠纷", *GOOD[2:])), desk)).content.decode()
    assert "没有新的内容要写入" in again


def test_faults_stand_at_their_cells_and_nothing_is_written(desk: Desk) -> None:
    client = desk.client("community_mediator")
    bad = ("2023年13月1日", "<script>x</script>", "没有这一类", *GOOD[3:])
    job = _upload(client, _book(GOOD, bad), desk)
    page = client.get(job).content.decode()
    assert page.count('<td class="bad">') == 2 and "A3" in page and "C3" in page
    assert "什么也没有写入" in page and "<script>x" not in page
    client.post(f"{job}confirm/")
    assert Matter.objects.count() == 0


def test_the_good_rows_may_go_in_and_the_bad_come_back(desk: Desk) -> None:
    client = desk.client("community_mediator")
    job = _upload(client, _book(GOOD, ("x", *GOOD[1:])), desk)
    page = client.post(f"{job}confirm/", {"skip_bad": "1"}, follow=True).content.decode()
    assert "已写入 1 件" in page and Matter.objects.count() == 1
    rejects = openpyxl.load_workbook(io.BytesIO(client.get(f"{job}rejects.xlsx").content))
    assert any(row[0] == "x" for sheet in rejects for row in sheet.iter_rows(values_only=True))


def test_a_column_can_be_mapped_by_hand(desk: Desk) -> None:
    client = desk.client("community_mediator")
    headers = ("受理日期", "那件事", *HEADERS[2:])
    job = _upload(client, _book(GOOD, headers=headers), desk)
    assert "缺少“事由”这一列" in client.get(job).content.decode()
    client.post(f"{job}map/", {"column.1": "事由", **{f"column.{n}": h for n, h in enumerate(HEADERS) if n != 1}})
    assert "没有问题" in client.get(job).content.decode()


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [("病毒.exe", b"MZ", "不是 Excel 文件"), ("空.xlsx", b"", "空"), ("假.xlsx", b"hello" * 9, "")],
)
def test_what_is_no_ledger_is_refused_in_plain_words(desk: Desk, name: str, body: bytes, said: str) -> None:
    client = desk.client("community_mediator")
    response = client.post(UPLOAD, {"file": SimpleUploadedFile(name, body)}, follow=True)
    assert response.status_code in (200, 422) and said in response.content.decode()
    assert 'role="alert"' in response.content.decode() and Matter.objects.count() == 0


def test_size_and_pace_are_limited(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    client = desk.client("community_mediator")
    monkeypatch.setattr(wizard, "LARGEST", 10)
    assert "文件超过" in client.post(UPLOAD, {"file": _book(GOOD)}).content.decode()
    monkeypatch.undo()
    monkeypatch.setattr("hefa.desk.pages.imports.UPLOADS", 1)
    client.post(UPLOAD, {"file": _book(GOOD)})
    assert "上传得太频繁" in client.post(UPLOAD, {"file": _book(GOOD)}).content.decode()


def test_an_upload_is_its_owners_alone(desk: Desk) -> None:
    job = _upload(desk.client("community_mediator"), _book(GOOD), desk)
    for path in wizard.folder().iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(wizard.folder().stat().st_mode) == 0o700
    other = desk.client("justice_clerk")
    assert other.get(job).status_code == 404 and other.post(f"{job}confirm/").status_code == 404
    assert desk.client("community_mediator").get("/import/job/..%2Fsecret/").status_code == 404


def test_rows_for_an_office_that_is_not_ones_own_are_faults(desk: Desk) -> None:
    client = desk.client("community_mediator")
    response = client.post(UPLOAD, {"file": _book((*GOOD, "彩虹社区"), headers=(*HEADERS, "单位"))}, follow=True)
    assert "没有为“彩虹社区”导入" in response.content.decode() and Matter.objects.count() == 0


def test_a_worker_that_died_is_told_of(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    client = desk.client("community_mediator")
    token = _upload(client, _book(GOOD), desk).rstrip("/").rpartition("/")[2]
    job = wizard.find(token, desk.people["community_mediator"].pk)
    assert job is not None
    job.state = wizard.WRITING
    job.save()
    page = client.get(reverse("desk:import_job", args=[token])).content.decode()
    assert 'hx-trigger="load delay:1s"' in page
    monkeypatch.setattr(wizard, "STALE_SECONDS", -1)
    assert "处理中断了" in client.get(reverse("desk:import_job", args=[token])).content.decode()


def test_the_blank_ledger_and_the_export_can_be_read(desk: Desk) -> None:
    desk.dispute()
    client = desk.client("community_mediator")
    blank = openpyxl.load_workbook(io.BytesIO(client.get(f"{UPLOAD}template.xlsx").content))
    assert blank.worksheets[0]["A1"].value
    exported = client.get("/list/mediation.dispute/export.xlsx?state=mediating")
    rows = list(openpyxl.load_workbook(io.BytesIO(exported.content)).worksheets[0].iter_rows(values_only=True))
    assert len(rows) == 2 and "褚小满" not in str(rows) and "褚**" in str(rows)
    assert Entry.objects.get(step="export").answers["filters"] == "state=mediating"
    none = client.get("/list/mediation.dispute/export.xlsx?state=agreed")
    assert openpyxl.load_workbook(io.BytesIO(none.content)).worksheets[0].max_row == 1
    assert writing.template(KIND)[:2] == b"PK"


def test_an_export_that_hides_people_is_not_taken_back_as_if_it_were_their_words(desk: Desk) -> None:
    desk.dispute()
    client = desk.client("community_mediator")
    exported = client.get("/list/mediation.dispute/export.xlsx").content
    page = client.get(_upload(client, SimpleUploadedFile("导出.xlsx", exported), desk)).content.decode()
    assert "这份台账是从系统导出的" in page and "什么也没有写入" in page and "这里是导出时隐去的个人信息" in page
    assert "在 Excel 里照下面改好" not in page and "只写入没有问题的" not in page
    assert Matter.objects.count() == 1


def test_who_may_not_open_may_not_import(desk: Desk) -> None:
    assert desk.client("archivist").get(UPLOAD).status_code == 404
    assert desk.client("justice_head").get("/import/report.edition/").status_code == 404

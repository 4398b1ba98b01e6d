"""Tables in the desk: filled, opened to their rows, described on a form, kept, changed, taken out of use."""

from __future__ import annotations

import io
import json
import re
from typing import Any
from urllib.parse import unquote

import openpyxl
import pytest
from django.test import Client

from hefa.desk import numbers
from hefa.desk.pages import table_form
from hefa.kernel.matter import Matter
from hefa.report.models import TABLE_MAKERS
from hefa.report.tables import shelf

from .conftest import TODAY, WORKING_ROLES, Desk
from .test_doors import _Page

YEAR = TODAY.year
MEDIATION = f"/tables/mediation/?year={YEAR}"
# Whoever sees no kind that a built-in table asks about still has a list, without it.
SEES = {"mediation": "mediation.dispute", "disclosure-3": "disclosure.request", "targets": "planning.target"}


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def row_of(page: str, label: str) -> list[str]:
    """What the cells of a row of the grid say."""
    found = re.search(rf'<tr><th[^>]*scope="row">{label}</th>(.*?)</tr>', page, re.DOTALL)
    assert found, label
    return [text_of(cell).strip() for cell in re.findall(r"<td[^>]*>(.*?)</td>", found.group(1), re.DOTALL)]


def form(**changes: Any) -> dict[str, Any]:
    typed: dict[str, Any] = {
        "measure": ["mediation.accepted", "mediation.accepted:people"], "label.mediation.accepted": "受理数",
        "label.mediation.accepted:people": "涉及人数", "rows.by": "field:type", "rows.total": "1",
        "columns.by": "measures", "title": "纠纷类型月报", "recipient": "区司法局", "do": "save",
    }  # fmt: skip
    return typed | changes


def kept(client: Client, **changes: Any) -> str:
    """The address of a table described through the form."""
    response = client.post("/tables/new/", form(**changes))
    assert response.status_code == 302, text_of(response.content.decode())
    return response["Location"].partition("?")[0]


def test_a_number_of_a_table_opens_exactly_its_rows(desk: Desk) -> None:
    for _ in range(3):
        desk.dispute(day=TODAY)
    desk.dispute(day=TODAY, type="合同纠纷", source="主动调解")
    client = desk.client("justice_head")
    page = client.get(MEDIATION).content.decode()
    assert row_of(page, "飞虹社区")[0] == "4" and row_of(page, "合计")[0] == "4"
    assert page.count("相符") >= 6 and "不符" not in page
    leads = [unquote(one.replace("&amp;", "&")) for one in re.findall(r'<a class="figure" href="([^"]+)"', page)]
    (type_of_all,) = [one for one in leads if one.endswith("row=total&column=type.01")]
    opened = client.get(type_of_all).content.decode()
    assert len(re.findall(r'<a class="row" href="/matter/', opened)) == 3
    assert "纠纷类型为邻里纠纷" in opened and "受理矛盾纠纷" in opened
    for lead in leads:
        assert client.get(lead).status_code == 200, lead


def test_a_made_number_leads_to_its_parts(desk: Desk) -> None:
    desk.agreed(day=TODAY)
    client = desk.client("justice_head")
    page = client.get(f"/tables/mediation/cell/?year={YEAR}&row=total&column=rate").content.decode()
    assert "100.00%" in page and "＝ 调解成功数 ÷ 案件总数" in page
    assert len(re.findall(r"<dt>(?:调解成功数|案件总数)</dt>", page)) == 2


def test_rows_that_one_may_not_open_are_counted_not_shown(desk: Desk) -> None:
    desk.dispute("justice_head", desk.street, sealed="是", title="不公开的", day=TODAY)
    desk.dispute(day=TODAY)
    client = desk.client("justice_clerk")
    page = client.get(f"/tables/mediation/cell/?year={YEAR}&row=total&column=accepted").content.decode()
    assert "不公开的" not in page and "其中 1 行" in page and '<p class="sum num">2</p>' in page


def test_tables_are_there_for_those_who_see_what_they_count(desk: Desk) -> None:
    for role in WORKING_ROLES:
        client, actor = desk.client(role), desk.actor(role)
        has_offices = bool(numbers.asked_offices(actor))
        assert client.get("/tables/").status_code == (200 if has_offices else 404), role
        for name, kind in SEES.items():
            wanted = 200 if has_offices and shelf.may_see(actor, {kind}) else 404
            assert client.get(f"/tables/{name}/").status_code == wanted, (role, name)
        exported = client.get("/tables/disclosure-2/export.xlsx").status_code
        assert exported == (200 if has_offices and shelf.may_see(actor, {"rules.normativedocument"}) else 404), role
        assert exported == 200 or role not in ("foi_officer", "foi_head")


def test_tables_are_described_by_makers_alone(desk: Desk) -> None:
    for role in WORKING_ROLES:
        client = desk.client(role)
        assert client.get("/tables/new/").status_code == (200 if role in TABLE_MAKERS else 404), role
        assert client.post("/tables/new/", {}).status_code == (422 if role in TABLE_MAKERS else 404), role


def test_a_community_fills_the_table_for_itself_alone(desk: Desk) -> None:
    desk.dispute(day=TODAY)
    desk.dispute("justice_head", desk.rainbow, day=TODAY)
    client = desk.client("community_mediator")
    page = client.get(MEDIATION).content.decode()
    assert row_of(page, "合计")[0] == "1" and "彩虹" not in page
    assert client.get(f"{MEDIATION}&office={desk.street.pk}").status_code == 404
    assert client.get("/tables/disclosure-3/").status_code == 404


def test_what_is_not_there_is_not_found(desk: Desk) -> None:
    client = desk.client("justice_head")
    for page in ("/tables/nonsense/", "/tables/own-999999/", "/tables/mediation/cell/", "/tables/mediation/edit/",
                 f"/tables/mediation/cell/?year={YEAR}&row=total&column=nonsense"):  # fmt: skip
        assert client.get(page).status_code == 404, page
    assert client.get("/tables/mediation/retire/").status_code == 405
    assert client.post("/tables/mediation/retire/", {"reason": "x"}).status_code == 404


def test_the_file_is_the_table_with_the_source_of_each_cell(desk: Desk) -> None:
    desk.dispute(day=TODAY)
    response = desk.client("justice_head").get(f"/tables/mediation/export.xlsx?year={YEAR}")
    assert "%E4%BA%BA%E6%B0%91%E8%B0%83%E8%A7%A3" in response["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    told = {(row[1], row[2]): row for row in book["来源"].iter_rows(min_row=2, values_only=True)}
    cell, label, _column, text, source, conditions, figure, rows, digest = told["合计", "按纠纷类型分·邻里纠纷"]
    assert book["报表"][cell].value == 1 and (label, text, figure, rows) == ("合计", "1", "mediation.accepted", 1)
    assert conditions == "纠纷类型为邻里纠纷" and "中河街道及下属" in source and len(digest) == 64


def test_a_table_is_described_previewed_kept_and_filled_without_writing_data(desk: Desk) -> None:
    desk.dispute(day=TODAY, people="5")
    desk.dispute(day=TODAY, people="4", type="合同纠纷")
    client = desk.client("justice_clerk")
    first = client.get("/tables/new/").content.decode()
    assert "受理矛盾纠纷" in first and "四、预览" not in first
    chosen = client.post("/tables/new/", {"measure": "mediation.accepted", "do": "again"}).content.decode()
    assert "四、预览" in chosen and row_of(chosen, "飞虹社区") == ["2"]
    assert "涉及人数合计" in chosen and not Matter.objects.filter(kind="report.table").exists()
    preview = client.post("/tables/new/", form(do="again")).content.decode()
    assert row_of(preview, "邻里纠纷") == ["1", "5"] and row_of(preview, "合计") == ["2", "9"]
    page = client.get(f"{kept(client)}?year={YEAR}").content.decode()
    assert row_of(page, "合同纠纷") == ["1", "4"] and "受理数" in page and "涉及人数" in page
    assert "各行之和等于合计" in page and "区司法局" in page
    matter = Matter.objects.get(kind="report.table")
    assert matter.number == f"中河报表〔{YEAR}〕1号" and matter.entries.get().step == "define"
    assert "纠纷类型月报" in client.get("/tables/").content.decode()
    assert json.loads(matter.case.definition)["title"] == "纠纷类型月报"  # type: ignore[attr-defined]


def test_lines_of_ones_own_take_in_what_is_ticked(desk: Desk) -> None:
    desk.dispute(day=TODAY, type="合同纠纷")
    desk.dispute(day=TODAY, type="生产经营纠纷", source="主动调解")
    desk.dispute(day=TODAY)
    own = {
        "rows.by": "lines", "rows.line.0.label": "涉企纠纷", "rows.line.0.only": ["type=03", "type=04"],
        "rows.line.1.label": "涉企且主动", "rows.line.1.only": ["type=03", "type=04", "source=proactive"],
        "measure": "mediation.accepted",
    }  # fmt: skip
    client = desk.client("justice_clerk")
    page = client.get(f"{kept(client, **own)}?year={YEAR}").content.decode()
    assert (row_of(page, "涉企纠纷"), row_of(page, "涉企且主动"), row_of(page, "合计")) == (["2"], ["1"], ["3"])
    only = {
        "only": ["source=proactive", "level=community"],
        "rows.by": "office",
        "columns.by": "year",
        "rows.level": "community",
    }
    address = kept(client, measure="mediation.accepted", title="主动调解", **only)
    page = client.get(f"{address}?year={YEAR}").content.decode()
    assert row_of(page, "飞虹社区") == ["—", "1"] and f"{YEAR - 1}年" in page


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title": " "}, "请填写报表名称"),
        ({"title": "名" * 81}, "超过 80 个字"),
        ({"measure": []}, "请先选要数的指标"),
        ({"measure": ["moon.phase", "users"]}, "请先选要数的指标"),
        ({"rows.by": "measures"}, "行和列不能都按指标"),
        ({"columns.by": "office"}, "要有一处“按指标”"),
        ({"rows.by": "field:summary"}, "个人信息"),
        ({"rows.by": "field:nonsense"}, "没有“nonsense”这个字段"),
        ({"rows.by": "nonsense"}, "没有“nonsense”这种分法"),
        ({"rows.by": "lines", "rows.total": ""}, "报表没有行"),
        ({"rows.by": "lines", "rows.line.0.only": ["type=00"]}, "请填写第 1 行的名称"),
        ({"label.mediation.accepted": "长" * 90}, "超过 80 个字"),
        ({"measure": ["mediation.on_time"], "rows.by": "field:type", "columns.by": "measures"}, "不能再加条件"),
    ],
)
def test_a_form_that_does_not_make_a_table_is_told_why(desk: Desk, changes: dict[str, Any], said: str) -> None:
    response = desk.client("justice_clerk").post("/tables/new/", form(**changes))
    page = response.content.decode()
    assert response.status_code == 422 and said in text_of(page)
    assert not Matter.objects.filter(kind="report.table").exists()
    if "title" not in changes:
        assert not changes.get("measure", True) or 'value="纠纷类型月报"' in page or "measure" in changes


def test_values_that_were_not_offered_are_left_out(desk: Desk) -> None:
    changes = {"only": ["type=火星", "summary=漏水", "type=00"], "rows.by": "whole"}
    kept(desk.client("justice_clerk"), **changes)
    case: Any = Matter.objects.get(kind="report.table").case
    assert json.loads(case.definition)["where"] == {"type": ["00"]}


def test_nobody_describes_a_table_of_what_they_may_not_see(desk: Desk) -> None:
    client = desk.client("foi_head")
    page = client.get("/tables/new/").content.decode()
    assert "政府信息公开申请" in page and "受理矛盾纠纷" not in page
    response = client.post("/tables/new/", form())
    assert response.status_code == 422 and not Matter.objects.filter(kind="report.table").exists()


def test_what_people_write_is_text(desk: Desk) -> None:
    evil = "<img src=x onerror=alert(1)>"
    client = desk.client("justice_clerk")
    address = kept(client, title=evil, recipient=evil, note=evil, **{"label.mediation.accepted": evil})
    cell = f"{address}cell/?year={YEAR}&row=total&column=measure.0"
    desk.dispute(day=TODAY)
    for page in (address, f"{address}edit/", "/tables/", cell):
        body = client.get(page).content.decode()
        assert evil not in body and "&lt;img" in body, page


def test_a_table_is_changed_with_a_reason_and_a_stale_form_is_refused(desk: Desk) -> None:
    client = desk.client("justice_clerk")
    address = kept(client)
    page = client.get(f"{address}edit/").content.decode()
    assert 'value="纠纷类型月报"' in page and 'value="受理数"' in page
    assert re.search(r'value="mediation.accepted:people" checked', page)
    (seen,) = re.findall(r'name="seen" value="(\d+)"', page)
    response = client.post(f"{address}edit/", form(title="季报", seen=seen))
    assert response.status_code == 422 and "理由" in response.content.decode()
    assert client.post(f"{address}edit/", form(title="季报", seen=seen, reason="上级改了")).status_code == 302
    response = client.post(f"{address}edit/", form(title="年报", seen=seen, reason="再改"))
    assert response.status_code == 422 and "已经过时" in response.content.decode()
    matter = Matter.objects.get(kind="report.table")
    assert matter.title == "季报" and [one.step for one in matter.entries.order_by("id")] == ["define", "revise"]


def test_a_table_is_taken_out_of_use_with_a_reason(desk: Desk) -> None:
    client = desk.client("justice_clerk")
    address = kept(client)
    assert "请填写“理由”" in text_of(client.post(f"{address}retire/", {}, follow=True).content.decode())
    assert desk.client("reviewer").post(f"{address}retire/", {"reason": "x"}).status_code in (302, 404)
    assert Matter.objects.get(kind="report.table").state == "in_use"
    page = client.post(f"{address}retire/", {"reason": "不再报送"}, follow=True).content.decode()
    assert "已停用" in page and client.get(address).status_code == 404


def test_what_no_form_made_is_said_before_it_is_replaced(desk: Desk) -> None:
    from hefa.kernel.act import open_matter

    written = {"title": "手写", "figure": "mediation.accepted", "rows": [{"key": "a", "label": "甲", "where": {"people__gte": 5}}],
               "columns": [{"key": "b", "label": "乙"}]}  # fmt: skip
    answers = {"title": "手写", "definition": json.dumps(written)}
    matter = open_matter(
        "report.table", actor=desk.actor("justice_clerk"), office=desk.street, day=TODAY, answers=answers
    )
    page = desk.client("justice_clerk").get(f"/tables/own-{matter.pk}/edit/").content.decode()
    assert "不是在这个页面上编的" in page
    assert row_of(desk.client("justice_clerk").get(f"/tables/own-{matter.pk}/").content.decode(), "甲") == ["—"]


def test_the_page_counts_once_for_each_head_of_the_ledger(desk: Desk, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    desk.dispute(day=TODAY)
    client = desk.client("justice_head")
    before = client.get(MEDIATION).content.decode()
    with django_assert_max_num_queries(16):
        client.get(MEDIATION)
    desk.dispute(day=TODAY)
    after = client.get(MEDIATION).content.decode()
    assert (row_of(before, "合计")[0], row_of(after, "合计")[0]) == ("1", "2")


def test_makers_are_those_who_may_open_one(desk: Desk) -> None:
    for role in WORKING_ROLES:
        assert bool(table_form.homes(desk.actor(role))) == (role in TABLE_MAKERS), role


def test_pages_are_whole_and_need_no_looser_policy(desk: Desk) -> None:
    desk.dispute(day=TODAY)
    client = desk.client("justice_clerk")
    address = kept(client)
    wrong = {"text": "2023年度工作报告\n共受理纠纷10起，其中邻里纠纷3起、其他纠纷4起。", "year": YEAR}
    for response in (
        client.get("/tables/"), client.get(MEDIATION), client.get(address), client.get(f"{address}edit/"),
        client.get(f"/tables/mediation/cell/?year={YEAR}&row=total&column=rate"), client.get("/tables/new/"),
        client.post("/tables/new/", form(do="again")), client.get("/check/"), client.post("/check/", wrong),
    ):  # fmt: skip
        assert response.status_code == 200
        body = response.content.decode()
        parser = _Page()
        parser.feed(body)
        assert parser.blocked == []
        assert body.count("<h1") == 1
        ids = re.findall(r'\bid="([^"]+)"', body)
        assert len(ids) == len(set(ids)), [one for one in ids if ids.count(one) > 1]
        labelled = set(re.findall(r'<label for="([^"]+)"', body))
        asked = re.findall(
            r'<(?:select|textarea|input(?! type="(?:hidden|checkbox|search)"))[^>]*\bid="([^"]+)"[^>]*>', body
        )
        unnamed = [one for one in asked if one not in labelled and f'id="{one}" name="{one}" aria-label' not in body]
        assert [one for one in unnamed if not re.search(rf'id="{one}"[^>]*aria-label', body)] == []


@pytest.mark.parametrize("title", ["纠纷类型月报", "人民调解案件统计表"])
def test_two_tables_in_use_do_not_share_a_name(desk: Desk, title: str) -> None:
    client = desk.client("justice_clerk")
    first = kept(client)
    response = client.post("/tables/new/", form(title=title))
    assert response.status_code != 302 and "请换一个名称" in text_of(response.content.decode())
    assert Matter.objects.filter(kind="report.table").count() == 1
    retired = client.post(f"{first}retire/", {"reason": "不再报送"})
    assert retired.status_code == 302
    kept(client)


def test_a_line_without_conditions_is_pointed_at(desk: Desk) -> None:
    lines = {"rows.by": "lines", "rows.line.0.label": "合同类", "rows.line.1.label": "邻里", "do": "again"}
    page = desk.client("justice_clerk").post(
        "/tables/new/", form(**lines, **{"rows.line.1.only": "type=02"})
    )  # fmt: skip
    said = text_of(page.content.decode())
    assert "“合同类”没有选条件，数的是全部" in said and "“邻里”没有选条件" not in said

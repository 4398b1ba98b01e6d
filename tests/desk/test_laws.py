"""The law library on the desk: who may read it, what it finds, an instrument on a day, an article beside a citation."""

from __future__ import annotations

import pytest
from django.test import Client

from hefa.desk.speech import speak
from hefa.statutes.numerals import label
from hefa.statutes.search.openings import absent

from .conftest import Desk
from .test_hints_english import CHINESE
from .test_speech import english  # noqa: F401

pytestmark = pytest.mark.django_db


def body(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def test_the_library_and_a_law(desk: Desk) -> None:
    client = desk.client("reviewer")
    assert "中华人民共和国民法典" in body(client, "/laws/")
    page = body(client, "/laws/民法典/?on=2026-09-01")
    assert 'id="a683"' in page and "机关法人不得为保证人" in page and "现行有效" in page
    assert "尚未施行" in body(client, "/laws/民法典/?on=2020-06-01")
    body(client, "/laws/没有这部法/", 404)


def test_a_wording_against_the_one_before(desk: Desk) -> None:
    client = desk.client("reviewer")
    page = body(client, "/laws/仲裁法/?on=2026-09-01")
    former = page.split("from=")[1].split('"')[0]
    compared = body(client, f"/laws/仲裁法/?on=2026-09-01&from={former}")
    assert "<ins>" in compared and "<del>" in compared and "→" in compared


def test_an_article_beside_a_citation(desk: Desk) -> None:
    client = desk.client("community_mediator")
    assert "以公益为目的" in body(client, "/laws/article/?q=民法典第六百八十三条第二款&on=2026-09-01")
    assert "自2021-01-01起废止" in body(client, "/laws/article/?q=合同法52&on=2026-09-01")
    page = body(client, "/laws/民法典/?on=2026-09-01")
    assert 'hx-target="#why"' not in page or "/laws/article/?q=" in page


def test_plain_questions_find_articles(desk: Desk) -> None:
    page = body(desk.client("reviewer"), "/laws/?q=机关法人作保证人")
    assert "#a683" in page


def test_who_sees_no_matters_reads_no_laws_here(desk: Desk) -> None:
    body(desk.client("sysadmin"), "/laws/", 404)


def test_what_is_asked_for_and_not_in_the_library_is_named(desk: Desk) -> None:
    client = desk.client("reviewer")
    page = body(client, "/laws/?q=申请信息公开多少天答复")
    assert "多半要看《政府信息公开条例》第三十三条" in page
    assert "多半要看" not in body(client, "/laws/?q=同事借钱不还怎么办")


def test_what_the_library_lacks_has_an_english_name(english: None) -> None:  # noqa: F811
    asked = (
        "申请信息公开",
        "信访",
        "重大决策",
        "公平竞争审查",
        "涉企政策",
        "农民工工资",
        "房屋征收+补偿",
        "出庭应诉",
        "行政协议",
        "中小企业款项",
    )
    lacking = [one for question in asked for one in absent(question, ())]
    assert {"政府信息公开条例", "信访工作条例", "国有土地上房屋征收与补偿条例"} <= {one.law for one in lacking}
    assert not [one for one in lacking if CHINESE.search(speak(f"《{one.law}》{label(one.number)}"))]

"""A street with requests for information that run into 2027, and law data to take in. All invented."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hefa.claims import law_data
from hefa.kernel import layers
from hefa.kernel.act import act, open_matter
from hefa.kernel.matter import Matter
from hefa.kernel.people import Actor, Level, Office
from hefa.statutes.updates import place

OPERATOR = Actor.operator("命令行操作员（试）")
# Invented for these tests: not the notice of the State Council.
NOTICE_2027 = """
[2027]
status = "official"
source = "样本通知（编造）"
off = [
    { from = 2027-01-01, to = 2027-01-04, name = "元旦" },
    { from = 2027-02-05, to = 2027-02-11, name = "春节" },
    { from = 2027-04-03, to = 2027-04-05, name = "清明节" },
    { from = 2027-05-01, to = 2027-05-05, name = "劳动节" },
    { from = 2027-06-09, to = 2027-06-09, name = "端午节" },
    { from = 2027-09-15, to = 2027-09-17, name = "中秋节" },
    { from = 2027-10-01, to = 2027-10-07, name = "国庆节" },
]
work = [2027-02-20, 2027-04-24, 2027-05-08, 2027-09-19, 2027-10-09]
"""
SHORTER = """
id = "foi"
name = "《中华人民共和国政府信息公开条例》"
short = "政府信息公开条例"
issuer = "国务院"
in_force_from = 2026-11-20
source = "样本（编造）"
verified = true
articles = [{ number = 35, paragraphs = 3, gist = "答复期限、延长和不计入的时间" }]

[[terms]]
name = "answer"
label = "答复期限"
days = 15
unit = "working"
article = [35, 2]
"""
SURCHARGE = """
id = "penalty"
name = "《中华人民共和国行政处罚法》"
short = "行政处罚法"
issuer = "全国人民代表大会常务委员会"
in_force_from = 2026-11-20
source = "样本（编造）"
verified = true
articles = [{ number = 72, paragraphs = 2, items = { 1 = 4 }, gist = "逾期不履行的措施" }]

[[limits]]
name = "surcharge"
label = "逾期缴纳罚款每日加处的比率"
value = "0.5"
unit = "percent"
article = [72, 1, 1]
"""
REPEAL = """
[[repealed]]
names = ["人民调解法"]
dead_on = 2027-03-01
replaced_by = "《样本调解法》"
source = "样本（编造）"
verified = true
"""


@pytest.fixture(autouse=True)
def data(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A data folder without updates, and none left in this process afterwards."""
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    place.refresh(settings.DATA)
    yield settings.DATA
    layers.use(())
    law_data.use(())


@pytest.fixture
def street(db: None) -> Office:
    return Office.objects.create(code="1", name="中河街道", short="中河", level=Level.STREET)


def request(street: Office, day: date = date(2026, 11, 24), *, extended: bool = True) -> Matter:
    """A request for information; extended, it falls due in January 2027."""
    answers = {
        "title": "验收材料", "channel": "当面", "applicant_type": "自然人", "wanted": "验收报告",
        "parties": [{"side": "applicant", "name": "王虚构", "phone": "13800000001", "address": "某路1号"}],
    }  # fmt: skip
    made = open_matter("disclosure.request", actor=OPERATOR, office=street, day=day, answers=answers)
    if extended:
        given = {"reason": "涉及多个年度的档案", "extension_days": 20}
        act(made, "extend", actor=OPERATOR, day=day, answers=given)
    return Matter.objects.get(pk=made.pk)


def file(folder: Path, text: str, name: str = "数据.toml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path

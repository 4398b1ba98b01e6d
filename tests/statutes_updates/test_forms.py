"""Files that cannot be taken: each field told with its line, what is wrong and what to do; nothing half-taken."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hefa.statutes.updates import place
from hefa.statutes.updates.candidate import read
from hefa.statutes.updates.taking import Faulty, rehearse, take_in

from .conftest import NOTICE_2027, OPERATOR, REPEAL, SHORTER, SURCHARGE, file

MOVED = """
[[moved]]
law = "中华人民共和国人民调解法"
in_force = 2027-01-01
old = "33"
new = "35"
topic = "司法确认"
about = "申请司法确认"
"""
KNOWN = """
[[known]]
title = "样本条例"
rank = "行政法规"
issuer = "国务院"
in_force = 2027-01-01
last = 40
first = true
read = true
"""


@pytest.mark.parametrize("text", [NOTICE_2027, SHORTER, SURCHARGE, REPEAL, MOVED, KNOWN])
def test_what_is_sound_has_no_fault(tmp_path: Path, text: str) -> None:
    assert read(file(tmp_path, text)).faults == []


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (NOTICE_2027.replace('"official"', '"estimated"'), 3, "须是已公布的"),
        (NOTICE_2027.replace("to = 2027-02-11", "to = 2027-02-01"), 7, "起止日期不对"),
        (NOTICE_2027.replace("from = 2027-01-01", "from = 2026-12-31"), 6, "跨年的假期"),
        (NOTICE_2027.replace('to = 2027-04-05, name = "清明节"', 'to = 2027-04-05'), 8, "缺少“name”"),
        (NOTICE_2027.replace("to = 2027-04-05", 'to = "2027-04-05"'), 8, "不加引号"),
        (NOTICE_2027.replace("work = [2027-02-20", "work = [2027-02-22"), 14, "是周一至周五"),
        (NOTICE_2027.replace("work = [2027-02-20", "work = [2027-02-06"), 14, "又写了上班"),
        (NOTICE_2027.replace('name = "中秋节"', 'name = "国庆节"'), 5, "没有中秋节"),
        (NOTICE_2027.replace('source = "样本通知（编造）"', 'source = " "'), 4, "是空的"),
        (NOTICE_2027 + "colour = 1\n", 15, "不认识“colour”"),
        (NOTICE_2027.replace("[2027]", "[[2027]]"), 2, "年份下面没有表"),
        (REPEAL.replace('"人民调解法"', '"《中华人民共和国人民调解法》"'), 3, "不带《》"),
        (REPEAL.replace('"人民调解法"', '"合同法"'), 4, "已登记自2021-01-01起废止"),
        (REPEAL.replace("2027-03-01", "true"), 4, "日期，如"),
        (REPEAL + REPEAL.replace("verified = true", ""), 9, "缺少“verified”"),
        (SHORTER.replace('"working"', '"weeks"'), 15, "期限单位“weeks”不对"),
        (SHORTER.replace("[35, 2]", "[36, 2]"), 16, "第36条没有登记"),
        (SHORTER.replace('name = "answer"', 'name = "anser"'), 12, "程序没有名为“anser”的期限"),
        (SHORTER.replace("in_force_from = 2026-11-20", "in_force_from = 2019-05-15"), 12, "改写了自2019-05-15起"),
        (SHORTER.replace('id = "foi"', 'id = "../foi"'), 2, "“id”不能是"),
        (SHORTER.replace("number = 35, ", ""), 9, "缺少“number”"),
        (SHORTER.replace("in_force_from = 2026-11-20", "in_force_from = 2026-11-20\nin_force_to = 2026-11-01"), 7, "早于施行"),
        (SURCHARGE.replace('"percent"', '"ounce"'), 15, "限额单位“ounce”不对"),
        (SURCHARGE.replace('"percent"', '"yuan"'), 12, "写 percent"),
        (SURCHARGE.replace('unit = "percent"', ""), 12, "单位与程序的不同"),
        (SURCHARGE.replace('"0.5"', '"1/3"'), 14, "限额“1/3”不对"),
        (SURCHARGE.replace('"0.5"', "0.5"), 14, "小数和分数加引号"),
        (SURCHARGE.replace('"0.5"', "true"), 14, "“value”的值“True”不对"),
        (SURCHARGE.replace('value = "0.5"', ""), 11, "缺少“value”"),
        (SURCHARGE.replace("article = [72, 1, 1]", "article = [51]"), 16, "限额依据的第51条没有登记"),
        (SURCHARGE.replace("article = [72, 1, 1]", "article = [72, 1, 9]"), 0, "第九）项|没有第9项"),
        (SURCHARGE.replace('"surcharge"', '"surcharges"'), 12, "程序没有名为“surcharges”的限额"),
        (SURCHARGE.replace("2026-11-20", "2021-07-15"), 12, "限额“逾期缴纳罚款每日加处的比率”改写了自2021-07-15起"),
        (SURCHARGE.replace("2026-11-20", "2021-07-14"), 12, "改写了自2021-07-15起"),
        (SURCHARGE + SURCHARGE[SURCHARGE.index("[[limits]]"):], 0, "自2026-11-20起施行的有两行"),
        (SURCHARGE + "in_force_to = 2026-11-01\n", 17, "限额“surcharge”的失效日期早于施行日期"),
        (MOVED.replace('old = "33"', 'old = "三十三"'), 5, "条号"),
        (MOVED.replace('topic = "司法确认"', 'topic = "("'), 7, "有效的式子"),
        (KNOWN.replace('"行政法规"', '"法令"'), 4, "位阶"),
        (KNOWN.replace("last = 40", "last = 0"), 7, "最后一条"),
        ("[[terms", 1, "不是有效的 TOML"),
        ("x = 1", 0, "看不出是哪一种"),
        ("", 0, "看不出是哪一种"),
    ],
)  # fmt: skip
def test_a_bad_field_is_told_with_its_place(
    data: Path, tmp_path: Path, text: str, line: int, said: str, db: None
) -> None:
    made = read(file(tmp_path, text, "坏.toml"))
    rehearse(made, data)
    told = [fault for fault in made.faults if re.search(said, f"{fault.wrong} {fault.todo}")]
    assert told and told[0].line == line and told[0].file == "坏.toml" and told[0].todo, made.faults
    with pytest.raises(Faulty):
        take_in(made, data, OPERATOR)
    assert place.updates(data) == [] and not list(data.rglob("*.toml"))


def test_a_folder_is_taken_whole_or_not_at_all(data: Path, tmp_path: Path, db: None) -> None:
    folder = tmp_path / "更新"
    folder.mkdir()
    file(folder, NOTICE_2027, "放假.toml")
    file(folder, REPEAL.replace("dead_on", "died_on"), "废止.toml")
    made = read(folder)
    assert {fault.file for fault in made.faults} == {"废止.toml"} and rehearse(made, data) == {}
    file(folder, REPEAL, "废止.toml")
    file(folder, NOTICE_2027, "再来.toml")
    assert "同一个" in read(folder).faults[0].wrong
    (folder / "再来.toml").unlink()
    taken, _ = take_in(read(folder), data, OPERATOR)
    assert sorted(taken.files) == ["holidays", "repealed"]


@pytest.mark.parametrize("name", ["没有.toml", "空"])
def test_a_path_that_holds_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / "空").mkdir()
    (fault,) = read(tmp_path / name).faults
    assert "请检查路径" in fault.todo


def test_a_file_that_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "坏.toml"
    path.write_bytes(b"\xff\xfe\x00[2027]")
    assert "UTF-8" in read(path).faults[0].todo

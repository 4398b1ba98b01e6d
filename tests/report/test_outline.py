"""The outline: the office's words, the record's numbers, nothing typed."""

from pathlib import Path

import pytest

from hefa import press
from hefa.report.outline import BadOutline, compose, find_outline
from tests.report.conftest import Town

OUTLINE = """
# {{ year }}年度{{ office }}报告

## 一、情况

一是守住防线。
共受理{{ mediation.accepted }}起，其中社区完成{{ mediation.completed_by_communities }}件，占{{ mediation.community_share }}\
[[，同比{{ mediation.community_change|trend }}]]。

二是别的。
接访{{ petition.never_declared }}次。

[if mediation.community_share < 70] 没有达到 70%。
[if mediation.community_share >= 70] 达到了。
"""


def text_of(town: Town, outline: str = OUTLINE, year: int = 2023) -> tuple[str, list[str]]:
    draft = compose(year, town.street, outline)
    return press.to_text(draft.paper), [left.sentence for left in draft.left_out]


def test_numbers_come_from_the_record(year: Town) -> None:
    text, left_out = text_of(year)
    assert "共受理5起，其中社区完成3件，占60.00%，同比增长50.00%。" in text
    assert "没有达到 70%。" in text and "达到了。" not in text.replace("没有达到", "")
    assert left_out == ["接访〔petition.never_declared〕次。"]


def test_every_number_is_a_figure_of_the_record(year: Town) -> None:
    draft = compose(2023, year.street, OUTLINE)
    runs = [run for block in draft.paper.body if isinstance(block, press.Para) for run in block.runs]
    assert [run.figure for run in runs if run.figure] == [
        "mediation.accepted",
        "mediation.completed_by_communities",
        "mediation.community_share",
        "mediation.community_change",
    ]


def test_a_clause_without_a_base_is_left_out_alone(town: Town) -> None:
    from datetime import date

    town.dispute(town.flying, date(2023, 5, 1), date(2023, 5, 2))
    text, left_out = text_of(town)
    assert "共受理1起，其中社区完成1件，占100.00%。" in text
    assert left_out[0] == "，同比〔mediation.community_change〕"


def test_nothing_recorded_prints_no_zero(town: Town) -> None:
    text, left_out = text_of(town)
    assert "受理" not in text and "0" not in text.replace("2023", "").replace("2024", "")
    assert any("共受理" in sentence for sentence in left_out)


def test_opening_words_alone_are_dropped(year: Town) -> None:
    text, _ = text_of(year)
    assert "二是别的" not in text


@pytest.mark.parametrize(
    ("outline", "says"),
    [
        ("没有标题的正文。", "没有标题"),
        ("# 题\n\n#### 四级", "最多三级"),
        ("# 题\n\n共{{ mediation.accepted|sideways }}起。", "看不懂"),
    ],
)
def test_a_bad_outline_says_what_is_wrong(year: Town, outline: str, says: str) -> None:
    with pytest.raises(BadOutline, match=says):
        compose(2023, year.street, outline)


@pytest.mark.parametrize(("value", "shown"), [(5, "5"), (60, "60"), (66, "60余")])
def test_over_prints_whole_tens(value: int, shown: str) -> None:
    from hefa.kernel.figure import Period, Result
    from hefa.report.outline import _show

    result = Result("x", "x", "x", "次", value, str(value), value, None, Period.year(2023), value, "")
    assert _show(result, "over") == shown


def test_find_outline_prefers_the_given_then_the_years_own(tmp_path: Path) -> None:
    (tmp_path / "report.md").write_text("# a")
    assert find_outline(2023, None, [tmp_path]).name == "report.md"
    (tmp_path / "2023.md").write_text("# b")
    assert find_outline(2023, None, [tmp_path]).name == "2023.md"
    with pytest.raises(FileNotFoundError, match="没有提纲文件"):
        find_outline(2023, str(tmp_path / "missing.md"), [tmp_path])


def test_the_sample_outline_reads(year: Town) -> None:
    from hefa.site.setup import SAMPLE

    draft = compose(2023, year.street, (SAMPLE / "report.md").read_text("utf-8"))
    assert draft.paper.title == "2023年度中河街道法治政府建设工作报告"
    assert "两级人民调解委员会共受理各类矛盾纠纷5起" in press.to_text(draft.paper)


def test_what_was_handed_on_is_no_longer_the_first_offices(town: Town) -> None:
    from datetime import date

    from hefa.kernel.act import act
    from hefa.kernel.figure import Period, find_figure

    matter = town.dispute(town.flying, date(2023, 5, 1))
    escalation = {"office": town.street.pk, "reason": "疑难复杂"}
    act(matter, "escalate", actor=town.clerk, day=date(2023, 5, 2), answers=escalation)
    act(matter, "sit", actor=town.clerk, day=date(2023, 5, 3), answers={"record": "各方陈述"})
    pending = find_figure("mediation.pending")
    found = {office.short: pending.result(Period.year(2023), office).value for office in (town.street, town.flying)}
    assert found == {"中河": 1, "飞虹": 0}
    act(
        matter,
        "agree_orally",
        actor=town.clerk,
        day=date(2023, 5, 4),
        answers={"terms": "修好", "performance": "即时履行"},
    )
    assert pending.result(Period.year(2023), town.flying).value == 0


def test_titles_of_rows_stand_in_a_sentence(town: Town) -> None:
    from datetime import date

    from hefa.report.outline import MOST_TITLES

    outline = "# 报告\n\n{{ mediation.accepted|titles }}等得到处理。其余照旧。"
    text, left_out = text_of(town, outline)
    assert "其余照旧。" in text and "等得到处理" not in text and left_out == ["〔mediation.accepted〕等得到处理。"]
    for day in range(1, MOST_TITLES + 1):
        town.dispute(town.flying, date(2023, 5, day))
    titles = text_of(town, outline)[0].partition("等得到处理。")[0]
    assert titles.endswith("纠纷") and "、" not in titles  # said once when all are called the same
    town.dispute(town.flying, date(2023, 6, 1))
    with pytest.raises(BadOutline, match="不能用“\\|titles”"):
        text_of(town, outline)

"""Claims held against the record: words first, then values."""

from decimal import Decimal

import pytest

from hefa.claims import RecordedFigure, check, match

FIGURES = [
    RecordedFigure("accepted", "受理矛盾纠纷", Decimal(1476), "起", period="2023"),
    RecordedFigure("community", "社区调委会完成调解", Decimal(616), "件", period="2023"),
    RecordedFigure("share", "社区完成占受理总数", Decimal("41.7344"), "%", Decimal(616), Decimal(1476), "2023"),
    RecordedFigure("change", "社区完成同比", Decimal("-3.52"), "%", period="2023"),
    RecordedFigure("receptions", "领导接访", Decimal(63), "次", period="2023"),
    RecordedFigure("contracts", "审查合同", Decimal(180), "件", period="2023"),
]


def verdicts(text: str) -> list[tuple[str, str, str | None]]:
    return [(v.claim.text, v.verdict, v.figure.name if v.figure else None) for v in match(check(text), FIGURES)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("共受理矛盾纠纷1476起。", [("1476起", "agrees", "accepted")]),
        ("共受理矛盾纠纷1467起。", [("1467起", "differs", "accepted")]),
        ("共受理矛盾纠纷1400余起。", [("1400余起", "agrees", "accepted")]),
        ("共受理矛盾纠纷1500余起。", [("1500余起", "differs", "accepted")]),
        ("领导接访60余次。", [("60余次", "agrees", "receptions")]),
        ("领导接访70余次。", [("70余次", "differs", "receptions")]),
        ("社区完成调解量同比下降3.5%。", [("3.5%", "agrees", "change")]),
        ("发放宣传资料1476份。", [("1476份", "unrecorded", None)]),
        ("2022年受理矛盾纠纷1300起。", [("1300起", "unrecorded", None)]),
        ("力争2024年受理矛盾纠纷下降到1000起。", [("1000起", "unrecorded", None)]),
    ],
)
def test_verdict(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert verdicts(text) == expected


def test_a_number_said_twice_agrees_twice() -> None:
    text = "共受理矛盾纠纷1476起。\n二、形势\n全年受理矛盾纠纷1476起，压力较大。"
    assert [v for _, v, _ in verdicts(text)] == ["agrees", "agrees"]


def test_every_claim_has_one_verdict_and_differences_are_findings() -> None:
    text = "受理矛盾纠纷1476起，社区调委会完成调解617件，审查合同180件，开展活动46场。"
    result = check(text).against(FIGURES)
    assert [v.claim.id for v in result.record] == [c.id for c in result.claims]
    assert [f.arithmetic for f in result.findings if f.rule == "record"] == ["台账616件，文中617件"]
    entry = result.to_json()["record"][1]
    assert entry == {"claim": "c2", "figure": "community", "verdict": "differs", "recorded": 616}


OFFICE = [
    RecordedFigure("opinions", "法律意见", Decimal(789), "条"),
    RecordedFigure("answered", "已答复的法律意见", Decimal(783), "条"),
    RecordedFigure("inspections", "人大代表专项督查", Decimal(5), "次"),
    RecordedFigure("all-inspections", "各类督查", Decimal(8), "次"),
    RecordedFigure("communities", "配备法律顾问的社区", Decimal(18), "个"),
    RecordedFigure("coops", "配备法律顾问的股份经济合作社", Decimal(13), "个"),
    RecordedFigure("videos", "普法短视频", Decimal(8), "条"),
    RecordedFigure("drafts", "审查中的短视频", Decimal(1), "条"),
    RecordedFigure("rate", "持证率", Decimal("30.43"), "%"),
    RecordedFigure("target", "持证率目标", Decimal(60), "%"),
]


@pytest.mark.parametrize(
    ("text", "said", "figure", "verdict"),
    [
        ("出具法律意见789条。", "789条", "opinions", "agrees"),
        ("出具法律意见783条。", "783条", "opinions", "differs"),
        ("组织人大代表开展环境整治等专项督查5次。", "5次", "inspections", "agrees"),
        ("组织人大代表开展环境整治等专项督查8次。", "8次", "inspections", "differs"),
        ("为18个社区和13个股份经济合作社配备了法律顾问。", "18个", "communities", "agrees"),
        ("为13个社区和13个股份经济合作社配备了法律顾问。", "13个", "communities", "differs"),
        ("自编自演普法短视频1条。", "1条", "videos", "differs"),
        ("持证率30.43%，未达到考核中持证率60%的要求。", "60%", "target", "agrees"),
        ("持证率30.43%，未达到考核中持证率50%的要求。", "50%", "target", "differs"),
    ],
)
def test_a_number_met_by_chance_is_no_agreement(text: str, said: str, figure: str, verdict: str) -> None:
    """Another figure has the changed value: the words say which is meant."""
    first = next(v for v in match(check(text), OFFICE) if v.claim.text == said)
    assert (first.figure.name if first.figure else None, first.verdict) == (figure, verdict)

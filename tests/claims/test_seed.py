"""The seed report: silent as published, and every digit that breaks an identity is named."""

import io
import re
from collections.abc import Callable
from decimal import Decimal

import pytest
import typst
from docx import Document as Word

from hefa.claims import RecordedFigure, check
from hefa.claims.extract import extract, extract_bytes
from tests.claims.seed import seed_path


@pytest.fixture(scope="module")
def text() -> str:
    return extract(seed_path()).text


def test_no_finding(text: str) -> None:
    result = check(text)
    assert result.findings == ()
    assert result.year == 2023
    assert result.kind == "rule-of-law"


def _pdf(text: str) -> bytes:
    body = re.sub(r"([\\#$*_`<>@\[\]])", r"\\\1", text).replace("\n", "\n\n")
    return typst.compile(f'#set text(font: "Noto Serif CJK SC")\n{body}'.encode())


def _docx(text: str) -> bytes:
    word, stream = Word(), io.BytesIO()
    for line in text.split("\n"):
        word.add_paragraph(line)
    word.save(stream)
    return stream.getvalue()


def _html(text: str) -> bytes:
    lines = "".join(f"<p>{line.replace('<', '&lt;').replace('>', '&gt;')}</p>" for line in text.split("\n"))
    return f"<html><meta charset=utf-8><body><div>{lines}</div></body></html>".encode()


@pytest.mark.parametrize(("name", "made"), [("a.html", _html), ("a.docx", _docx), ("a.pdf", _pdf)])
def test_every_file_format_reads_alike(text: str, name: str, made: Callable[[str], bytes]) -> None:
    document = extract_bytes(made(text), name)
    if "中河街道" not in document.text:
        pytest.skip("no Chinese font to set the page in")
    assert check(document).findings == ()
    wrong = extract_bytes(made(text.replace("41.73%", "41.37%")), name)
    assert [f.arithmetic for f in check(wrong).findings] == ["616÷1476=41.73%，文中41.37%"]


def test_offsets_are_characters_of_the_text(text: str) -> None:
    for claim in check(text).to_json()["claims"]:
        assert text[claim["start"] : claim["end"]] == claim["text"]


def _fits(part: int, base: int, rate: Decimal) -> bool:
    return abs(Decimal(part) * 100 / base - rate) <= Decimal("0.005")


def _changes(number: str) -> list[str]:
    out = []
    for i, digit in enumerate(number):
        if digit.isdigit():
            out += [number[:i] + d + number[i + 1 :] for d in "0123456789" if d != digit]
    return [n for n in out if not (n[0] == "0" and n[1:2] != ".")]


def test_each_digit_of_the_share(text: str) -> None:
    """616 of 1476 is 41.73 %: each other value of one digit breaks it, unless it rounds to the same."""
    for old, fits in (
        ("1476", lambda n: _fits(616, int(n), Decimal("41.73"))),
        ("616", lambda n: _fits(int(n), 1476, Decimal("41.73"))),
        ("41.73", lambda n: _fits(616, 1476, Decimal(n))),
    ):
        for new in _changes(old):
            rules = {f.rule for f in check(text.replace(old, new, 1)).findings}
            assert ("share" in rules or "sum" in rules) is not fits(new), (old, new, rules)


def _has_base(now: int, rate: Decimal) -> bool:
    return any(abs(Decimal(now - b) * 100 / b - rate) <= Decimal("0.005") for b in range(1, now + 1))


def test_each_digit_of_the_growth(text: str) -> None:
    for new in _changes("20.08"):
        rules = {f.rule for f in check(text.replace("20.08", new, 1)).findings}
        assert bool({"integer-base", "truncated"} & rules) is not (
            _has_base(616, Decimal(new)) or _has_base(1476, Decimal(new))
        ), new


def test_each_digit_of_the_certificates(text: str) -> None:
    """No whole staff gives 21 people 30.44 %; a value that some staff gives cannot be told from the truth."""

    def possible(people: int, rate: Decimal) -> bool:
        whole = any(_fits(people, base, rate) for base in range(people, 5000))
        return whole or any(_fits(n, people, rate) for n in range(people + 1))

    for new in _changes("30.43"):
        rules = {f.rule for f in check(text.replace("30.43%", new + "%", 1)).findings}
        assert ("integer-rate" in rules) is not possible(21, Decimal(new)), new
    for new in _changes("21"):
        rules = {f.rule for f in check(text.replace("考试的21人", f"考试的{new}人", 1)).findings}
        assert ("integer-rate" in rules) is not possible(int(new), Decimal("30.43")), new


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("2023年度中河街道法治", "2022年度中河街道法治"),
        ("将街道2023年度", "将街道2022年度"),
        ("一、2023年", "一、2022年"),
        ("二、2023年", "二、2024年"),
        ("四、2024年", "四、2023年"),
    ],
)
def test_years(text: str, old: str, new: str) -> None:
    assert "year" in {f.rule for f in check(text.replace(old, new, 1)).findings}


@pytest.mark.parametrize(
    "heading", ["四、2024年推进法治政府建设的主要安排", "二、2023年推进法治政府建设存在的不足和原因"]
)
def test_missing_part(text: str, heading: str) -> None:
    at = text.index(heading)
    end = text.find("\n三、", at) if heading.startswith("二") else text.find("【打印本页】", at)
    assert "missing-part" in {f.rule for f in check(text[:at] + text[end:]).findings}


def test_dead_law(text: str) -> None:
    rules = {f.rule for f in check(text.replace("《宪法》《民法典》", "《宪法》《合同法》", 1)).findings}
    assert rules == {"dead-law"}
    assert not check(text.replace("《宪法》《民法典》", "《宪法》、原《合同法》", 1)).findings


FIGURES = [
    RecordedFigure(*f)
    for f in (
        ("rules.live", "内部管理制度", Decimal(3), "项"),
        ("mediation.accepted", "受理矛盾纠纷", Decimal(1476), "起"),
        ("mediation.community", "社区调委会完成调解", Decimal(616), "件"),
        ("mediation.share", "社区调解占比", Decimal("41.7344"), "%"),
        ("mediation.change", "社区调解同比增长", Decimal("20.0780"), "%"),
        ("review.items", "合法性审查件数", Decimal(271), "件"),
        ("review.opinions", "出具法律意见", Decimal(789), "条"),
        ("mediators", "专职调解员", Decimal(5), "人"),
        ("counsel.communities", "社区法律顾问覆盖", Decimal(18), "个"),
        ("counsel.coops", "股份经济合作社法律顾问", Decimal(13), "个"),
        ("education.videos", "普法短视频", Decimal(8), "条"),
        ("officers.passed", "通过行政执法证考试人数", Decimal(21), "人"),
        ("officers.rate", "行政执法证持证率", Decimal("30.4348"), "%"),
        ("powers.items", "可直接办理项目", Decimal(78), "项"),
        ("petition.receptions", "领导接访次数", Decimal(63), "次"),
        ("supervision.inspections", "人大代表专项督查", Decimal(5), "次"),
        ("supervision.closed", "督查问题办结", Decimal(9), "件"),
        ("disclosure.requests", "办理依申请公开", Decimal(3), "件"),
    )
]


def test_record_agrees(text: str) -> None:
    result = check(text).against(FIGURES)
    assert result.findings == ()
    assert {v.figure.name for v in result.record if v.verdict == "agrees" and v.figure} == {f.name for f in FIGURES}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("等3项", "等4项"),
        ("纠纷1476起", "纠纷1475起"),
        ("案件616件", "案件615件"),
        ("41.73%", "41.78%"),
        ("20.08%", "20.18%"),
        ("决策271件", "决策217件"),
        ("意见789条", "意见788条"),
        ("5名专职", "6名专职"),
        ("13个股份", "14个股份"),
        ("短视频8条", "短视频9条"),
        ("考试的21人", "考试的27人"),
        ("30.43%", "36.43%"),
        ("78个项目", "87个项目"),
        ("接访60余次", "接访90余次"),
        ("督查5次", "督查7次"),
        ("问题9件", "问题8件"),
        ("申请3条", "申请5条"),
    ],
)
def test_record_differs(text: str, old: str, new: str) -> None:
    assert old in text
    result = check(text.replace(old, new, 1)).against(FIGURES)
    wrong = [v for v in result.record if v.verdict == "differs"]
    number = re.search(r"[\d.]+", new).group()
    assert [v.claim.text for v in wrong if number in v.claim.text], [
        (v.claim.text, v.verdict, v.figure) for v in result.record
    ]
    assert any(f.rule == "record" for f in result.findings)

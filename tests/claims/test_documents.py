"""Rules over whole documents: years, parts, dead laws, one quantity with two values; and files of every kind."""

import contextlib
import io
import zipfile

import pytest
from docx import Document as Word
from hypothesis import given, settings
from hypothesis import strategies as st

from hefa.claims import Unreadable, check
from hefa.claims.extract import extract, extract_bytes

PARTS = (
    "一、{y}年推进法治政府建设的主要举措和成效",
    "二、{y}年推进法治政府建设存在的不足和原因",
    "三、党政主要负责人履行推进法治建设第一责任人职责情况",
    "四、{n}年推进法治政府建设的主要安排",
)
FILLER = "坚持以习近平法治思想为指导，扎实推进各项工作落地见效，依法履职能力持续提升。" * 8


def report(year: int = 2023, drop: int | None = None, extra: str = "") -> str:
    body = "\n".join(p.format(y=year, n=year + 1) + "\n" + FILLER for i, p in enumerate(PARTS) if i != drop)
    return f"{year}年度某街道法治政府建设工作报告\n现将{year}年度工作情况报告如下：\n{body}\n{extra}"


def rules(text: str) -> set[str]:
    return {f.rule for f in check(text).findings}


def test_whole_report_is_silent() -> None:
    assert rules(report()) == set()


@pytest.mark.parametrize("drop", [1, 2, 3])
def test_missing_part(drop: int) -> None:
    found = check(report(drop=drop).replace("第一责任人", "责任人" if drop == 2 else "第一责任人")).findings
    assert [f.rule for f in found] == ["missing-part"]


def test_parts_only_asked_of_a_report_of_that_kind() -> None:
    assert rules(report(drop=1).replace("法治政府建设工作报告", "平安建设工作报告")) == set()
    assert rules("2023年度某街道法治政府建设工作报告\n一、举措\n二、安排") == set()


FOI = (
    "一、总体情况",
    "二、主动公开政府信息情况",
    "三、收到和处理政府信息公开申请情况",
    "四、政府信息公开行政复议、行政诉讼情况",
    "五、存在的主要问题及改进情况",
    "六、其他需要报告的事项",
)


@pytest.mark.parametrize("drop", [None, 0, 1, 2, 3, 4, 5])
def test_disclosure_parts(drop: int | None) -> None:
    text = "某街道2023年政府信息公开工作年度报告\n" + "\n".join(
        p + "\n" + FILLER for i, p in enumerate(FOI) if i != drop
    )
    assert rules(text) == (set() if drop is None else {"missing-part"})


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("2023年度工作", "2022年度工作", True),
        ("一、2023年", "一、2022年", True),
        ("四、2024年", "四、2023年", True),
        ("四、2024年", "四、下一年度", False),
        ("二、2023年", "二、", False),
    ],
)
def test_years(old: str, new: str, named: bool) -> None:
    assert rules(report().replace(old, new, 1)) == ({"year"} if named else set())


@pytest.mark.parametrize(
    ("year", "cited", "named"),
    [
        (2020, "依据《合同法》审查", False),
        (2021, "依据《合同法》审查", True),
        (2023, "依据《中华人民共和国物权法》", True),
        (2023, "依据《劳动合同法》", False),
        (2023, "依据原《合同法》", False),
        (2023, "《合同法》废止后，统一适用《民法典》", False),
        (2025, "落实《大气污染防治法》", False),
        (2026, "落实《大气污染防治法》", True),
        (2023, "严格执行《信访条例》", True),
        (2023, "严格执行《浙江省信访条例》", False),
        (2023, "严格执行《信访工作条例》", False),
        (2023, "根据合同法第五十二条", True),
        (2023, "根据劳动合同法第三十九条", False),
    ],
)
def test_dead_law(year: int, cited: str, named: bool) -> None:
    assert rules(report(year).replace("扎实推进", cited + "，扎实推进", 1)) == ({"dead-law"} if named else set())


def test_dead_law_in_next_years_plan() -> None:
    text = report(2025, extra="深入宣传《水污染防治法》。")
    assert rules(text) == {"dead-law"}


@pytest.mark.parametrize(
    ("first", "second", "named"),
    [
        ("全年共审查合同271件", "全年共审查合同217件", True),
        ("全年共审查合同271件", "全年共审查合同271件", False),
        ("全年共受理各类矛盾纠纷1476起", "2023年累计受理矛盾纠纷1467起", True),
        ("上半年共审查合同120件", "下半年共审查合同151件", False),
        ("全年共审查合同271件", "其中共审查合同17件", False),
        ("甲社区全年共受理纠纷30件", "乙社区全年共受理纠纷40件", False),
        ("组织培训3次", "组织培训5次", False),
        ("2022年共审查合同250件", "2023年共审查合同271件", False),
    ],
)
def test_two_values(first: str, second: str, named: bool) -> None:
    assert rules(f"{first}。\n{second}。") == ({"two-values"} if named else set())


SENTENCE = "全年受理纠纷1476起，其中社区完成616件，占总数的41.73%。"


def _docx() -> bytes:
    word = Word()
    word.add_paragraph(SENTENCE)
    stream = io.BytesIO()
    word.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", SENTENCE.encode()),
        ("a.txt", SENTENCE.encode("gb18030")),
        ("a.txt", SENTENCE.encode("utf-16")),
        ("a.md", ("# 报告\n\n" + SENTENCE).encode()),
        ("a.html", f"<html><body><script>var a='99件'</script><p>{SENTENCE}</p></body></html>".encode()),
        (
            "a.html",
            f'<html><head><meta charset="gb2312"></head><body><div>{SENTENCE}</div></body></html>'.encode("gb18030"),
        ),
        ("a.docx", _docx()),
    ],
)
def test_extract(name: str, data: bytes) -> None:
    document = extract_bytes(data, name)
    assert [document.text[c.start : c.end] for c in check(document).claims] == ["1476起", "616件", "41.73%"]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", b""),
        ("a.txt", b"\x00\x01\x02\xff"),
        ("a.docx", b"PK\x03\x04broken"),
        ("a.pdf", b"%PDF-1.4 broken"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
        ("a.html", b"   "),
        ("a.docx", b"no zip"),
        ("a.png", b"\x89PNG\r\n\x1a\n\x00\x00\x00"),
    ],
)
def test_unreadable_says_why(name: str, data: bytes) -> None:
    with pytest.raises(Unreadable) as reason:
        extract_bytes(data, name)
    assert str(reason.value).endswith("。") and name in str(reason.value)


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.txt"])
def test_a_page_saved_under_another_name_is_read(name: str) -> None:
    page = f"<!DOCTYPE html><html><body><p>{SENTENCE}</p></body></html>".encode()
    assert len(check(extract_bytes(page, name)).claims) == 3


def test_missing_file_is_unreadable() -> None:
    with pytest.raises(Unreadable):
        extract("/nowhere/report.txt")


@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from(["a.txt", "a.html", "a.docx", "a.pdf", "a"]),
    st.sampled_from([b"", b"%PDF-1.7\n", b"PK\x03\x04", b"<html>"]),
)
def test_any_bytes_are_read_or_refused(data: bytes, name: str, head: bytes) -> None:
    try:
        document = extract_bytes(head + data, name)
    except Unreadable:
        return
    check(document)


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=200))
def test_any_xml_in_a_docx_is_read_or_refused(xml: bytes) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", xml)
    with contextlib.suppress(Unreadable):
        check(extract_bytes(stream.getvalue(), "a.docx"))

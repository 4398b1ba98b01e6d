"""Contracts in Word: tables are read, comments stand where the hint is, the look of the text stays."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import docx
import pytest

from hefa.claims.document import Unreadable
from hefa.claims.extract import extract_bytes
from hefa.site.cli import main
from hefa.statutes.drafts.comments import commented
from hefa.statutes.drafts.lint import lint

from .conftest import whole

ROWS = [
    ["名称", "数量", "单价（元）", "金额（元）"],
    ["电脑", "10", "5,000", "50,000"],
    ["打印机", "2", "3,000", "6,000"],
]


def contract(total: str = "56,000", second: str = "6,000", words: str = "陆") -> bytes:
    made = docx.Document()
    made.add_heading("设备采购合同", 0)
    for label, name in (("甲方：", "中河街道办事处"), ("乙方：", "宁波某某科技有限公司")):
        paragraph = made.add_paragraph()
        paragraph.add_run(label).bold = True
        paragraph.add_run(name)
    made.add_paragraph("第一条 甲方向乙方采购下列设备：")
    table = made.add_table(rows=4, cols=4)
    for i, row in enumerate([*ROWS[:2], ["打印机", "2", "3,000", second], ["合计", "", "", total]]):
        for j, text in enumerate(row):
            table.cell(i, j).text = text
    paragraph = made.add_paragraph("第二条 合同总价为人民币")
    paragraph.add_run("56000").bold = True
    paragraph.add_run("元（大写：伍万")
    paragraph.add_run(f"{words}仟").italic = True
    paragraph.add_run("元整）。")
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def rules_of(data: bytes) -> list[tuple[str, str]]:
    return [(one.rule, one.quote) for one in lint(extract_bytes(data, "a.docx"), "contract")]


def test_a_right_price_list_is_left_alone() -> None:
    assert rules_of(contract()) == []


def test_faults_in_a_price_list_are_told_cell_by_cell() -> None:
    assert rules_of(contract(total="58,000")) == [("GC-03", "58,000")]
    assert ("GC-03", "7,000") in rules_of(contract(second="7,000", total="57,000"))
    assert ("GC-03", "56000元（大写：伍万柒仟元整") in rules_of(contract(words="柒"))


def test_comments_stand_at_their_places_and_the_look_stays() -> None:
    data = contract(total="58,000", words="柒")
    found = lint(extract_bytes(data, "a.docx"), "contract")
    out = commented(data, "a.docx", found, author="审查员")
    before, after = docx.Document(io.BytesIO(data)), docx.Document(io.BytesIO(out))
    assert [one.author for one in after.comments] == ["审查员"] * 2
    assert extract_bytes(out, "a.docx").text == extract_bytes(data, "a.docx").text

    def looks(document: docx.document.Document) -> list[tuple[str, bool | None, bool | None]]:
        return [(char, run.bold, run.italic) for p in document.paragraphs for run in p.runs for char in run.text]

    assert looks(before) == looks(after)
    assert _commented_words(out) == ["58,000", "56000元（大写：伍万柒仟元整"]


def _commented_words(data: bytes) -> list[str]:
    """The text between the marks of each comment."""
    body = docx.Document(io.BytesIO(data)).element.body
    w = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    said: dict[str, str] = {}
    within: set[str] = set()
    for node in body.iter():
        if node.tag == f"{w}commentRangeStart":
            within.add(node.get(f"{w}id"))
        elif node.tag == f"{w}commentRangeEnd":
            within.discard(node.get(f"{w}id"))
        elif node.tag == f"{w}t":
            for id in within:
                said[id] = said.get(id, "") + (node.text or "")
    return list(said.values())


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_other_files_come_back_as_a_new_document(name: str) -> None:
    text = whole("contract").replace("叁拾陆", "叁拾玖")
    data = text.encode()
    out = commented(data, name, lint(text, "contract"))
    assert _commented_words(out) == ["360000元（大写：叁拾玖万元整"]


def test_an_archive_that_unpacks_to_too_much_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml",
            '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>一</w:t></w:r></w:p></w:body></w:document>',
        )
        archive.writestr("word/media/image1.bmp", b"\0" * (120 * 1024 * 1024))
    with pytest.raises(Unreadable):
        commented(out.getvalue(), "炸弹.docx", [])


@pytest.mark.django_db
def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clean, faulty, broken = tmp_path / "净.txt", tmp_path / "错.txt", tmp_path / "坏.docx"
    clean.write_text(whole("contract"), "utf-8")
    faulty.write_text(whole("contract").replace("叁拾陆", "叁拾玖"), "utf-8")
    broken.write_bytes(b"PK\x03\x04broken")
    assert main(["lint", str(clean), "--as", "contract", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["findings"] == []
    assert main(["lint", str(faulty), "--json"]) == 1
    told = json.loads(capsys.readouterr().out)
    assert told["as"] == "contract" and told["on"] == "2026-03-25"
    assert set(told["findings"][0]) == {"rule", "severity", "start", "end", "quote", "message", "basis", "suggest"}
    assert main(["lint", str(clean), str(broken), "--json"]) == 2
    both = json.loads(capsys.readouterr().out)
    assert both[1]["unreadable"] and both[1]["findings"] == []
    assert main(["lint", str(faulty), "--as", "contract", "--comments", str(tmp_path / "批注.docx")]) == 1
    assert len(docx.Document(str(tmp_path / "批注.docx")).comments) == 1
    assert main(["lint", str(clean), "--on", "2026-13-01"]) == 2

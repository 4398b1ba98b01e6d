"""Whole Word files: what is seen is read, hints stand at their words, comments come back from an office program."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree

from hefa.claims.extract import extract_bytes
from hefa.statutes.drafts.comments import commented
from hefa.statutes.drafts.lint import lint

from .word_samples import SAMPLES


@pytest.mark.parametrize("name", SAMPLES)
def test_a_file_gives_its_hints_and_no_other(name: str) -> None:
    kind, data, want = SAMPLES[name]()
    found = lint(extract_bytes(data, "a.docx"), kind)
    assert sorted((one.rule, one.quote) for one in found) == sorted(want)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_hint_becomes_a_comment_and_the_text_stays(name: str) -> None:
    kind, data, want = SAMPLES[name]()
    document = extract_bytes(data, "a.docx")
    out = commented(data, "a.docx", lint(document, kind))
    assert extract_bytes(out, "a.docx") == document
    assert len(docx.Document(io.BytesIO(out)).comments) == len(want)


def test_places_are_named_by_the_numbers_that_word_sets() -> None:
    kind, data, _ = SAMPLES["numbered by Word"]()
    assert [one.message[:3] for one in lint(extract_bytes(data, "a.docx"), kind)] == ["第三条", "第五条"]
    kind, data, _ = SAMPLES["two levels"]()
    assert lint(extract_bytes(data, "a.docx"), kind)[0].message.startswith("第二条“(一)”部分")


OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


class ReadBack:
    """An .odt as an office program wrote it: its text, and each comment with the words on which it stands."""

    def __init__(self, path: Path) -> None:
        self.text = ""
        self.comments: dict[str, list[str]] = {}
        self.open: set[str] = set()
        body = etree.fromstring(zipfile.ZipFile(path).read("content.xml")).find(f".//{OFFICE}text")
        assert body is not None
        self._walk(body)

    def _walk(self, node: etree._Element) -> None:
        name = node.get(f"{OFFICE}name", "")
        if node.tag == f"{OFFICE}annotation":
            self.comments[name] = ["".join(node.itertext()), ""]
            self.open.add(name)
        elif node.tag == f"{OFFICE}annotation-end":
            self.open.discard(name)
        elif node.tag != f"{TEXT}tracked-changes":
            self._say(node.text)
            for child in node:
                self._walk(child)
        self._say(node.tail)

    def _say(self, text: str | None) -> None:
        self.text += text or ""
        for name in self.open:
            self.comments[name][1] += text or ""


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no LibreOffice on this machine")
def test_an_office_program_shows_each_comment_at_its_words(tmp_path: Path) -> None:
    wanted = {}
    for name, made in SAMPLES.items():
        kind, data, want = made()
        stem = name.replace(" ", "-")
        (tmp_path / f"{stem}.docx").write_bytes(data)
        found = lint(extract_bytes(data, "a.docx"), kind)
        (tmp_path / f"{stem}-told.docx").write_bytes(commented(data, "a.docx", found))
        wanted[stem] = sorted(words for _, words in want)
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    files = sorted(str(path) for path in tmp_path.glob("*.docx"))
    subprocess.run(["soffice", home, "--headless", "--convert-to", "odt", "--outdir", str(tmp_path), *files],
                   check=True, capture_output=True, timeout=300)  # fmt: skip
    for stem, words in wanted.items():
        before, after = (ReadBack(tmp_path / f"{stem}{end}.odt") for end in ("", "-told"))
        assert re.sub(r"\s", "", before.text) == re.sub(r"\s", "", after.text), stem
        assert len(after.comments) == len(words), stem
        # A comment cannot stand inside a text box or a note: it stands on what holds them.
        assert all(any(one in on for _, on in after.comments.values()) for one in words), stem

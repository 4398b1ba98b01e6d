"""Comments that cannot be written: the hints are still told, and one sentence says why there is no file."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest

from hefa.statutes.drafts.report import UNREADABLE, run


@pytest.mark.django_db
def test_a_file_that_unpacks_too_large_or_a_place_that_is_not_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain, large = tmp_path / "a.docx", tmp_path / "b.docx"
    made = docx.Document()
    made.add_paragraph("依据《合同法》第五十二条订立本合同。")
    made.save(str(plain))
    large.write_bytes(plain.read_bytes())
    with zipfile.ZipFile(large, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("word/media/a.bin", "w") as part:
        for _ in range(120):
            part.write(bytes(1_000_000))
    for file, to, says in ((large, tmp_path / "c.docx", "解开后太大"), (plain, tmp_path / "没有" / "c.docx", "写不进")):
        out = io.StringIO()
        assert run([str(file)], "contract", None, False, out, str(to)) == UNREADABLE
        assert "合同法" in out.getvalue() and says in capsys.readouterr().err and not to.exists()

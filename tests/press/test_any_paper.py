"""Whatever the model allows can be set in every form, and all forms print the same characters."""

import io
import re
from collections import Counter

from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from hefa.press import Paper, Table, page_html, to_docx, to_pdf, to_text

from .strategies import any_paper

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WORDS = st.text("国家法律a7，。（）〔〕 \n#$*_<&", max_size=30)


def characters(text: str) -> Counter[str]:
    """How often each character is printed; colons (ruled lines in forms) and the 样本 mark are left out."""
    return Counter(re.sub(r"[\s：样本]", "", text))


@settings(max_examples=40, deadline=None)
@given(any_paper(WORDS))
def test_any_paper_is_set_in_every_form(paper: Paper) -> None:
    wanted = characters(to_text(paper).removeprefix("【样本】"))
    pages = PdfReader(io.BytesIO(to_pdf(paper))).pages
    printed = "".join(re.sub(r"— \d+ —\s*$", "", page.extract_text()) for page in pages)
    assert not wanted - characters(printed)
    if not any(isinstance(block, Table) for block in paper.body):  # its header is printed again on each page
        assert characters(printed) == wanted
    body = Document(io.BytesIO(to_docx(paper))).element.body
    assert characters("".join(node.text or "" for node in body.iter(f"{W}t"))) == wanted
    assert page_html(paper).count("<article") == 1

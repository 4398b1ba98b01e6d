"""Files that cannot be read as they are: what each is, and what its owner can do."""

from __future__ import annotations

from pathlib import Path

_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIPPED = b"PK\x03\x04"
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"BM", b"II*\x00", b"MM\x00*")
_PACKED = (b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b")
_SHEETS = (".xls", ".xlsx", ".xlsm", ".et", ".csv")
_SLIDES = (".ppt", ".pptx", ".dps")


def unfit(data: bytes, name: str) -> str | None:
    """The sentence for a file of a sort that is not read; None when a reader should try it."""
    sentences = {
        "locked": f"文件“{name}”加了密码，请去掉密码后再检查。",
        "old": f"文件“{name}”是旧版Word（doc、wps）格式，请另存为docx后再检查。",
        "rtf": f"文件“{name}”是RTF格式，请用Word或者WPS另存为docx后再检查。",
        "ofd": f"文件“{name}”是版式文件（OFD），请用OFD阅读器另存为PDF，或者找原稿的docx再检查。",
        "sheet": f"文件“{name}”是表格，请把要检查的内容复制到docx里，或者直接粘贴文字。",
        "slides": f"文件“{name}”是演示文稿，请把文字复制到docx里再检查。",
        "picture": f"文件“{name}”是图片，请先做文字识别，存为docx后再检查。",
        "packed": f"文件“{name}”是压缩包，请解压后逐个检查。",
    }
    return sentences.get(_kind(data, Path(name).suffix.lower()))


def _kind(data: bytes, suffix: str) -> str:
    if data.startswith(_OLD_OFFICE):
        # A docx or xlsx with a password lies as a package in an old file.
        if "EncryptedPackage".encode("utf-16-le") in data[: 2 * 1024 * 1024]:
            return "locked"
        return "sheet" if suffix in _SHEETS else "slides" if suffix in _SLIDES else "old"
    if data.startswith(_ZIPPED):
        if suffix in (".zip", *_SHEETS, *_SLIDES, ".ofd"):
            return {".zip": "packed", ".ofd": "ofd"}.get(suffix, "sheet" if suffix in _SHEETS else "slides")
        return "ofd" if b"OFD.xml" in data[:4096] else ""
    if data.startswith(b"{\\rtf"):
        return "rtf"
    if data.startswith(_PACKED):
        return "packed"
    if data.startswith(_PICTURES):
        return "picture"
    return {".doc": "old", ".wps": "old", ".rtf": "rtf", ".ofd": "ofd"}.get(suffix, "")

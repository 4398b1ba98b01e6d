"""Which typefaces the papers are set in, and whether they can print every character of a name.

A mediation agreement with an empty box in a party's name is void paper, so a paper whose characters are
not all covered is refused before it is set.
"""

from __future__ import annotations

import importlib.util
import os
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import typst
from fontTools.ttLib import TTCollection, TTFont

Role = Literal["title", "body", "hei", "kai", "song"]

# Best first. A site's licensed faces, then the Debian packages, then the wheel that is always there.
_WANTED: dict[Role, tuple[str, ...]] = {
    "title": (r"xiaobiaosong|小标宋", r"^notoserifcjksc", r"^sourcehanserif(cn|sc)", r"^fandolsong"),
    "body": (r"fangsong_?gb2312|仿宋_gb2312", r"fangsong|仿宋|zhuque", r"^fandolfang"),
    "hei": (r"^simhei|黑体|heiti|^fzhei", r"^notosanscjksc", r"^fandolhei"),
    "kai": (r"kaiti_?gb2312|楷体_gb2312", r"^kaiti|楷体|simkai|^fzkai", r"^lxgwwenkai(light|screen)?$", r"^fandolkai",
            r"ukai"),
    "song": (r"^simsun$|^宋体", r"^notoserifcjksc", r"^fandolsong"),
}  # fmt: skip
_WHEEL: dict[Role, str] = {
    "title": "Noto Serif SC", "body": "Noto Serif SC", "hei": "Noto Sans SC", "kai": "Noto Serif SC",
    "song": "Noto Serif SC",
}  # fmt: skip
_TAIL = ("Noto Serif SC", "Noto Sans SC")
# The ticked boxes of forms, from a face inside typst itself, whose character map cannot be read from a file.
_BOXES_FAMILY, _BOXES = "DejaVu Sans Mono", frozenset(map(ord, "☐☑☒"))
_WHEEL_PACKAGE = "pylopdf_fonts_zh_cn"
# Debian's texlive-lang-chinese, which fontconfig is not told about.
_FANDOL = Path("/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol")


class FontsMissing(RuntimeError):
    """The fonts that the press relies on are not installed."""


class MissingGlyphs(ValueError):
    """A paper has characters that no installed typeface can print."""

    def __init__(self, characters: Iterable[str]) -> None:
        self.characters = frozenset(characters)
        named = "、".join(f"{_shown(c)}（U+{ord(c):04X}）" for c in sorted(self.characters))
        super().__init__(
            f"现有字体印不出这些字：{named}。请核对是否录入有误；确是生僻字的，"
            "请系统管理员把含有这些字的字体放入HEFA_FONTS所指的文件夹后再出文书。"
        )


def _shown(character: str) -> str:
    return f"“{character}”" if unicodedata.category(character)[0] not in "MC" else "不可见字符"


@dataclass(frozen=True)
class Face:
    """What to name in the typesetter: families in order of trial, weight, and stroke in em.

    A stroke thickens a regular Song where no heavier cut is installed.
    """

    families: tuple[str, ...]
    weight: int = 400
    stroke: float = 0.0


@dataclass(frozen=True, eq=False)
class Typefaces:
    """The faces of each role and the fonts that hold them, for one set of folders."""

    fonts: typst.Fonts
    faces: dict[Role, Face]
    printable: frozenset[int]


def _wheel_folder() -> Path:
    spec = importlib.util.find_spec(_WHEEL_PACKAGE)
    if spec is None or spec.origin is None:
        raise FontsMissing("没有安装中文字体包 pylopdf-fonts-zh-cn，印不出文书。请用 pip 安装后再试。")
    return Path(spec.origin).parent


def _site_folder() -> Path | None:
    site = os.environ.get("HEFA_FONTS", "").strip()
    if site and not Path(site).is_dir():
        raise FontsMissing(f"HEFA_FONTS所指的文件夹不存在：{site}。请改正设置，或者去掉这一项。")
    return Path(site) if site else None


def font_paths() -> tuple[Path, ...]:
    """Folders looked into besides the system's own: the site's HEFA_FONTS, Debian's Fandol, the wheel."""
    site = _site_folder()
    return (*((site,) if site else ()), *((_FANDOL,) if _FANDOL.is_dir() else ()), _wheel_folder())


def _tier(font: typst.FontInfo, site: Path | None) -> int:
    """0 for the site's own fonts, 1 for the system's, 2 for the wheel's."""
    parents = Path(font.path or "").parents
    if site in parents:
        return 0
    return 2 if _wheel_folder() in parents else 1


def _choose(role: Role, fonts: list[typst.FontInfo], tail: tuple[str, ...], site: Path | None) -> Face:
    ranked = []
    for font in fonts:
        name = font.family.lower().replace(" ", "")
        rank = next((n for n, pattern in enumerate(_WANTED[role]) if re.search(pattern, name)), None)
        if rank is not None:
            ranked.append((_tier(font, site), rank, font.family))
    chosen = min(ranked)[2] if ranked else _WHEEL[role]
    weights = {font.weight for font in fonts if font.family == chosen}
    chain = tuple(dict.fromkeys((chosen, *tail)))
    if role != "title" or (ranked and min(ranked)[1] == 0):
        lean = role == "kai" and not ranked
        return Face(chain, min(weights, key=lambda weight: abs(weight - 400)), 0.02 if lean else 0.0)
    heaviest = min(weights, key=lambda weight: abs(weight - 700))
    return Face(chain, heaviest, 0.0 if heaviest >= 600 else 0.025)


def _code_points(fonts: Iterable[typst.FontInfo]) -> dict[str, set[int]]:
    """Characters that each family can print, union over its files."""
    covered: dict[str, set[int]] = {}
    for font in fonts:
        file = str(font.path)
        with open(file, "rb") as stream:
            collection = stream.read(4) == b"ttcf"
        opened = TTCollection(file, lazy=True).fonts[font.index] if collection else TTFont(file, lazy=True)
        covered.setdefault(font.family, set()).update(opened.getBestCmap() or ())
    return covered


@cache
def _load(site: Path | None) -> Typefaces:
    found = typst.Fonts(include_system_fonts=True, include_embedded_fonts=True, font_paths=list(font_paths()))
    listed = [font for font in found.fonts() if font.path and font.style == "normal"]
    own = sorted({font.family for font in listed if _tier(font, site) == 0})
    tail = tuple(dict.fromkeys((*_TAIL, *own, _BOXES_FAMILY)))
    faces = {role: _choose(role, listed, tail, site) for role in _WANTED}
    used = {family for face in faces.values() for family in face.families} - {_BOXES_FAMILY}
    covered = _code_points(font for font in listed if font.family in used)
    by_role = [_BOXES.union(*(covered.get(family, ()) for family in face.families)) for face in faces.values()]
    return Typefaces(found, faces, frozenset.intersection(*by_role))


def typefaces() -> Typefaces:
    """The faces in force; found once per process and site folder."""
    return _load(_site_folder())


def families() -> dict[Role, tuple[str, ...]]:
    """Families in order of trial for each role; the first is the face that a reader sees."""
    return {role: face.families for role, face in typefaces().faces.items()}


def missing_glyphs(text: str) -> set[str]:
    """The characters of `text` that some role could not print. Line breaks do not count."""
    printable = typefaces().printable
    return {character for character in set(text) if character != "\n" and ord(character) not in printable}

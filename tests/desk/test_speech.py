"""English for what the kernel and the lines of work say: complete, unambiguous, and never older than the source."""

from __future__ import annotations

import ast
import logging
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from django.utils import translation
from django.utils.translation import trans_real
from hypothesis import given
from hypothesis import strategies as st

from hefa.desk import catalogue, citations, speech, story
from hefa.desk.speech import Pattern, speak
from hefa.kernel import law
from hefa.kernel.limit import limits
from hefa.kernel.matter import KINDS

SOURCE = Path(speech.__file__).parent.parent
ROOTS = ("kernel", "matters", "exchange", "report", "claims", "circle")
# Whose sentences no page shows: for developers, for the terminal, or for papers and files, which are Chinese.
NOT_SHOWN = {
    "claims/numbering.py": "numerals, which stand in the text that is checked",
    "kernel/checks.py": "start-up faults of declarations, for developers",
    "kernel/law.py": "faults of the law's files, for developers",
    "kernel/limit.py": "faults of the law's files, for developers",
    "circle/estimating.py": "the terminal",
    "circle/drawing.py": "a map on paper",
    "circle/telling.py": "the terminal",
    "circle/tables.py": "the terminal",
    "circle/reading.py": "the terminal",
    "circle/osm.py": "the terminal, but for its warning, which is in the catalogue",
    "circle/joining.py": "the terminal",
    "circle/geojson.py": "the terminal",
    "circle/csvroads.py": "the terminal",
    "circle/shapefolder.py": "the terminal",
    "circle/points.py": "the terminal, but for what `snap` says, which is in the catalogue",
    "exchange/cli.py": "the terminal",
    "exchange/taking.py": "the terminal",
    "report/output.py": "the report's own files",
    "claims/cli.py": "the terminal",
    "claims/lexis.py": "words that are looked for",
    "claims/numerals.py": "words that are looked for",
    "claims/roles.py": "words that are looked for",
    "claims/tables.py": "words that are looked for",
    "claims/claims.py": "words that are looked for",
    "claims/ratio.py": "words that are looked for",
    "claims/radicals.py": "characters that are looked for",
    "matters/disclosure/replies.py": "letters to requesters",
    "matters/petition/letters.py": "letters to petitioners",
    "matters/incident/counting.py": "declared figures: their words are in the catalogue",
    "matters/penalty/letters.py": "letters to parties",
    "matters/penalty/reckoning.py": "sums in words, in letters",
    "matters/penalty/figures.py": "declared figures: their words are in the catalogue",
    "matters/petition/figures.py": "declared figures: their words are in the catalogue",
    "matters/jointoffice/answering.py": "declared figures: their words are in the catalogue",
    "matters/partner/expert.py": "declared figures: their words are in the catalogue",
    "matters/partner/models.py": "declared figures: their words are in the catalogue",
}
_CHINESE = re.compile(r"[㐀-鿿]")
_HOLE = re.compile(r"\{(?:\?|n|ns|year|date|math|way|name|numeral|)\}")
_PLACE = re.compile(r"\{(\d+)")
_LABEL = re.compile(r"\{([^{}]*[㐀-鿿][^{}]*)\}")
_EXPRESSION = re.compile(r"\(\?|\||\\|\w/\w+ \w+/")  # what is looked for in texts
_TESTED = {"startswith", "endswith", "removesuffix", "removeprefix", "rstrip", "replace", "partition", "join"}
_DECLARING = {"Step", "Flow", "Deadline", "Role"}


# --- what the source says --------------------------------------------------------------------------------------------


class Sayings(ast.NodeVisitor):
    """The Chinese strings of a module that may reach a page, as patterns with their line."""

    def __init__(self, module: str) -> None:
        self.module, self.found = module, {}  # type: ignore[var-annotated]

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str) and _CHINESE.search(node.value) and not _EXPRESSION.search(node.value):
            self.found.setdefault(node.value, node.lineno)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> None:
        text = "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
        if _CHINESE.search(text):
            self.found.setdefault(text, node.lineno)
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                self.visit(part.value)

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # a docstring is no saying
            self.generic_visit(node)

    def visit_Compare(self, node: ast.Compare) -> None:
        """What is compared is read, not said."""

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """Declarations are labels, which the catalogue holds; what methods and validators say is said."""
        for part in node.body:
            if isinstance(part, ast.FunctionDef):
                self.visit(part)
            else:
                for call in ast.walk(part):
                    if isinstance(call, ast.Call) and _name(call).endswith("Validator"):
                        self.generic_visit(call)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        returns = ast.unparse(node.returns) if node.returns else ""
        if self.module.startswith("matters/") and returns.startswith("dict["):
            return  # facts of rows and papers: data
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        name, of = _name(node), ast.unparse(node.func).partition(".")[0]
        if of == "re" or name == "BadLaw" or name in _DECLARING or of in ("models", "figure"):
            return
        is_method = isinstance(node.func, ast.Attribute)
        for part in node.args + [keyword.value for keyword in node.keywords]:
            if not (is_method and name in _TESTED and isinstance(part, ast.Constant | ast.Tuple)):
                self.visit(part)
        if isinstance(node.func, ast.Attribute) and not (name == "join" and isinstance(node.func.value, ast.Constant)):
            self.visit(node.func.value)


def _name(call: ast.Call) -> str:
    return ast.unparse(call.func).rpartition(".")[2]


def said_in(path: Path) -> dict[str, int]:
    sayings = Sayings(str(path.relative_to(SOURCE)))
    sayings.visit(ast.parse(path.read_text("utf-8")))
    return sayings.found


def modules() -> Iterator[Path]:
    for root in ROOTS:
        yield from (path for path in sorted((SOURCE / root).rglob("*.py")) if "migrations" not in path.parts)


@pytest.fixture(scope="module")
def source() -> dict[str, str]:
    """Every saying of every module: pattern → where."""
    return {text: f"{path.relative_to(SOURCE)}:{line}" for path in modules() for text, line in said_in(path).items()}


@pytest.fixture(scope="module")
def labels() -> dict[str, str]:
    with (catalogue.SOURCE / "en" / "LC_MESSAGES" / "django.po").open("rb") as text:
        return {str(one.id): str(one.string) for one in read_po(text) if one.id and one.string}


@pytest.fixture
def english(tmp_path_factory: pytest.TempPathFactory, settings) -> Iterator[None]:  # type: ignore[no-untyped-def]
    """The compiled catalogue, as the desk has it."""
    place = tmp_path_factory.mktemp("locale")
    catalogue.compile_catalogue(place)
    settings.LOCALE_PATHS = [place]
    trans_real._translations.clear()
    trans_real._default = None
    speech._spoken.cache_clear()
    with translation.override("en"):
        yield
    trans_real._translations.clear()
    trans_real._default = None
    speech._spoken.cache_clear()


def plain(pattern: str) -> str:
    return _HOLE.sub("{}", pattern)


TABLES = speech.sections()
SAID = {plain(chinese) for chinese in TABLES["said"]}
SPOKEN = {chinese: english for name in speech.SPOKEN for chinese, english in TABLES[name].items()}


# --- complete, and not older than the source -------------------------------------------------------------------------


def test_every_sentence_that_can_be_seen_has_english(
    english: None, source: dict[str, str], labels: dict[str, str]
) -> None:
    known = SAID | {plain(one) for one in TABLES["unseen"]} | SPOKEN.keys() | labels.keys()
    seen = {text: at for text, at in source.items() if at.partition(":")[0] not in NOT_SHOWN}
    missing = {text: at for text, at in seen.items() if text not in known and not is_composed(text)}
    assert missing == {}


def is_composed(text: str) -> bool:
    """Whether a wider pattern speaks it: filled with numbers, as reckonings are, nothing Chinese is left."""
    return "{}" in text and not _CHINESE.search(speak(text.replace("{}", "1")))


def test_every_pattern_is_still_said(source: dict[str, str]) -> None:
    for name in ("said", "unseen"):
        assert sorted(one for one in TABLES[name] if plain(one) not in source) == []


def test_what_is_composed_is_composed_of_what_is_said(source: dict[str, str]) -> None:
    pieces = "\n".join(source)
    for chinese in TABLES["composed"]:
        for piece in filter(_CHINESE.search, re.split(r"[“”：（），]", _HOLE.sub("，", chinese))):
            assert piece.strip() in pieces, chinese


def test_nothing_is_both_spoken_and_unseen() -> None:
    assert SAID & {plain(one) for one in TABLES["unseen"]} <= {"无", "有", "条件"}


def test_the_law_has_english_names() -> None:
    names = {citations.short(one.name) for one in law.instruments()} | {one.short for one in law.instruments()}
    assert sorted(names - TABLES["instruments"].keys()) == []


def test_terms_of_clocks_have_english() -> None:
    wanted: set[str] = set()
    for kind in KINDS.values():
        for deadline in kind.flow.deadlines:
            for ref in filter(None, (deadline.within, deadline.extension)):
                for term in ref.instrument.terms[ref.name]:
                    wanted |= {term.label, term.remark} - {""}
    assert sorted(wanted - TABLES["terms"].keys()) == []


def test_limits_have_english() -> None:
    """An update may change any of them, and the page of the law data says so."""
    labels = {row.label for one in law.instruments() for rows in limits(one.id).values() for row in rows}
    assert sorted(labels ^ TABLES["limits"].keys()) == []


def test_holidays_have_english() -> None:
    days = law.read(law.folder(), law.HOLIDAYS)
    names = {row["name"] for year in days.values() for row in year["off"]}
    assert sorted(names - TABLES["holidays"].keys()) == []


def test_titles_of_papers_have_english() -> None:
    steps = [(kind, step) for kind in KINDS.values() for step in kind.flow.steps]
    titles = {title for kind, step in steps if (title := story.paper_title(kind, step))}
    assert sorted(titles - TABLES["papers"].keys()) == []


def test_the_built_in_forms_have_english(labels: dict[str, str]) -> None:
    wanted: set[str] = set()
    for path in sorted((SOURCE / "report" / "tables" / "built_in").glob("*.toml")):
        wanted |= set(shown_in(tomllib.loads(path.read_text("utf-8"))))
    assert sorted(wanted - SPOKEN.keys() - labels.keys()) == []


def shown_in(data: Any, key: str = "") -> Iterator[str]:
    """The words of a form that a page shows."""
    if isinstance(data, dict):
        for name, value in data.items():
            yield from shown_in(value, name)
    elif isinstance(data, list):
        for value in data:
            yield from shown_in(value, key)
    elif key in ("title", "corner", "note", "label", "group", "blank") and _CHINESE.search(str(data)):
        yield str(data)


def test_english_is_english_and_keeps_its_holes(labels: dict[str, str]) -> None:
    for chinese, english in SPOKEN.items():
        holes = len(_HOLE.findall(chinese))
        assert {int(n) for n in _PLACE.findall(english)} == set(range(holes)), chinese
        for label in _LABEL.findall(english):
            assert label in labels, f"{chinese}: {label}"


# --- spoken ----------------------------------------------------------------------------------------------------------


# What may stand in a hole, and what it is in English.
SAMPLES = {
    "": [("甲社区", "甲社区"), ("归档", "File"), ("2023-05-06", "2023-05-06"), ("某人、某某", "某人, 某某")],
    "?": [("", ""), ("甲社区", "甲社区")],
    "n": [("12", "12"), ("1", "1")],
    "ns": [("3、5", "3, 5")],
    "year": [("2023", "2023")],
    "math": [("12÷30=40%", "12÷30=40%")],
    "name": [("甲社区", "甲社区"), ("归档", "File")],
    "numeral": [("两", "2"), ("十二", "12")],
    "way": [("增长", "rise"), ("减少", "decrease")],
    "date": [("2023年5月6日", "6 May 2023"), ("2023年5月6日至2023年5月7日", "6 May 2023 to 7 May 2023")],
}
PATTERNS = [Pattern.of(chinese, english) for chinese, english in SPOKEN.items() if _HOLE.search(chinese)]
# Short ones prove themselves by what stands in their holes, so only known things stand there.
KNOWN = {**SAMPLES, "": [("归档", "File"), ("2023-05-06", "2023-05-06")], "?": [("", ""), ("归档", "File")]}


def filled(pattern: Pattern, turn: int) -> tuple[str, list[str]]:
    """(the sentence, what its holes say in English)."""
    samples = SAMPLES if pattern.is_telling else KNOWN
    chosen = [samples[kind][(turn + n) % len(samples[kind])] for n, kind in enumerate(pattern.holes)]
    text = pattern.literals[0]
    for (chinese, _), literal in zip(chosen, pattern.literals[1:], strict=True):
        text += chinese + literal
    return text, [said for _, said in chosen]


def expected(pattern: Pattern, values: list[str]) -> str:
    text = _LABEL.sub(lambda found: translation.gettext(found.group(1)), pattern.english)
    for n, value in enumerate(values):
        text = text.replace(f"{{{n}}}", value)
        text = re.sub(rf"\{{{n}=([^|]*)\|([^}}]*)\}}", r"\1" if value == "1" else r"\2", text)
        text = re.sub(rf"\{{{n} ([^|]*)\|([^}}]*)\}}", (r"1 \1" if value == "1" else rf"{value} \2"), text)
    return text.strip()


@pytest.mark.parametrize("turn", range(4))
def test_every_pattern_is_spoken_as_written(english: None, turn: int) -> None:
    for pattern in PATTERNS:
        text, values = filled(pattern, turn)
        assert speak(text) == expected(pattern, values), pattern.chinese


@pytest.mark.parametrize("turn", range(4))
def test_no_sentence_is_of_two_patterns_alike(english: None, turn: int) -> None:
    for pattern in PATTERNS:
        text, _ = filled(pattern, turn)
        fitting = [one for one in speech.book().candidates(text) if one.fit(text) is not None]
        best = [one.chinese for one in fitting if one.weight == fitting[0].weight]
        assert best == [pattern.chinese]


def test_joined_sentences_are_spoken_one_by_one(english: None) -> None:
    assert speak("请填写“归档”；账头不见了") == "Please fill in “File”; The head of the ledger is gone"
    assert speak("账头不见了\n账头被清零") == "The head of the ledger is gone\nThe head of the ledger was set to zero"


def test_numbers_with_their_units_are_spoken(english: None) -> None:
    assert speak("台账187件，文中198份") == "record 187 cases; the text has 198 copies"
    assert speak("与该比例相符的是分子为7或8，或基数为20至21。") == (
        "What fits this share: a numerator of 7 or 8, or a base of 20 to 21."
    )


def test_a_clock_explains_itself(english: None) -> None:
    said = speak("回访：30日，依据《中华人民共和国人民调解法》第三十一条第二款")
    assert said == "Follow up: 30 days, under People's Mediation Law, art. 31, para. 2"
    assert speak("2023年9月29日至2023年10月6日国庆节放假，不计入") == (
        "29 September 2023 to 6 October 2023: National Day holiday, not counted"
    )
    assert speak("第3个工作日，调休上班（周六）") == "working day 3, make-up workday (Saturday)"


def test_a_name_is_spoken_as_far_as_it_is_known(english: None) -> None:
    source = "矛盾纠纷·受理矛盾纠纷（mediation.accepted），难易程度为疑难复杂，甲社区，2023-01-01 至 2023-12-31"
    assert speech.speak_name(source) == (
        "Dispute · Disputes accepted (mediation.accepted), Difficulty is Complex, 甲社区, 2023-01-01 to 2023-12-31"
    )
    assert speech.speak_name("甲社区") == "甲社区" and speech.speak_name("合计") == "Total"


def test_what_people_wrote_cannot_break_it(english: None) -> None:
    for text in ("多：" * 1500, "“" * 3000, "甲，" * 1300, "账头不见了；" * 600):
        assert speak(f"少一行：第 {text} 笔从账上消失，请运行 ./hefa verify")


def test_chinese_stays_chinese() -> None:
    with translation.override("zh-hans"):
        assert speak("账头不见了") == "账头不见了"
    assert speak("账头不见了", "zh-hans") == "账头不见了"


def test_what_is_unknown_is_logged_once_without_what_is_quoted(english: None, caplog) -> None:  # type: ignore[no-untyped-def]
    speech._unknown.clear()
    sentence = "这句话“张三”没有人译过 990000199001010018"
    with caplog.at_level(logging.WARNING, logger=speech.__name__):
        assert speak(sentence) == sentence and speak(sentence.replace("张三", "李四")) != ""
    assert len(caplog.records) == 1
    assert "张三" not in caplog.text and "1990" not in caplog.text


@given(st.text(alphabet="“”（）、：；，。的在是第笔{}甲年1 ", max_size=200))
def test_whatever_people_wrote_is_spoken_or_left(text: str) -> None:
    for pattern in PATTERNS[:40]:
        held = pattern.fit(text)
        if held is not None:
            rest = pattern.literals[0] + "".join(a + b for a, b in zip(held, pattern.literals[1:], strict=True))
            assert rest == text


@pytest.mark.parametrize(
    ("chinese", "number"), [("十", 10), ("二十三", 23), ("一百零五", 105), ("三百二十", 320), ("一千二百六十", 1260)]
)
def test_chinese_numerals(chinese: str, number: int) -> None:
    assert citations.number(chinese) == number

"""What the checkers of drafts and citations say has English: every message of every rule, every suggestion, every basis."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from hefa.desk import speech
from hefa.desk.drafting import Hint
from hefa.desk.speech import speak
from hefa.statutes.drafts.rule import KINDS, Rule, rules
from hefa.statutes.findings import Finding

from .test_speech import TABLES, english, is_composed, plain, said_in  # noqa: F401  (a fixture)

SOURCE = Path(speech.__file__).parent.parent
HINTS = {plain(chinese) for chinese in TABLES["hints"]}
CHINESE = re.compile(r"[㐀-鿿]")
EXPRESSION = re.compile(r"\\s|\[\^")  # what is looked for in texts
# Of statutes itself, the modules whose sentences are told as findings.
TELLING = (
    "statutes/checks.py",
    "statutes/quotes.py",
    "statutes/drafts/lint.py",
    *(str(path.relative_to(SOURCE)) for path in sorted((SOURCE / "statutes/drafts/checks").glob("*.py"))),
)
# Words that are looked for, and pieces that stand in no message by themselves.
PIECES = {
    "{}年{}月{}日", "{}条例", "不分项", "两", "甲乙", "止租", "开始", "生效", "起租", "听证", "减轻处罚", "备案", "罚款", "复议",
    "诉讼", "违约金", "每日", "一半", "半数", "对半", "分之", "〇零一二两三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟",
    "三分之二以上的代表", "过半数的人", "代表会议应当有三分之二以上的代表参加", "居民（村民）会议应当有过半数的人参加",
    "暂行、试行的文件", "规范性文件", "工作日", "日历天", "自然日", "日", "天", "个月", "月", "年",
    "含税价不等于不含税价加税额", "税额不等于不含税价乘税率", "含税价与不含税价、税率对不上", "税额与含税价、税率对不上",
    "【文中“{}”，条文“{}”】", "{}没有{}。",
}  # fmt: skip


def every_rule() -> Iterator[Rule]:
    for kind in KINDS:
        yield from rules(kind)


def holes(text: str) -> str:
    return re.sub(r"\{\w+\}", "{}", text)


def test_every_message_and_suggestion_of_a_rule_has_english() -> None:
    said = {holes(text): rule.id for rule in every_rule() for text in (rule.message, rule.suggest)}
    wanting = {text: id for text, id in said.items() if text not in HINTS | {"", "{}：{}"}}
    assert wanting == {}, "put their English into src/hefa/locale/en/sentences-drafts.toml, under [hints]"


def test_every_basis_of_a_rule_has_english(english: None) -> None:  # noqa: F811
    bases = {basis.text for rule in every_rule() for basis in rule.basis}
    assert {text for text in bases if CHINESE.search(speak(text))} == set()


def test_every_message_of_a_check_has_english(english: None) -> None:  # noqa: F811
    wanting = {}
    for name in TELLING:
        for text, line in said_in(SOURCE / name).items():
            shape = holes(text)
            if EXPRESSION.search(shape):
                continue
            if shape not in HINTS | PIECES and not is_composed(shape) and not any(_part(shape, one) for one in HINTS):
                wanting[text] = f"{name}:{line}"
    assert wanting == {}, "put their English into src/hefa/locale/en/sentences-drafts.toml, under [hints]"


def _part(piece: str, whole: str) -> bool:
    """Whether a message is put together of this and more: its fixed text stands there in order."""
    fixed = [re.escape(part) for part in FIXED.split(piece) if part]
    return bool(fixed) and sum(map(len, fixed)) >= 4 and re.search(".*?".join(fixed), whole) is not None


# Between pieces of a message: holes, signs, and words that are put in.
FIXED = re.compile(
    "|".join([r"\{\}", "[“”：（），；。、《》]", *sorted((one for one in PIECES if len(one) > 2), key=len)[::-1]])
)


def test_no_english_is_left_over() -> None:
    """What the rules and checks no longer say is taken out."""
    said = {holes(text) for rule in every_rule() for text in (rule.message, rule.suggest)}
    said |= {basis.text for rule in every_rule() for basis in rule.basis}
    pieces = "\n".join(
        holes(text) for name in (*TELLING, "statutes/drafts/draft.py") for text in said_in(SOURCE / name)
    )
    for chinese in HINTS - said - SHORT:
        for piece in filter(CHINESE.search, FIXED.split(chinese)):
            assert piece in pieces, chinese


# Units and words that stand in a message as the draft has them, what is joined of several, and notes on sources.
SHORT = {
    "{}天",
    "竣工",
    "完工",
    "保证方式和保证期间",
    "{}写“{}”，提起行政诉讼的期限应为收到复议决定书之日起{}。",
    "{}写“{}”，提起行政诉讼的期限应为收到决定书之日起{}。",
    "{}写明征求意见{}日，涉及市场主体的一般不少于30日。请补足，或者写明理由。",
    "{}工作日",
    "条数与日期见 known.toml",
    "修正的施行日期未载明，以公布日期计",
    "{}约定的违约金为{}，可能过分高于损失（超过造成损失的30%一般可以认定过高）。请按可能的损失确定。",
    "{}约定的违约金为每日{}，可能过分高于损失（超过造成损失的30%一般可以认定过高）。请按可能的损失确定。",
    "违约责任只约定了甲方一方的，没有约定另一方的。请对等约定。",
    "违约责任只约定了乙方一方的，没有约定另一方的。请对等约定。",
    "{}写明征求意见{}日，一般不少于{}日。请补足，或者写明理由。",
    *(f"全文没有写明申请行政{one}的途径和期限。请补上。" for one in ("复议", "诉讼", "复议、提起行政诉讼")),
}


@pytest.mark.parametrize("quote", ["口头授权", "不得（含", "备案", "一；二。三", "“"])
def test_words_of_the_draft_stay_as_they_are(english: None, quote: str) -> None:  # noqa: F811
    message = f"第五条写“{' '.join(quote.split())}”，签约人没有书面授权。请附授权委托书，写明权限和期限。"
    suggest = "由法定代表人签字，或者附授权委托书"
    hint = Hint(1, "k", Finding("GC-01", "major", 0, 9, quote, message, "", suggest), {})
    assert hint.told() == f"art. 5, “{quote}”: the signatory has no written authority. " + (
        "Attach a power of attorney that states its scope and term."
    )
    assert hint.clause == suggest
    with translation.override("zh-hans"):
        assert hint.told() == message and hint.clause == ""


def test_a_reviewers_own_words_are_left_alone(english: None) -> None:  # noqa: F811
    finding = Finding("GC-01", "major", 0, 2, "甲", "第五条写“甲”，签约人没有书面授权。", "", "")
    assert Hint(1, "k", finding, {"message": "请补授权书"}).told() == "请补授权书"

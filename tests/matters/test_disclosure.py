"""What the stories of disclosure cannot tell: remedies, every reply, fees, index numbers, the annual table."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from hefa import press
from hefa.kernel import paper
from hefa.kernel.act import Play, act, open_matter, play_many, rehearse
from hefa.kernel.answers import Refused
from hefa.kernel.figure import Period, find_figure
from hefa.kernel.matter import Matter, find_kind
from hefa.kernel.people import Actor, Office, Person, Post
from hefa.matters.disclosure import catalogue, replies, rules
from hefa.matters.disclosure.models import Publication, Request
from hefa.matters.disclosure.replies import FOI, REPLIES, Remedy, remedy_of, remedy_text

DAYS = st.dates(date(2019, 5, 15), date(2026, 12, 31))
CODES = st.sampled_from(sorted(REPLIES))
GROUNDS = st.sampled_from([code for code, _ in replies.WITHHELD])
SINCE = date(2024, 1, 1)
FIRST = (
    "如不服本决定，应当自收到本决定书之日起60日内先向宁波市鄞州区人民政府申请行政复议；"
    "对行政复议决定不服的，可以自收到行政复议决定书之日起15日内依法向人民法院提起行政诉讼。"
)
EITHER = (
    "如不服本答复，可以自收到本答复书之日起60日内向宁波市鄞州区人民政府申请行政复议，"
    "也可以自收到本答复书之日起6个月内依法向人民法院提起行政诉讼。"
)
SPLIT = (
    "对本答复中不予公开部分不服的，应当自收到本答复书之日起60日内先向宁波市鄞州区人民政府申请行政复议，"
    "对行政复议决定不服的，可以自收到行政复议决定书之日起15日内依法向人民法院提起行政诉讼；"
    "对本答复其他部分不服的，可以自收到本答复书之日起60日内申请行政复议，"
    "也可以自收到本答复书之日起6个月内依法向人民法院提起行政诉讼。"
)


# Remedies.


def test_reconsideration_comes_first_for_articles_14_to_16_alone() -> None:
    first = {code for code in REPLIES if remedy_of(code, "", date(2026, 3, 2)) is Remedy.FIRST}
    grounds = {code for code, reply in REPLIES.items() if reply.basis[0].number in (14, 15, 16)}
    assert first == grounds == set(replies.REFUSALS)
    assert len(first) == 7


def test_the_class_in_the_table_is_not_the_class_of_the_remedy() -> None:
    assert "SPECIAL_LAW" in replies.codes_of("3.3")
    assert remedy_of("SPECIAL_LAW", "", date(2026, 3, 2)) is Remedy.EITHER


@given(CODES, GROUNDS, DAYS)
def test_remedy_follows_the_code_the_ground_and_the_day(code: str, withheld: str, day: date) -> None:
    remedy = remedy_of(code, withheld, day)
    if code == "WITHDRAWN":
        assert remedy is None
    elif code in replies.REFUSALS:
        assert remedy is (Remedy.FIRST if day >= SINCE else Remedy.EITHER)
    elif code == "PARTIAL" and withheld != replies.NOT_INFORMATION:
        assert remedy is (Remedy.SPLIT if day >= SINCE else Remedy.EITHER)
    else:
        assert remedy is Remedy.EITHER


@given(CODES, GROUNDS, DAYS)
def test_whoever_must_go_to_reconsideration_first_is_told_so(code: str, withheld: str, day: date) -> None:
    remedy = remedy_of(code, withheld, day)
    text = remedy_text(remedy, day)
    assert bool(text) == (remedy is not None)
    assert ("应当自收到" in text and "先向" in text) == (remedy in (Remedy.FIRST, Remedy.SPLIT))
    assert ("6个月" in text) == (remedy in (Remedy.EITHER, Remedy.SPLIT))
    assert ("15日" in text) == (remedy in (Remedy.FIRST, Remedy.SPLIT))


def test_the_texts_are_those_of_the_law() -> None:
    day = date(2026, 3, 2)
    assert remedy_text(Remedy.FIRST, day, "决定", "决定书") == FIRST
    assert remedy_text(Remedy.EITHER, day) == EITHER
    assert remedy_text(Remedy.SPLIT, day) == SPLIT
    assert remedy_text(None, day) == ""


def test_partial_may_be_switched_to_the_common_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replies, "PARTIAL_NEEDS_RECONSIDERATION", False)
    assert remedy_of("PARTIAL", "DENY_PROCESS", date(2026, 3, 2)) is Remedy.EITHER


# The annual table.


def test_every_reply_has_a_row_and_every_result_row_a_reply() -> None:
    counted = {reply.row for reply in REPLIES.values()}
    results = {row for row in replies.ROWS if row.startswith("3.") and row != "3.7"}
    assert counted == results
    groups = ("3.1", "3.2", "3.3", "3.4", "3.5", "3.6")
    assert Counter(code for row in groups for code in replies.codes_of(row)) == Counter(REPLIES.keys())


def test_articles_are_cited_by_item_where_the_law_has_items() -> None:
    assert replies.cite(FOI[16, 2], FOI.item(36, 3)) == (
        "《中华人民共和国政府信息公开条例》第十六条第二款、第三十六条第（三）项"
    )


@pytest.fixture
def street(db: None) -> Office:
    return Office.objects.create(code="T1", name="中河街道", short="中河", level="street")


def _actor(street: Office, *roles: str) -> Actor:
    person = Person.objects.create(username="-".join(roles), name=roles[0])
    for role in roles:
        Post.objects.create(person=person, office=street, role=role, from_on=date(2000, 1, 1))
    return Actor.of(person)


def _received(**more: Any) -> dict[str, Any]:
    return {
        "title": "申请", "channel": "邮寄", "applicant_type": "自然人", "wanted": "某项材料。",
        "parties": [{"side": "applicant", "name": "王虚构"}], **more,
    }  # fmt: skip


# A life of random length: (steps with their distance in days, the reply) by chance.
def _life(chance: random.Random, opened: date) -> list[tuple[str, date, dict[str, Any]]]:
    applicant = chance.choice([label for _, label in replies.ApplicantType.choices])
    steps = [("receive", opened, _received(applicant_type=applicant))]

    def then(step: str, after: int, **answers: Any) -> None:
        steps.append((step, steps[-1][1] + timedelta(days=after), answers))

    end = chance.choice(("open", "withdraw", "abandon", "lapse", "draft", "reply", "reply", "reply", "reply"))
    if end == "withdraw":
        then("withdraw", chance.randint(0, 40))
    elif end == "abandon":
        then("ask_correction", 3, unclear="名称", correct_by=opened + timedelta(days=10))
        then("abandon", chance.randint(8, 60))
    elif end == "lapse":
        then("charge", 5, fee_by="按页", fee_units=31)
        then("lapse", chance.randint(50, 90))
    elif end != "open":
        codes = [code for code, reply in REPLIES.items() if reply.drafted and reply.row not in ("3.5.4", "3.4.3")]
        code = chance.choice([code for code in codes if code != "DENY_THIRD_PARTY"])
        then("draft", chance.randint(0, 20), reply=code, **_contents(code))
        if end == "reply":
            then("reply", chance.randint(0, 60))
            then("deliver", chance.randint(0, 30), served_by="邮寄")
    return steps


def _contents(code: str) -> dict[str, str]:
    filled = {group[0]: "写明的内容" for group in REPLIES[code].needs}
    return filled | ({"withheld": "DENY_PROCESS"} if "withheld" in filled else {})


def test_the_annual_table_adds_up_in_every_row_and_column(street: Office) -> None:
    chance = random.Random(20260302)
    start = date(2021, 1, 1)
    lives = [_life(chance, start + timedelta(days=chance.randint(0, 1200))) for _ in range(120)]
    plays = [rehearse(Request, Play(street, life), Actor.operator()) for life in lives]
    play_many(Request, plays)

    def of(name: str, year: int) -> int:
        return find_figure(f"disclosure.{name}").result(Period.year(year), street).value or 0  # type: ignore[return-value]

    for year in range(2021, 2025):
        assert of("requests", year) + of("carried_in", year) == of("finished", year) + of("carried_over", year)
        groups = ("granted", "partial", "denied", "unavailable", "unprocessed", "others")
        assert of("finished", year) == sum(of(name, year) for name in groups)
        assert of("carried_in", year + 1) == of("carried_over", year)
    assert sum(of("requests", year) for year in range(2021, 2026)) == len(lives)
    cells = Counter((case.row, case.column) for case in Request.objects.select_related("matter"))
    assert sum(n for (row, _), n in cells.items() if row) == sum(of("finished", year) for year in range(2021, 2026))
    assert {row for row, _ in cells} - {""} <= set(replies.ROWS)
    assert {column for _, column in cells} <= set(replies.ApplicantType.values)


# Every reply becomes a letter.


@pytest.mark.parametrize("code", [code for code, reply in REPLIES.items() if reply.drafted])
def test_every_reply_has_its_contents_and_its_letter(street: Office, code: str) -> None:
    clerk, head = _actor(street, "foi_officer"), _actor(street, "foi_head")
    day = date(2026, 3, 2)
    matter = open_matter("disclosure.request", actor=clerk, office=street, day=day, answers=_received())
    for step, answers in {
        "MASS": [("ask_reason", {"excess": "数量"}), ("explain", {"explanation": "无"})],
        "UNCLEAR_AFTER_CORRECTION": [
            ("ask_correction", {"unclear": "名称", "correct_by": date(2026, 3, 20)}),
            ("correct", {"wanted": "某项材料"}),
        ],
        "DENY_THIRD_PARTY": [
            ("consult", {"third_party": "某公司"}),
            ("hear", {"third_opinion": "不同意公开，有合理理由"}),
        ],
    }.get(code, []):
        act(matter, step, actor=clerk, day=day, answers=answers)
    contents = _contents(code)
    for group in REPLIES[code].needs:
        lacking = {name: text for name, text in contents.items() if name not in group}
        with pytest.raises(Refused, match="应当写明"):
            act(matter, "draft", actor=clerk, day=day, answers={"reply": code, **lacking})
    act(matter, "draft", actor=clerk, day=day, answers={"reply": code, **contents})
    entry = act(matter, "reply", actor=head, day=day, answers={})
    text = press.to_text(paper.issued(entry.envelope.open()))
    assert REPLIES[code].basis[-1].place in text
    assert "申请公开“某项材料”。" in text
    assert "{" not in text and "〔缺〕" not in text and "。。" not in text
    remedy = remedy_of(code, contents.get("withheld", ""), day)
    assert (FIRST in text) == (remedy is Remedy.FIRST)
    assert (EITHER in text) == (remedy is Remedy.EITHER)
    fresh = Matter.objects.get(pk=matter.pk)
    assert (fresh.case.row, fresh.state) == (REPLIES[code].row, "answered")


def test_what_the_third_party_reads_does_not_name_the_applicant(street: Office) -> None:
    clerk = _actor(street, "foi_officer")
    day = date(2026, 3, 2)
    matter = open_matter("disclosure.request", actor=clerk, office=street, day=day, answers=_received())
    entry = act(matter, "consult", actor=clerk, day=day, answers={"third_party": "某公司", "third_address": "某路2号"})
    assert "王虚构" not in press.to_text(paper.issued(entry.envelope.open()))
    third = Matter.objects.get(pk=matter.pk).parties[-1]
    assert (third["side"], third["name"], third["address"]) == ("third", "某公司", "某路2号")


# Fees.


def test_fees_of_the_published_examples() -> None:
    assert rules.processing_fee("item", 45) == 5500
    assert rules.processing_fee("page", 250) == 4700
    assert rules.processing_fee("item", 10) == rules.processing_fee("page", 30) == 0


@given(st.integers(0, 400))
def test_each_further_item_costs_by_its_decade(items: int) -> None:
    nth = items + 1
    price = 0 if nth <= 10 else 100 if nth <= 30 else 100 * ((nth - 1) // 10 - 1)
    assert rules.processing_fee("item", nth) - rules.processing_fee("item", items) == price


@given(st.integers(0, 1000))
def test_each_further_page_costs_by_its_band(pages: int) -> None:
    nth = pages + 1
    price = 0 if nth <= 30 else 10 if nth <= 100 else 20 if nth <= 200 else 40
    assert rules.processing_fee("page", nth) - rules.processing_fee("page", pages) == price


# Index numbers.


def test_the_check_sign_of_the_seed_page() -> None:
    assert catalogue.check_sign("79954841") == "2"
    catalogue.validate_index("79954841-2/2024-117203")


@given(st.text("0123456789", min_size=8, max_size=8), st.integers(0, 7), st.integers(1, 9))
def test_a_miscopied_digit_is_found(body: str, place: int, shift: int) -> None:
    index = f"{body}-{catalogue.check_sign(body)}/2024-1"
    catalogue.validate_index(index)
    wrong = body[:place] + str((int(body[place]) + shift) % 10) + body[place + 1 :]
    with pytest.raises(ValidationError, match="校验码应为"):
        catalogue.validate_index(index.replace(body, wrong, 1))


@pytest.mark.parametrize(
    "text", ["", "79954841-2/2024", "7995484-2/2024-1", "79954841-2/24-1", "79954841-2/2024-1234567"]
)
def test_a_misshapen_index_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="应写成"):
        catalogue.validate_index(text)


def test_a_past_publication_needs_its_index(street: Office) -> None:
    """Only a register's own count makes an index, and an imported life gets its count when it is written."""
    day = date(2023, 3, 1)
    told = {"title": "公告", "assembly": "其他", "subject": "其他", "genre": "公告"}
    life = [("draft", day, told), ("review", day, {"verdict": "可以公开"}), ("publish", day, {})]
    with pytest.raises(Refused, match="请填写索引号"):
        rehearse(Publication, Play(street, life), Actor.operator())
    life[-1] = ("publish", day, {"index_no": "79954841-2/2023-8"})
    assert rehearse(Publication, Play(street, life), Actor.operator()).case.index_no == "79954841-2/2023-8"


def test_the_folder_means_requests() -> None:
    assert find_kind("disclosure") is Request

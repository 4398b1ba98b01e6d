"""Generated reports: true ones give no finding; one digit that breaks an identity gives the right one; nothing raises."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hefa.claims import check

WHOLES = (
    "全年共受理各类矛盾纠纷{w}件",
    "2023年，街道累计受理矛盾纠纷{w}起",
    "今年以来，共收到群众诉求{w}件",
    "全区共办理行政执法案件{w}宗",
)
KINDS = ("婚姻家庭类", "邻里类", "物业类", "劳动争议类", "消费类", "合同类", "其他类")
LISTS = (
    "{whole}，其中{items、}。",
    "{whole}。其中，{items，}。",
    "{whole}（{items、}）。",
    "{whole}：{items；}。",
    "{whole}，包括{items、}。",
    "{whole}，其中{names}分别为{numbers}。",
)
DONE = (
    "受理纠纷{w}件，调解成功{p}件，调解成功率{r}。",
    "共收到{w}件，办结{p}件，办结率为{r}。",
    "受理纠纷{w}起，其中社区完成{p}件，占总数的{r}。",
    "社区办理{p}件，占全部{w}件的{r}。",
    "发现问题{w}个，完成整改{p}个，整改率达{r}。",
)
CHANGES = (
    "受理纠纷{n}件，同比{d}{r}。",
    "由上年的{b}件{to}{n}件，{d}{r}。",
    "受理案件{n}件，较上年的{b}件{d}{r}。",
    "2022年受理{b}件，2023年受理{n}件，{d}{r}。",
    "共受理信访{n}件，比上年{more}{x}件，{d}{r}。",
)


def percent(part: int, base: int, places: int = 2) -> str:
    return f"{(Decimal(part) * 100 / base).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)}%"


@dataclass
class Listing:
    whole: int
    parts: list[int]
    phrase: str
    whole_phrase: str

    def text(self) -> str:
        names = [*KINDS[: len(self.parts) - 1], "其他类"]
        unit = "起" if "{w}起" in self.whole_phrase else "宗" if "{w}宗" in self.whole_phrase else "件"
        items = [f"{n}{p}{unit}" for n, p in zip(names, self.parts, strict=True)]
        text = self.phrase
        for mark in "、，；":
            text = text.replace("{items" + mark + "}", mark.join(items))
        numbers = "、".join(f"{p}{unit}" for p in self.parts)
        return text.format(whole=self.whole_phrase.format(w=self.whole), names="、".join(names), numbers=numbers)


@st.composite
def listings(draw: st.DrawFn) -> Listing:
    parts = draw(st.lists(st.integers(1, 3000), min_size=2, max_size=6))
    return Listing(sum(parts), parts, draw(st.sampled_from(LISTS)), draw(st.sampled_from(WHOLES)))


def changed(number: int, place: int, digit: int) -> int:
    text = str(number)
    place %= len(text)
    return int(text[:place] + str(digit) + text[place + 1 :])


@settings(max_examples=150, deadline=None)
@given(listings())
def test_true_list_is_silent(listing: Listing) -> None:
    assert check(listing.text()).findings == ()


@settings(max_examples=150, deadline=None)
@given(listings(), st.integers(0, 6), st.integers(0, 3), st.integers(1, 9))
def test_list_with_one_digit_changed_is_named(listing: Listing, which: int, place: int, digit: int) -> None:
    which %= len(listing.parts) + 1
    true = sum(listing.parts)
    if which == 0:
        listing.whole = changed(listing.whole, place, digit)
    else:
        listing.parts[which - 1] = changed(listing.parts[which - 1], place, digit)
    total = sum(listing.parts)
    assume(total != listing.whole and listing.whole not in listing.parts)
    # A prefix of the list that fits the whole is a reading that no reader can exclude.
    assume(all(sum(listing.parts[:n]) != listing.whole for n in range(1, len(listing.parts))))
    assume(max(true, total) < 2 * min(listing.whole, true))
    assert "sum" in {f.rule for f in check(listing.text()).findings}, listing.text()


@settings(max_examples=150, deadline=None)
@given(st.integers(2, 9999), st.integers(1, 9999), st.integers(0, 2), st.sampled_from(DONE))
def test_true_rate_is_silent(whole: int, part: int, places: int, phrase: str) -> None:
    assume(1 < part < whole)
    assert check(phrase.format(w=whole, p=part, r=percent(part, whole, places))).findings == ()


@settings(max_examples=150, deadline=None)
@given(
    st.integers(20, 9999),
    st.integers(5, 9999),
    st.sampled_from(DONE),
    st.integers(0, 3),
    st.integers(1, 9),
    st.integers(0, 2),
)
def test_rate_with_one_digit_changed_is_named(
    whole: int, part: int, phrase: str, place: int, digit: int, which: int
) -> None:
    assume(4 < part < whole)
    rate = percent(part, whole)
    if which == 0:
        whole = changed(whole, place, digit)
    elif which == 1:
        part = changed(part, place, digit)
    else:
        digits = rate.rstrip("%")
        at = place % len(digits)
        assume(digits[at] != ".")
        rate = digits[:at] + str(digit) + digits[at + 1 :] + "%"
    assume(4 < part < whole)
    value, stated = Decimal(part) * 100 / whole, Decimal(rate.rstrip("%"))
    assume(abs(value - stated) > Decimal("0.005") and stated < 100)
    other = Decimal(part) * 100 / (whole + part)
    assume(abs(other - stated) > Decimal("0.02"))
    found = {f.rule for f in check(phrase.format(w=whole, p=part, r=rate)).findings}
    assert found & {"share", "truncated", "integer-rate"}, phrase.format(w=whole, p=part, r=rate)


def _change(phrase: str, now: int, base: int, rate: str) -> str:
    up = now > base
    return phrase.format(
        n=now,
        b=base,
        r=rate,
        d="增长" if up else "下降",
        to="增加到" if up else "下降到",
        more="增加" if up else "减少",
        x=abs(now - base),
    )


@settings(max_examples=150, deadline=None)
@given(st.integers(1, 5000), st.integers(1, 5000), st.integers(1, 2), st.sampled_from(CHANGES))
def test_true_change_is_silent(now: int, base: int, places: int, phrase: str) -> None:
    assume(now != base)
    rate = percent(abs(now - base), base, places)
    assume(Decimal(rate.rstrip("%")) > 0)
    assert check(_change(phrase, now, base, rate)).findings == ()


@settings(max_examples=150, deadline=None)
@given(st.integers(20, 5000), st.integers(20, 5000), st.sampled_from(CHANGES[1:]), st.integers(0, 4), st.integers(1, 9))
def test_change_with_one_digit_changed_is_named(now: int, base: int, phrase: str, place: int, digit: int) -> None:
    assume(now != base and abs(now - base) * 20 > base)
    right = percent(abs(now - base), base).rstrip("%")
    at = place % len(right)
    assume(right[at] not in (".", str(digit)))
    wrong = right[:at] + str(digit) + right[at + 1 :]
    found = {f.rule for f in check(_change(phrase, now, base, wrong + "%")).findings}
    assert found & {"integer-base", "truncated"}, _change(phrase, now, base, wrong + "%")


@settings(max_examples=200, deadline=None)
@given(
    st.text(
        alphabet=st.sampled_from(
            list(
                "零一二三百万亿0123456789.,，。、；：（）()%％占其中分别为同比增长下降率件起人年月余多近约《》法\n\t| -"
            ),
        ),
        max_size=200,
    )
)
def test_nothing_raises_on_the_alphabet_of_reports(text: str) -> None:
    result = check(text)
    result.to_json()
    for claim in result.claims:
        assert text[claim.start : claim.end] == claim.text


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_nothing_raises_on_any_text(text: str) -> None:
    check(text).to_json()

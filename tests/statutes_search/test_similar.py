"""The words of earlier matters: weighed among those that may be seen, and among no others."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hefa.statutes.similar.index import Index, asked, shared, telling

TITLES = {
    1: "清河湾3幢楼上卫生间渗水引发的邻里纠纷", 2: "春江里夜间噪声扰邻引发的纠纷", 3: "公司拖欠工资纠纷",
    4: "健身房预付卡退费引发的消费纠纷", 5: "楼上装修噪声纠纷",
}  # fmt: skip


def index(titles: dict[int, str] = TITLES) -> Index:
    made = Index()
    for matter, title in titles.items():
        made.put(matter, title)
    return made


def best(question: str, among: frozenset[int] = frozenset(TITLES), made: Index | None = None) -> list[int]:
    found = (made or index()).best(asked(question), among, 10)
    return [matter for matter, score, _ in sorted(found, key=lambda one: -one[1])]


def test_the_most_alike_is_first() -> None:
    assert best("楼上漏水")[0] == 1
    assert best("老板欠薪不给")[0] == 3
    assert best("健身卡退钱")[0] == 4
    assert best("今天天气不错") == []


def test_what_everybody_writes_and_numbers_of_houses_say_nothing() -> None:
    assert asked("引发的纠纷") == {} and asked("12幢3号") == {} and asked("") == {}
    assert telling("3幢渗水").split() == ["漏水"]


def test_only_the_given_ones_are_found_and_only_they_weigh() -> None:
    assert best("楼上噪声", frozenset({1, 3})) == [1]
    many = index(TITLES | {n: "楼上噪声纠纷" for n in range(10, 60)})
    assert many.best(asked("楼上噪声"), set(TITLES), 10) == index().best(asked("楼上噪声"), set(TITLES), 10)


def test_a_text_that_changes_is_found_by_what_it_says_now() -> None:
    made = index()
    made.put(3, "树木遮挡纠纷")
    assert best("拖欠工资", made=made) == [] and best("树木遮挡", made=made) == [3] and len(made) == len(TITLES)


def test_shared_words_are_whole_words_in_the_order_of_the_text() -> None:
    assert shared(telling("邻居家漏水，是楼上的"), TITLES[1]) == ("楼上", "漏水", "邻里")
    assert shared(telling("四季花园预付卡"), "万家和园预付卡退费") == ("预付卡",)
    assert shared(telling("什么都不像"), TITLES[3]) == ()


@given(st.text(max_size=200), st.text(max_size=200))
def test_any_text_can_be_kept_and_asked(text: str, question: str) -> None:
    made = index({1: text, 2: "楼上漏水"})
    for matter, score, share in made.best(asked(question), {1, 2}, 5):
        assert matter in (1, 2) and score > 0 and 0 <= share <= 1.001
    assert all(word in telling(text) for word in shared(telling(question), text))

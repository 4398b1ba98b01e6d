"""Properties of search that hold for any query, over a small library made here."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hefa.statutes.search import Library, Passage
from hefa.statutes.search import library as keeping
from hefa.statutes.search.lexicon import said, sayings

TEXTS = (
    ("民法典", "675", "第十二章 借款合同", "借款人应当按照约定的期限返还借款。"),
    ("民法典", "680", "第十二章 借款合同", "禁止高利放贷，借款的利率不得违反国家有关规定。"),
    ("民法典", "1245", "第九章 饲养动物损害责任", "饲养的动物造成他人损害的，动物饲养人或者管理人应当承担侵权责任。"),
    ("民法典", "1079", "第四章 离婚", "夫妻一方要求离婚的，可以由有关组织进行调解或者直接向人民法院提起离婚诉讼。"),
    ("劳动合同法", "85", "第七章 法律责任", "用人单位未及时足额支付劳动者劳动报酬的，由劳动行政部门责令限期支付。"),
    ("行政复议法", "20", "第二章 行政复议申请", "可以自知道或者应当知道该行政行为之日起六十日内提出行政复议申请。"),
    ("宪法", "1", "第一章 总纲", "中华人民共和国是工人阶级领导的、以工农联盟为基础的人民民主专政的社会主义国家。"),
)  # fmt: skip
SMALL = Library.of(Passage(law, number, text, heading) for law, number, heading, text in TEXTS)
EVERY_PAIR = sorted(
    {a + b for *_, text in TEXTS for a, b in itertools.pairwise(text) if "一" <= a <= "龥" and "一" <= b <= "龥"}
)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200) | st.text(alphabet="借钱不还怎么办老赖狗咬我了？《》第条 \n\0%_\"'(", max_size=60))
def test_no_query_fails_and_scores_fall(query: str) -> None:
    hits = SMALL.search(query, limit=5)
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert all(score > 0 for score in scores)
    assert len({(hit.law, hit.article) for hit in hits}) == len(hits) <= 5
    assert SMALL.search(query, limit=5) == hits


@pytest.mark.parametrize("pair", EVERY_PAIR)
def test_two_characters_are_found_wherever_they_stand(pair: str) -> None:
    held = {number for _, number, _, text in TEXTS if pair in text}
    found = {hit.article for hit in SMALL.search(pair, limit=len(TEXTS))}
    assert held <= found


def test_a_single_character_is_found() -> None:
    assert "1245" in {hit.article for hit in SMALL.search("饲")}


def test_everyday_words_reach_the_words_of_the_law_and_say_so() -> None:
    best = SMALL.search("同事借钱不还怎么办")[0]
    assert (best.law, best.article) == ("民法典", "675")
    assert any(word.startswith("〔") for word in best.why)
    assert SMALL.search("老板不发工资")[0].article == "85"
    assert SMALL.search("被狗咬伤谁赔")[0].article == "1245"


def test_a_query_of_stop_words_alone_is_still_a_query() -> None:
    assert SMALL.search("规定")[0].article == "680"


def test_nothing_is_found_of_nothing() -> None:
    assert SMALL.search("") == [] == SMALL.search("！？ …")
    assert SMALL.search("借款", limit=0) == []
    assert Library.of([]).search("借款") == []


def test_every_saying_means_something() -> None:
    for saying in sayings():
        assert saying.ways and (saying.means or saying.laws), saying
        assert all(word for way in saying.ways for word in way), saying
        assert "《" not in saying.means, saying
        assert saying in [one for _, one in said("".join(saying.ways[0]))]


def test_index_is_kept_and_made_anew_when_damaged(tmp_path, monkeypatch) -> None:
    path = tmp_path / "search" / "mark.npz"
    first = keeping._kept(path, SMALL.passages)
    made = []
    monkeypatch.setattr(keeping, "build", lambda passages: made.append(1) or first.index)
    again = keeping._kept(path, SMALL.passages)
    assert not made
    assert again.search("借款") == first.search("借款") == SMALL.search("借款")
    path.write_bytes(path.read_bytes()[:500])
    assert keeping._kept(path, SMALL.passages).search("借款") == SMALL.search("借款")
    assert made


def test_other_passages_another_mark() -> None:
    changed = [*SMALL.passages[:-1], Passage("宪法", "1", "别的字", "第一章 总纲")]
    assert keeping.mark(SMALL.passages) != keeping.mark(changed)
    assert keeping.mark(SMALL.passages) == keeping.mark(list(SMALL.passages))

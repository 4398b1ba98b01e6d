"""What kind of answer is asked for, and where a lawyer looks first."""

import pytest

from hefa.statutes.search import Library, Passage, intent
from hefa.statutes.search.lexicon import listened, said
from hefa.statutes.search.openings import Opened, Pointer, absent, openings, place

DUTY = Passage("电子商务法", "21", "电子商务经营者应当明示押金退还的方式，及时退还押金。", "第二章 电子商务经营者")
PENALTY = Passage("电子商务法", "78", "违反本法规定，不及时退还押金的，责令限期改正，处罚款。", "第六章 法律责任")
SHOP = Library.of([DUTY, PENALTY])
DIVORCE = Passage("民法典", "1079", "如果感情确已破裂，调解无效的，应当准予离婚。", "第四章 离婚")
MOVED = Passage("民法典", "1180", "如果感情确已破裂，调解无效的，应当准予离婚。", "第四章 离婚")
POINTER = Pointer("民法典", "1079", ("感情确已破裂",))


def test_a_question_about_the_penalty_lifts_the_article_on_liability() -> None:
    def share(question: str) -> float:
        scores = {hit.article: hit.score for hit in SHOP.search(question)}
        return scores["78"] / scores["21"]

    assert share("不及时退还押金面临什么") > 1.1 * share("不及时退还押金")
    assert intent.penal([DUTY, PENALTY]).tolist() == [False, True]


@pytest.mark.parametrize(
    ("question", "penalty", "own", "law"),
    [
        ("我的押金不退怎么办", False, True, False),
        ("根据哪条法律，商家会面临什么处罚？", True, False, True),
        ("小偷判几年", True, False, False),
        ("离婚后孩子归谁", False, False, False),
    ],
)
def test_intents(question: str, penalty: bool, own: bool, law: bool) -> None:
    found = (intent.asks_for_penalty(question), intent.own_story(question), intent.by_the_law(question))
    assert found == (penalty, own, law)


def test_topic_of_a_title_leaves_out_what_all_titles_say() -> None:
    assert intent.topic("社会保险法") == {"社会", "会保", "保险"}
    assert intent.topic("法") == frozenset()


def test_a_pointer_follows_its_words_when_the_number_has_moved() -> None:
    assert place(POINTER, {"1079": 0}, [DIVORCE]) == 0
    assert place(POINTER, {"1079": 0, "1180": 1}, [PENALTY, MOVED]) == 1
    assert place(POINTER, {"1180": 0, "1181": 1}, [MOVED, MOVED]) is None
    assert place(POINTER, {}, []) is None


def test_what_people_say_lifts_where_a_lawyer_looks_first() -> None:
    lifts = Opened.of([DUTY, DIVORCE]).lifts("老婆要跟我离 婚")
    assert lifts[0] == 0 < lifts[1] <= 1
    assert not Opened.of([DUTY, DIVORCE]).lifts("今天天气").any()


def test_every_opening_is_said_by_its_own_words() -> None:
    for entry in openings():
        assert entry.pointers and entry.said("".join(entry.ways[0])), entry
        assert all(pointer.law and pointer.number and all(pointer.words) for pointer in entry.pointers), entry


def test_the_narrower_opening_counts_for_more() -> None:
    plain = Passage("政府信息公开条例", "29", "公民申请获取政府信息的，应当向工作机构提出。", "")
    term = Passage("政府信息公开条例", "33", "应当自收到申请之日起20个工作日内予以答复。", "")
    lifts = Opened.of([plain, term]).lifts("申请信息公开多少天答复")
    assert lifts[1] > lifts[0] > 0


def test_a_word_is_heard_in_other_words_too() -> None:
    assert "担保" in listened("居委会可以给人作保吗") and "担保" not in listened("居委会几年换届")
    assert "初次违法" in listened("头一次占道也要罚吗")


def test_what_is_not_on_the_shelf_is_named_but_no_other_city_s_law() -> None:
    assert absent("信访多久答复", {"民法典"})[0].number == "34"
    assert not absent("信访多久答复", {"信访工作条例"}) and not absent("养犬要登记吗", {"民法典"})
    assert SHOP.absent("申请信息公开多少天答复")[0] == ("政府信息公开条例", "33")


@pytest.mark.parametrize(
    ("question", "short"),
    [
        ("老板拖欠三个月工资", "老板拖欠工资"),
        ("借给朋友五万块没有借条", "借给朋友没有借条"),
        ("拖欠2个多月的工资", "拖欠工资"),
    ],
)
def test_quantities_do_not_hide_what_is_said(question: str, short: str) -> None:
    assert listened(question) == f"{question} {short}"
    assert listened(short) == short


def test_a_key_inside_a_longer_one_of_other_laws_is_not_meant() -> None:
    def laws(question: str) -> set[str]:
        return {law for _, saying in said(question) for law, _ in saying.laws}

    assert "道路交通安全法" not in laws("街道要拆我家的违章建筑合法吗") and "城乡规划法" in laws("违章建筑")
    assert "道路交通安全法" in laws("开车违章被罚")


def test_where_the_longer_words_lead_elsewhere_only_they_lift() -> None:
    traffic = Passage("道路交通安全法", "90", "违反道路通行规定的，处警告或者罚款。", "")
    planning = Passage("城乡规划法", "64", "未取得建设工程规划许可证的，限期拆除。", "")
    lifts = Opened.of([traffic, planning]).lifts("街道要拆我家的违章建筑合法吗")
    assert lifts[0] == 0 and lifts[1] > 0

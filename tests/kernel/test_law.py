"""The law data and how it is cited."""

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hefa.kernel import law
from hefa.kernel.law import BadLaw, UnknownLaw, instrument, instruments, numeral

FOI = instrument("foi")
TODAY = dt.date(2026, 11, 22)


# --- numerals and citations -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("n", "text"),
    [
        *((1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (33, "三十三"), (100, "一百"), (101, "一百零一")),
        *((110, "一百一十"), (115, "一百一十五"), (205, "二百零五"), (463, "四百六十三"), (1000, "一千")),
        *((1001, "一千零一"), (1010, "一千零一十"), (1118, "一千一百一十八"), (1259, "一千二百五十九")),
        (1260, "一千二百六十"),
    ],
)
def test_numerals(n, text):
    assert numeral(n) == text


def value_of(text):
    total, digit = 0, 0
    for sign in text:
        if sign in "十百千":
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[sign]
            digit = 0
        else:
            digit = "零一二三四五六七八九".index(sign)
    return total + digit


@given(st.integers(1, 9999))
def test_numerals_read_back(n):
    assert value_of(numeral(n)) == n
    assert not re.search("零零|零$|零[十百千]", numeral(n))


@pytest.mark.parametrize("n", [0, -1, 10000])
def test_numbers_that_no_article_has(n):
    with pytest.raises(ValueError):
        numeral(n)


def test_article_paragraph_and_item_are_three_things():
    assert str(FOI[33]) == "《中华人民共和国政府信息公开条例》第三十三条"
    assert str(FOI[33, 2]) == "《中华人民共和国政府信息公开条例》第三十三条第二款"
    assert str(FOI.item(36, 4)) == "《中华人民共和国政府信息公开条例》第三十六条第（四）项"
    assert str(FOI.item(29, 2, paragraph=2)) == "《中华人民共和国政府信息公开条例》第二十九条第二款第（二）项"
    assert FOI[33, 2].short == "政府信息公开条例第三十三条第二款"
    assert FOI[33, 2].place == "第三十三条第二款"
    assert FOI[33] != FOI[33, 2] and FOI[33, 2] == FOI[33, 2] and len({FOI[33], FOI[33], FOI[33, 2]}) == 2


@pytest.mark.parametrize(
    ("cite", "said"),
    [
        (lambda: FOI[99], "没有登记.*第99条"),
        (lambda: FOI[33, 4], "3款，没有第4款"),
        (lambda: FOI[33, 0], "没有第0款"),
        (lambda: FOI[30, 1], "只有一款"),
        (lambda: FOI.item(36, 8), "7项，没有第8项"),
        (lambda: FOI.item(36, 0), "没有第0项"),
        (lambda: FOI.item(36, 4, paragraph=1), "只有一款"),
        (lambda: FOI.item(29, 1), "须写明第几款"),
        (lambda: FOI.item(33, 1, paragraph=2), "0项"),
        (lambda: FOI.term("never"), "没有登记.*“never”"),
        (lambda: FOI.date("never"), "没有登记.*“never”"),
        (lambda: instrument("no_such_law"), "没有 law/no_such_law.toml"),
        (lambda: instrument("holidays"), "没有 law/holidays.toml"),
    ],
)
def test_what_the_data_do_not_hold_cannot_be_cited(cite, said):
    with pytest.raises(UnknownLaw, match=said):
        cite()


def test_one_object_an_instrument():
    assert instrument("foi") is FOI
    assert {one.id for one in instruments()} >= {"foi", "mediation", "petition", "reconsideration", "internal"}


# --- terms ----------------------------------------------------------------------------------------------------------

TERMS = """
foi proactive 20 working 26 | foi correction_notice 7 working 30 | foi answer 20 working 33,2
foi extension 20 working 33,2 | foi third_party 15 working 32 | foi co_author 15 working 34
petition register 15 calendar 22,1 | petition inform 15 calendar 23,2
petition inform_forwarded 15 calendar 23,3 | petition object 5 working 23,3 | petition handle 60 calendar 34
petition extension 30 calendar 34 | petition ask_review 30 calendar 35 | petition review 30 calendar 35
petition recheck 30 calendar 36,1 | mediation confirmation 30 calendar 33,1
mediation committee_term 3 year 9,2 | ningbo_mediation mediation 1 month 27
ningbo_mediation filing 30 working 13,1 | medical_dispute accept 3 working 30,1
medical_dispute mediation 30 working 34 | confirmation_rules accept 3 calendar 4,1
confirmation_rules decide 15 calendar 5,1 | civil_procedure confirmation 30 calendar 205
reconsideration apply 60 calendar 20,1 | reconsideration apply_untold 1 year 20,3
reconsideration accept 5 working 30,1 | reconsideration correct 10 working 31,2
reconsideration serve_copy 7 working 48 | reconsideration reply 10 working 48
reconsideration reply_simple 5 working 54,1 | reconsideration serve_copy_simple 3 working 54,1
reconsideration decide 60 calendar 62,1 | reconsideration extension 30 calendar 62,1
reconsideration forward 5 working 32,2 | reconsideration decide_simple 30 calendar 62,2
reconsideration opinion_report 60 calendar 76 | litigation sue_after_reconsideration 15 calendar 45
litigation sue 6 month 46,1 | litigation wait 2 month 47,1 | litigation answer 15 calendar 67,1
litigation appeal 15 calendar 85 | litigation appeal_ruling 10 calendar 85 | penalty decide 90 calendar 60
penalty hold 7 working 56 | penalty ask_hearing 5 working 64 | penalty serve 7 working 61,1
penalty pay 15 calendar 67,3 | penalty withdraw 3 working 48,2 | penalty time_bar 2 year 36,1
compulsion apply_court 3 month 53 | compulsion demand 10 working 54
zhejiang_enforcement qualification 5 year 28,2 | decision public_comment 30 calendar 15,1
decision legality 7 working 26,2 | business_environment public_comment 30 calendar 62,2
zhejiang_audit rectify 60 calendar 39,2 | audit comment 10 calendar 44
residents_committee handover 10 calendar 25 | privacy assessment_retention 3 year 56,2
archives_rules transfer 10 year 20,2 | procurement filing 7 working 47
"""


@pytest.mark.parametrize("row", [row.strip() for row in re.split(r"[|\n]", TERMS) if row.strip()])
def test_the_terms_of_the_domain(row):
    id, name, days, unit, place = row.split()
    term = instrument(id).term(name).on(TODAY)
    assert (term.days, term.unit) == (int(days), unit)
    number, _, paragraph = place.partition(",")
    assert (term.article.number, term.article.paragraph) == (int(number), int(paragraph) if paragraph else None)
    assert term.label


def test_a_term_is_read_on_its_day():
    answer = FOI.term("answer")
    assert answer.on(dt.date(2019, 5, 15)).text == "20个工作日"
    assert answer.basis(TODAY) == FOI[33, 2]
    with pytest.raises(UnknownLaw, match="2019-05-14没有施行中的期限“answer”"):
        answer.on(dt.date(2019, 5, 14))


def test_internal_limits_are_not_law():
    follow_up = instrument("internal").term("follow_up").on(TODAY)
    assert (follow_up.days, follow_up.unit, follow_up.verified, follow_up.article) == (30, "calendar", False, None)
    assert follow_up.citation == "内部时限"
    assert all("内部时限" in term.label for rows in instrument("internal").terms.values() for term in rows)


def test_what_is_unverified_says_what_is_unverified():
    for one in instruments():
        assert one.verified or one.remark, one.id
        assert one.source and one.issuer, one.id


def test_yearly_dates_do_not_roll():
    assert FOI.date("annual_report").in_year(2027) == dt.date(2027, 1, 31)  # a Sunday
    up = instrument("report_duty").date("report_up")
    assert (up.in_year(2023), up.in_year(2024)) == (dt.date(2023, 2, 28), dt.date(2024, 2, 29))


def test_counting_rules_follow_the_procedure():
    assert str(law.counting("roll", FOI)) == "《中华人民共和国民法典》第二百零三条第一款"
    assert str(law.counting("start")) == "《中华人民共和国民法典》第二百零一条第一款"
    assert law.counting("roll", instrument("reconsideration")) == instrument("civil_procedure")[85, 3]
    assert law.counting("month", instrument("litigation")) == instrument("civil_code")[202]


# --- the files against law texts, where those are at hand -----------------------------------------------------------


def articles_of(text):
    """number → lines, from a text whose articles begin a line."""
    found, current = {}, None
    for line in text.split("INFO END -->")[-1].splitlines():
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        opening = re.match(r"第([零一二三四五六七八九十百千]+)条[\s　]+(.*)", line)
        if opening:
            current = found.setdefault(value_of(opening[1]), [])
            line = opening[2]
        if current is not None:
            current.append(line)
    return found


@pytest.mark.parametrize(
    "title",
    [
        "政府信息公开条例",
        "信访工作条例",
        "重大行政决策程序暂行条例",
        "优化营商环境条例",
        "公平竞争审查条例",
        "宁波市人民调解条例",
        "浙江省综合行政执法条例",
        "宁波市法治乡村建设促进条例",
        "浙江省审计条例",
        "浙江省农村集体资产管理条例",
        "浙江省信访条例",
        "宁波市医疗纠纷预防与处置条例",
        "档案法实施条例",
        "政府采购法实施条例",
    ],
)
def test_paragraphs_and_items_are_those_of_the_text(title, shared):
    made = next(one for one in instruments() if one.short == title)
    texts = articles_of(next((shared / "data" / "laws").glob(f"*/{title}*.md")).read_text(encoding="utf-8"))
    for number, declared in made.provisions.items():
        lines = texts[number]
        items: dict[int, int] = {}
        paragraphs = 0
        for line in lines:
            if re.match(r"[（(][一二三四五六七八九十]+[)）]", line):
                items[paragraphs] = items.get(paragraphs, 0) + 1
            else:
                paragraphs += 1
        assert (declared.paragraphs, dict(declared.items)) == (paragraphs, items), f"第{number}条"
    for rows in made.terms.values():
        for term in rows:
            place = "".join(texts[term.article.number])
            unit = {"working": "个工作日", "calendar": "日", "month": "个月", "year": "年"}[term.unit]
            assert any(f"{n}{unit}" in place for n in (term.days, numeral(term.days))) or not term.verified, term.label


# --- faulty files ---------------------------------------------------------------------------------------------------

HEAD = """id = "made_up"
name = "《样本条例》"
short = "样本条例"
issuer = "本机关"
in_force_from = 2020-01-01
source = "样本"
verified = true
articles = [{ number = 3, paragraphs = 2, items = { 2 = 4 }, gist = "样本" }]
"""
TERM = '[[terms]]\nname = "answer"\nlabel = "期限"\ndays = 5\nunit = "working"\n'


def made_up(folder, text):
    (folder / "made_up.toml").write_text(text, encoding="utf-8")
    return law._instrument(folder, "made_up")


def test_a_later_row_replaces_an_earlier_one(tmp_path):
    later = TERM.replace("days = 5", "days = 3") + "in_force_from = 2024-07-01\n"
    one = made_up(tmp_path, HEAD + TERM + "article = [3, 2, 4]\n" + later)
    term = one.term("answer")
    assert [term.on(dt.date(2024, 6, 30)).days, term.on(dt.date(2024, 7, 1)).days] == [5, 3]
    assert str(term.on(dt.date(2024, 6, 30)).article) == "《样本条例》第三条第二款第（四）项"


def test_a_row_that_ended_is_no_longer_in_force(tmp_path):
    term = made_up(tmp_path, HEAD + TERM + "in_force_to = 2024-06-30\n").term("answer")
    assert term.on(dt.date(2024, 6, 30)).days == 5
    with pytest.raises(UnknownLaw):
        term.on(dt.date(2024, 7, 1))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (HEAD + 'colour = "red"\n', "不认识的键“colour”"),
        (HEAD.replace('issuer = "本机关"\n', ""), "缺少键“issuer”"),
        (HEAD.replace("2020-01-01", '"2020-01-01"'), "键“in_force_from”的值"),
        (HEAD.replace('id = "made_up"', 'id = "other"'), "键“id”应与文件名一致"),
        (HEAD.replace("number = 3", 'number = 3, colour = "red"'), "第3条：不认识的键“colour”"),
        (HEAD.replace("2 = 4", "3 = 4"), "指到了没有的款"),
        (HEAD.replace("2 = 4", "x = 4"), "键“items”"),
        (HEAD + TERM + "article = [4]\n", "期限“answer”：键“article”：.*第4条"),
        (HEAD + TERM + "article = [3, 3]\n", "没有第3款"),
        (HEAD + TERM.replace('"working"', '"weeks"'), "键“unit”只能是"),
        (HEAD + TERM.replace("days = 5", "days = 0"), "须为正整数"),
        (HEAD + TERM.replace("days = 5", "days = true"), "键“days”的值"),
        (HEAD + TERM + "colour = 1\n", "期限“answer”：不认识的键“colour”"),
        (HEAD + TERM + TERM, "有两行"),
        (HEAD + '[[dates]]\nname = "a"\nlabel = "a"\nmonth = 13\nday = 1\n', "日期“a”"),
        (HEAD + "[[terms", "不是有效的 TOML"),
    ],
)
def test_a_faulty_file_is_refused_with_file_and_key(text, said, tmp_path):
    with pytest.raises(BadLaw, match=said) as refused:
        made_up(tmp_path, text)
    assert "made_up.toml" in str(refused.value)


def test_the_folder_can_be_named(tmp_path, monkeypatch):
    (tmp_path / "made_up.toml").write_text(HEAD, encoding="utf-8")
    monkeypatch.setenv("HEFA_LAW", str(tmp_path))
    law.folder.cache_clear()
    try:
        assert [one.id for one in instruments()] == ["made_up"]
    finally:
        monkeypatch.undo()
        law.folder.cache_clear()
    assert instrument("foi") is FOI

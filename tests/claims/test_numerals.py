"""Numbers, their units and what their printed form can stand for; and what is no claim."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hefa.claims import check
from hefa.claims.numerals import chinese


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("三百二十一", 321),
        ("两千零五", 2005),
        ("一万二千三百", 12300),
        ("十", 10),
        ("二十", 20),
        ("十五", 15),
        ("一百零八", 108),
        ("二〇二三", 2023),
        ("三亿五千万", 350000000),
        ("九十五点五", Decimal("95.5")),
        ("两", 2),
    ],
)
def test_chinese(text: str, value: Decimal) -> None:
    assert chinese(text) == value


def _write(n: int) -> str:
    """A Chinese numeral below ten thousand, written the plain way."""
    digits, places = "零一二三四五六七八九", ("", "十", "百", "千")
    text, zero = "", False
    for place in range(3, -1, -1):
        digit = n // 10**place % 10
        if digit:
            text += ("零" if zero and text else "") + digits[digit] + places[place]
            zero = False
        else:
            zero = True
    return text


@given(st.integers(1, 9999))
def test_chinese_round_trip(n: int) -> None:
    assert chinese(_write(n)) == n


@pytest.mark.parametrize(
    ("text", "value", "unit", "low", "high"),
    [
        ("受理纠纷1476起", 1476, "起", 1476, 1476),
        ("受理１，４７６件", 1476, "件", 1476, 1476),
        ("受理1,476件", 1476, "件", 1476, 1476),
        ("受理 321 146 件", 321146, "件", 321146, 321146),
        ("受理3.2万件", 32000, "件", 31500, 32500),
        ("罚款1753.79万元", 17537900, "元", 17537850, 17537950),
        ("接访60余次", 60, "次", 60, 70),
        ("接访1200多人次", 1200, "人次", 1200, 1300),
        ("近500场", 500, "场", 400, 500),
        ("2万余人", 20000, "人", 20000, 30000),
        ("约300件", 300, "件", 200, 400),
        ("争创1-2家", 1, "家", 1, 2),
        ("增长20.08%", Decimal("20.08"), "%", Decimal("20.075"), Decimal("20.085")),
        ("增长百分之二十", 20, "%", Decimal("19.5"), Decimal("20.5")),
        ("占九成", 9, "成", Decimal("8.5"), Decimal("9.5")),
        ("提高2.7个百分点", Decimal("2.7"), "百分点", Decimal("2.65"), Decimal("2.75")),
        ("配备八个社区", 8, "个", 8, 8),
        ("纠纷三百二十一件", 321, "件", 321, 321),
        ("增减-3件", -3, "件", -3, -3),
        ("1.26亿元", 126000000, "元", 125500000, 126500000),
    ],
)
def test_claim(text: str, value: Decimal, unit: str, low: Decimal, high: Decimal) -> None:
    claims = check(text).claims
    assert [(c.value, c.unit, c.low, c.high) for c in claims] == [(value, unit, low, high)]
    assert text[claims[0].start : claims[0].end] == claims[0].text


@pytest.mark.parametrize(
    "text",
    [
        "2023年3月14日",
        "2021-2022年度",
        "2024-03-14 11:29",
        "一季度",
        "1-6月",
        "1—11月份",
        "二〇二三年",
        "3月15日消费者权益日",
        "“12·4”国家宪法日",
        "甬政发〔2023〕12号",
        "（2023）浙0212行初12号",
        "第三十三条第一款第（二）项",
        "第1476号",
        "第13次会议",
        "中山路128号3幢2单元302室",
        "联系电话：0574-87654321",
        "手机13800000000",
        "身份证990000199001011234",
        "索引号79954841-2/2024-117203",
        "邮编：315100",
        "12345热线",
        "110、12348平台",
        "24小时值班",
        "7×24小时",
        "5S管理",
        "4A级",
        "“三重一大”",
        "一岗双责",
        "“1+8+N”体系",
        "“15分钟”调解圈",
        "15分钟矛盾调解圈",
        "10余年的纠纷",
        "近三年来",
        "四个意识、两个维护",
        "二十届三中全会",
        "一个入口、一个出口",
        "“八五”普法",
        "1. 加强领导\n2、完善制度\n（3）强化督查",
        "35岁以下",
        "两路两侧",
        "三驾马车",
        "最后一公里",
        "三年一轮",
        "1/4左右",
        "《条例（2020年修订）》",
        "60年一遇",
        "上午8:30-11:30",
        "一村一法律顾问",
        "V2.0版",
        "5G网络",
    ],
)
def test_no_claim(text: str) -> None:
    assert [c.text for c in check(text).claims] == []


@pytest.mark.parametrize(
    "text", ["电话254件", "燃气类120处", "婚姻110件、邻里120件", "热线532件", "适用认罪认罚从宽制度审结378件"]
)
def test_a_count_that_looks_like_a_line_number(text: str) -> None:
    claims = check(text).claims
    assert claims and all(c.role == "count" for c in claims)


def test_offsets_survive_blanks_and_widths() -> None:
    text = "共 受理 １，４７６ 起 ,占 41.73 ％ 。"
    assert [text[c.start : c.end] for c in check(text).claims] == ["１，４７６ 起", "41.73 ％"]

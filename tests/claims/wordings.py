"""Sentences in the wording of streets, hotlines, courts, auditors: the numbers are drawn, the arithmetic is right."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

# {t} the whole, {a}{b}{c}… its parts.
LISTS = (
    "按来源分：电话{a}件、网络{b}件、市级转办{c}件，共计{t}件。",
    "新收行政复议申请{t}件，涉及公安{a}件、市场监管{b}件、人力社保{c}件、其他{d}件。",
    "全市现有人民调解委员会{t}个，包括村（居）调委会{a}个、乡镇（街道）调委会{b}个、行业性调委会{c}个。",
    "县级受理{a}件、乡镇级受理{b}件、村级受理{c}件，三级共受理{t}件；其中重大疑难案件单独建档。",
    "排查安全隐患{t}处，立行立改{a}处，限期整改{b}处，下发整改通知书30份。",
    "行政复议机关收到复议申请{t}件，受理{a}件，不予受理{b}件。",
    "指派法律援助案件{t}件，刑事{a}件、民事{b}件、行政{c}件，接待咨询860人次。",
    "回访{t}件，其中满意{a}件，基本满意{b}件，不满意{c}件，满意率较高。",
    "主动公开政府信息{t}条，其中通过政府网站公开{a}条，通过“两微一端”公开{b}条。",
    "审查各类文件合计{t}份：规范性文件{a}份，合同{b}份，其他重大事项{c}份。",
    "一般公共预算支出{t}万元，其中：基本支出{a}万元，项目支出{b}万元，其他支出{c}万元。",
    "收入总计{t}万元（其中本级收入{a}万元、上级补助收入{b}万元、上年结转{c}万元）。",
    "四个季度分别受理纠纷{a}件、{b}件、{c}件、{d}件，全年共计{t}件。",
)
# {b} the base, {p} the part, {r} their rate.
RATES = (
    "组织{b}名工作人员报名参加考试，{p}人取得合格成绩，通过率为{r}。",
    "法治督察反馈的{b}个问题已整改销号{p}个，整改完成率{r}。",
    "审结民商事案件{b}件，标的额12.35亿元，调解、撤诉{p}件，调撤率{r}。",
    "全镇一般公共预算收入完成{p}万元，完成年初预算{b}万元的{r}。",
    "“三公”经费年初预算{b}万元，实际支出{p}万元，为预算的{r}。",
    "12345工单按时办结{p}件，占工单总数{b}件的{r}。",
    "本月平台登记群众诉求{b}件，环比基本持平；其中直接解答{p}件，占{r}，其余转派承办单位。",
    "发出司法建议{b}份，收到反馈{p}份，反馈率{r}。",
    "全局在岗执法人员{b}人，持有效行政执法证{p}人，持证率{r}。",
)
# {n} now, {o} before, {w} up or down, {r} by how much.
CHANGES = (
    "2024年公开信息{n}条，2023年公开{o}条，同比{w}{r}。",
    "全年受理信访件{n}件（上年{o}件），同比{w}{r}。",
    "噪声类诉求由上月的{o}件变化到{n}件，环比{w}{r}。",
    "调解成功案件{n}件，去年同期为{o}件，同比{w}{r}。",
)
# {i} received, {c} carried in, {d} done, {z} open.
FLOWS = (
    "2024年，我院新收各类案件{i}件，旧存{c}件，审执结{d}件，未结{z}件。",
    "上级交办信访积案{t}件，已化解{d}件，剩余{z}件均已明确包案领导。",
    "全年发生行政应诉案件{t}件，已审结{d}件，尚有{z}件在审。",
    "全年新收政府信息公开申请{i}件，上年结转{c}件；办结{d}件，结转下年度办理{z}件。",
)
NAMES = "abcd"


@dataclass(frozen=True)
class Wording:
    """A template with its true numbers."""

    phrase: str
    numbers: dict[str, str]

    @property
    def text(self) -> str:
        return self.phrase.format(**self.numbers)

    def mutants(self, rng: random.Random) -> Iterator[str]:
        """Each number that the template prints with one digit changed."""
        for name, number in self.numbers.items():
            if name != "w" and f"{{{name}}}" in self.phrase:
                yield self.phrase.format(**self.numbers | {name: changed(rng, number)})


def changed(rng: random.Random, number: str) -> str:
    places = [i for i, c in enumerate(number) if c.isdigit()]
    while True:
        at, digit = rng.choice(places), rng.choice("0123456789")
        if digit != number[at] and not (digit == "0" and at == 0 and len(number) > 1):
            return number[:at] + digit + number[at + 1 :]


def percent(part: int, base: int) -> str:
    return f"{(Decimal(part) * 100 / base).quantize(Decimal('0.01'), ROUND_HALF_UP)}%"


def drawn(rng: random.Random) -> Iterator[Wording]:
    """One true wording of every template."""
    for phrase in LISTS:
        parts = [rng.randint(20, 900) for name in NAMES if f"{{{name}}}" in phrase]
        numbers = {name: str(p) for name, p in zip(NAMES, parts, strict=False)}
        yield Wording(phrase, numbers | {"t": str(sum(parts))})
    for phrase in RATES:
        base = rng.randint(200, 3000)
        part = rng.randint(base // 3, base - 10)
        yield Wording(phrase, {"b": str(base), "p": str(part), "r": percent(part, base)})
    for phrase in CHANGES:
        now, old = rng.sample(range(150, 2000), 2)
        up = "上升" if now > old else "下降"
        yield Wording(phrase, {"n": str(now), "o": str(old), "w": up, "r": percent(abs(now - old), old)})
    for phrase in FLOWS:
        took, carried, left = rng.randint(300, 3000), rng.randint(5, 90), rng.randint(5, 90)
        both = {"i": took, "c": carried} if "{i}" in phrase else {"t": took + carried}
        flow = both | {"d": took + carried - left, "z": left}
        yield Wording(phrase, {k: str(v) for k, v in flow.items()})

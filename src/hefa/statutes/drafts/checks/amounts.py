"""Figures that must agree: words and digits, parts and total, tax, earnest money, penalties (GC-03, GC-05, GC-14)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ..draft import Draft
from ..money import FIGURE, Amount, capitals, figures, in_words, money, shown
from ..pattern import Hit
from ..rule import Rule
from ..words import NUMBER, count, percent
from .registry import serves
from .tables import stated_total, table_sums

_CENT = Decimal("0.01")
_TOTAL = (
    r"(?:(?<!单)总价(?!值)|合同总(?:价款|金额|价|额)?|总价款?|合同价款|总金额|合同金额|货款总额|标的额"
    r"|服务费总额|合同价|总费用|租金总额|总计|合计|(?:费|款)共计)"
)
TOTAL_AMOUNT = re.compile(
    _TOTAL
    + r"[^。;\n]{0,22}?(?:(?:[¥￥]\s*)?(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(万元|元|亿元)"
    + r"|[¥￥]\s*(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?))"
)


def _total_of(match: re.Match[str]) -> Decimal | None:
    return money(match[1], match[2]) if match[1] else money(match[3])


@serves("GC-03")
def amounts_agree(draft: Draft, rule: Rule) -> Iterator[Hit]:
    yield from words_and_digits(draft, rule)
    yield from _parts(draft)
    yield from _tax(draft, rule)
    yield from _instalments(draft)
    yield from _listed(draft)
    yield from _repeated(draft)
    in_tables = list(table_sums(draft))
    yield from in_tables or stated_total(draft)


@serves("words_and_digits")
def words_and_digits(draft: Draft, rule: Rule) -> Iterator[Hit]:
    """大写 beside 小写: the figure that stands nearest in the same line is meant."""
    text = draft.plain
    for words in capitals(text):
        near = _beside(text, words)
        if near is not None and abs(near.value - words.value) >= _CENT:
            start, end = min(words.start, near.start), max(words.end, near.end)
            said = f"{{where}}的大写（{shown(words.value)}元）与小写（{shown(near.value)}元）不一致。请核对，改为一致。"
            yield Hit(start, end, message=said)


def _beside(text: str, words: Amount) -> Amount | None:
    after = re.match(r"[^。;\n]{0,28}", text[words.end :])
    stop = words.end + (after.end() if after else 0)
    for one in _marked(text, words.end, stop):
        gap = text[words.end : one.start]
        if not re.search(r"其中|税额|单价|首付|定金|保证金|每", gap):
            return one
        break
    line = max(text.rfind(sign, 0, words.start) for sign in "\n。;") + 1
    before = [one for one in _marked(text, max(line, words.start - 40), words.start)]
    if before and not re.search(r"其中|税额|单价|,\D{0,12}(?:金额|价款)", text[before[-1].end : words.start]):
        return before[-1]
    return None


def _marked(text: str, start: int, stop: int) -> Iterator[Amount]:
    """Digits that say that they are money, or that stand behind 小写."""
    for match in FIGURE.finditer(text, start, stop):
        lead = text[max(start, match.start() - 8) : match.start("value")]
        is_money = (
            match["mark"]
            or match["unit"] in ("元", "万元", "亿元", "圆")
            or "小写" in lead
            or re.search(r"[¥￥]", lead)
        )
        if is_money and (value := money(match["value"], match["unit"] or "")) is not None:
            yield Amount(value, match.start(), match.end())


def _parts(draft: Draft) -> Iterator[Hit]:
    """Total and, behind 其中 or 包括, its parts. A list far below the total is taken for a partial one."""
    text = draft.plain
    for match in TOTAL_AMOUNT.finditer(text):
        total = _total_of(match)
        sentence = draft.sentence(match.start())
        tail = text[match.end() : sentence.end]
        lead = re.search(r"其中|包括|由以下|分别为|构成|组成|明细", tail)
        if not lead or total is None or re.search(r"税率|不含税|等[。,]|暂列|安全文明|每", tail):
            continue
        stop = sentence.end
        if tail.rstrip().endswith((":", "下:")) or (tail.strip() and tail.rstrip()[-1] == ";"):
            stop = min(draft.article(match.start()).end, sentence.end + 200)
        parts = list(figures(text, match.end() + lead.end(), stop))
        parts = [one for one in parts if one.value < total or one.value == total]
        found = sum((one.value for one in parts), Decimal(0))
        if len(parts) >= 2 and found != total and found * 10 >= total * 7:
            yield Hit(
                match.start(),
                parts[-1].end,
                message=f"{{where}}分项相加为{shown(found)}元，与总价{shown(total)}元不一致。请核对。",
            )


_LISTED = re.compile(
    r"(?:构成|组成|包括|其中|如下|明细|分别为)[^。;\n:]{0,8}[:,]?(?P<parts>[^。;\n]{12,300}?)[,、](?:以上)?(?:合计|共计|总计|合共)"
)


# The same without a word that leads in: every piece from the start of the sentence is a name and a sum.
_BARE_LIST = re.compile(
    r"(?:^|(?<=[。;:\n]))(?P<parts>(?:[^。;\n,、:\d]{1,14}[¥￥]?\d[\d,.]*(?:万)?元[,、]){2,})(?:以上)?(?:合计|共计|总计|合共)"
)


def _listed(draft: Draft) -> Iterator[Hit]:
    """Parts first, then 合计: each part a name and a sum."""
    for match in (*_LISTED.finditer(draft.plain), *_BARE_LIST.finditer(draft.plain)):
        end = draft.sentence(match.start()).end
        total = next(figures(draft.plain, match.end(), min(end, match.end() + 60)), None)
        pieces = [one for one in re.split(r"[,、](?!\d{3})", match["parts"]) if one.strip()]
        parts = [list(figures(one)) for one in pieces]
        if total is None or len(parts) < 2 or any(len(one) != 1 for one in parts):
            continue
        if re.search(r"[每/×*折]|单价|首[付期]|预付", match["parts"]):
            continue
        found = sum((one[0].value for one in parts), Decimal(0))
        if found != total.value:
            said = f"{{where}}分项相加为{shown(found)}元，与合计{shown(total.value)}元不一致。请核对。"
            yield Hit(match.start(), total.end, message=said)


_EACH_YEAR = re.compile(
    rf"每年(?:度)?[^。;\n\d]{{0,24}}?[¥￥]?\s*([\d,]+(?:\.\d+)?)[^。;\n\d]{{0,16}}?({NUMBER})年(?:合计|共计|总计|总价|总额|共)"
)
_IN_PARTS = re.compile(
    rf"分\s*({NUMBER})\s*[期次](?!间)[^。;\n]{{0,12}}?(?:支付|付清|付款)?[^。;\n]{{0,6}}?(?:每[期次])[^。;\n\d]{{0,16}}?[¥￥]?\s*([\d,]+(?:\.\d+)?)\s*(万)?元?"
)


def _repeated(draft: Draft) -> Iterator[Hit]:
    """A sum a year and for all years; a sum an instalment and in all."""
    for match in _EACH_YEAR.finditer(draft.plain):
        each, years = money(match[1]), count(match[2])
        total = next(figures(draft.plain, match.end(), min(match.end() + 40, draft.sentence(match.start()).end)), None)
        if each and years and total and each * years != total.value:
            said = f"{{where}}每年{shown(each)}元，{years}年应为{shown(each * years)}元，写的是{shown(total.value)}元。请核对。"
            yield Hit(match.start(), total.end, message=said)
    for match in _IN_PARTS.finditer(draft.plain):
        number, each = count(match[1]), money(match[2], match[3] or "")
        before = list(figures(draft.plain, draft.sentence(match.start()).start, match.start()))
        if number and each and before and number < 60 and all(each * number != one.value for one in before):
            said = f"{{where}}分{number}期、每期{shown(each)}元，共{shown(each * number)}元，与总额{shown(before[-1].value)}元不一致。请核对。"
            yield Hit(match.start(), match.end(), message=said)


_NET = re.compile(r"不含税(?:价款|金额|价格|总价|价|合同价)*[^。;,\n\d]{0,14}?([\d,]+(?:\.\d+)?)\s*(万元|元)")
_GROSS = re.compile(
    r"(?<!不)含税(?:价款|金额|价格|总价|价|合同价|总金额)*[^。;,\n\d]{0,14}?([\d,]+(?:\.\d+)?)\s*(万元|元)|(?:价税合计)[^。;,\n\d]{0,14}?([\d,]+(?:\.\d+)?)\s*(万元|元)"
)
_TAX = re.compile(r"(?:税额|税金|增值税额|增值税税额|税款)[^。;,\n\d%]{0,10}?([\d,]+(?:\.\d+)?)\s*(万元|元)")
_RATE = re.compile(
    r"(?:增值税)?(?:税率|征收率)[^。;,\n\d]{0,8}?(\d+(?:\.\d+)?)\s*%|(\d+(?:\.\d+)?)\s*%\s*的?(?:增值税(?:专用|普通)?发票|增值税)"
)


def _tax(draft: Draft, rule: Rule) -> Iterator[Hit]:
    for article in _articles(draft, _RATE, _TAX, _NET):
        text = draft.plain[article[0] : article[1]]
        net, gross, tax = (_amount(one.search(text)) for one in (_NET, _GROSS, _TAX))
        rate = _RATE.search(text)
        percent_of = Decimal(rate[1] or rate[2]) if rate else None
        if (
            rate
            and percent_of is not None
            and percent_of not in {Decimal(str(one)) for one in rule.limits.get("tax_rates", ())}
            and rule.limits
        ):
            yield Hit(
                article[0] + rate.start(),
                article[0] + rate.end(),
                message="{where}写“{quote}”，现行增值税没有这一档税率、征收率。请核对。",
            )
            continue
        for left, right, said in _identities(net, gross, tax, percent_of):
            if abs(left - right) > max(Decimal(1), right / 2000):
                place = _TAX.search(text) or _NET.search(text) or rate
                assert place is not None
                yield Hit(
                    article[0] + place.start(),
                    article[0] + place.end(),
                    message=f"{{where}}{said}：应为{shown(right)}元，写的是{shown(left)}元。请核对。",
                )
                break


def _identities(
    net: Decimal | None, gross: Decimal | None, tax: Decimal | None, rate: Decimal | None
) -> Iterator[tuple[Decimal, Decimal, str]]:
    """(written, computed, what) for each identity between the four that can be asked."""
    if net is not None and gross is not None and tax is not None:
        yield gross, net + tax, "含税价不等于不含税价加税额"
    if net is not None and rate is not None:
        if tax is not None:
            yield tax, net * rate / 100, "税额不等于不含税价乘税率"
        if gross is not None:
            yield gross, net * (100 + rate) / 100, "含税价与不含税价、税率对不上"
    elif gross is not None and rate is not None and tax is not None:
        yield tax, gross - gross * 100 / (100 + rate), "税额与含税价、税率对不上"


def _amount(match: re.Match[str] | None) -> Decimal | None:
    if match is None:
        return None
    parts = [one for one in match.groups() if one]
    return money(parts[0], parts[1]) if len(parts) == 2 else None


def _articles(draft: Draft, *patterns: re.Pattern[str]) -> list[tuple[int, int]]:
    found = {tuple(draft.article(match.start())) for one in patterns for match in one.finditer(draft.plain)}
    return sorted((a, b) for a, b in found)


_SHARE_PAID = re.compile(r"(?:支付|付|预付|拨付)(?!至|到|清)[^。;,%\n至]{0,24}?(\d+(?:\.\d+)?)\s*%")


def _instalments(draft: Draft) -> Iterator[Hit]:
    """Payments by shares of the price that do not make up the whole."""
    for start, end in _articles(draft, _SHARE_PAID):
        text = draft.plain[start:end]
        if re.search(r"付至|付到|累计|至[^。;\n]{0,10}%|违约|逾期|定金|每日", text):
            continue
        paid = list(_SHARE_PAID.finditer(text))
        total = sum((Decimal(one[1]) for one in paid), Decimal(0))
        if (
            len(paid) >= 2
            and total != 100
            and 60 <= total <= 150
            and not re.search(r"剩余|余款|其余|尾款(?!的?\s*\d)", text)
        ):
            yield Hit(
                start + paid[0].start(),
                start + paid[-1].end(),
                message=f"{{where}}各期付款比例合计{total}%，不是100%。请核对。",
            )


_EARNEST_SHARE = re.compile(
    r"定金[^。;\n]{0,30}?((?:\d+(?:\.\d+)?\s*%)|百分之[一二三四五六七八九十百]+|[二两三四五六七八九]成)|((?:\d+(?:\.\d+)?\s*%)|百分之[一二三四五六七八九十百]+|[二两三四五六七八九]成)[^。;,\n]{0,12}(?:作为|的|为)定金"
)
_EARNEST = re.compile(
    r"定金[^。;\n%]{0,20}?([\d,]+(?:\.\d+)?)\s*(万元|元)|([\d,]+(?:\.\d+)?)\s*(万元|元)[^。;,\n]{0,6}(?:作为|的|为)?定金"
)


# 定金四十万元 … 合同总价为一百二十万元
_SPELT = r"([一二三四五六七八九十百千万两零壹贰叁肆伍陆柒捌玖拾佰仟]{2,14})\s*元"
_SPELT_EARNEST = re.compile(r"定金(?:为|数额为|金额为|人民币)*\s*" + _SPELT)
_SPELT_TOTAL = re.compile(_TOTAL + r"(?:为|人民币|计)*\s*" + _SPELT)


@serves("GC-05")
def earnest_money(draft: Draft, rule: Rule) -> Iterator[Hit]:
    """定金 above a fifth of the price; 订金 is not 定金."""
    most = Decimal(rule.limits["percent"])
    for match in _EARNEST_SHARE.finditer(draft.plain):
        share = percent(match[1] or match[2])
        if share is not None and share > most and not re.search(r"不(?:得)?(?:超过|高于)|双倍|两倍", match.group()):
            yield Hit(*match.span(), message=rule.message.replace("{share}", f"{share.normalize():f}"))
            return
    total, spelt = TOTAL_AMOUNT.search(draft.plain), _SPELT_TOTAL.search(draft.plain)
    price = _total_of(total) if total else in_words(spelt[1]) if spelt else None
    for match in (*_EARNEST.finditer(draft.plain), *_SPELT_EARNEST.finditer(draft.plain)):
        value = in_words(match[1]) if match.re is _SPELT_EARNEST else _amount(match)
        if price and value is not None and value < price and value * 100 > price * most:
            share = (value * 100 / price).quantize(Decimal("0.1"))
            yield Hit(*match.span(), message=rule.message.replace("{share}", f"{share.normalize():f}"))
            return


_DAILY = re.compile(r"每(?:逾期|延期|延迟|迟延|拖延|超过|晚)?[^。;,\n]{0,6}[一1]?\s*[日天](?!内)|按日|按天|日违约金")
_SHARES = re.compile(r"\d+(?:\.\d+)?\s*[%‰]|[百千万]分之\s*(?:[一二三四五六七八九十百零点]+|\d+(?:\.\d+)?)")
_TIMES = re.compile(r"(?:总价|总额|价款|金额)款?(?:的)?\s*[一二两三四五六七八九十\d]+\s*倍")


@serves("GC-14")
def penalty_clauses(draft: Draft, rule: Rule) -> Iterator[Hit]:
    """A penalty that a court would cut; in a whole contract also none, or one for one side only."""
    most, daily = Decimal(rule.limits["percent"]), Decimal(str(rule.limits["daily_percent"]))
    for span in draft.sentences:
        words = draft.of(span)
        if not re.search(r"违约金|赔偿金|滞纳金|罚金", words) or re.search(
            r"损失的\s*\d+\s*%|超过(?:造成)?损失", words
        ):
            continue
        if times := _TIMES.search(words):
            said = "{where}约定的违约金为{quote}，可能过分高于损失（超过造成损失的30%一般可以认定过高）。请按可能的损失确定。"
            yield Hit(span.start + times.start(), span.start + times.end(), message=said)
        for match in _SHARES.finditer(words):
            share = percent(match.group())
            before = words[max(0, match.start() - 40) : match.start()]
            before = before[before.rfind("违约金") + 3 :] if "违约金," in before else before
            by_day = _DAILY.search(before) is not None
            if (
                re.search(r"不(?:得)?超过[^,]{0,14}$|最高[^,]{0,12}$|上限[^,]{0,12}$", before)
                and share is not None
                and share <= most
            ):
                continue
            if share is not None and share > (daily if by_day else most):
                start = span.start + match.start()
                said = (
                    "{where}约定的违约金为"
                    + ("每日" if by_day else "")
                    + f"{match.group()}，可能过分高于损失（超过造成损失的30%一般可以认定过高）。请按可能的损失确定。"
                )
                yield Hit(start, span.start + match.end(), message=said)
    yield from _one_sided(draft)


_EXCUSED = re.compile(
    r"(?:甲方|乙方|出租方|承租方|买方|卖方|发包人|承包人)(?:逾期|迟延|延迟|延期|违约|未按|不履行|未履行|拒绝)[^。;\n]{0,24}(?:不承担|概不承担|不负|免除)[^。;,\n]{0,6}责任"
)


def _one_sided(draft: Draft) -> Iterator[Hit]:
    from ..recognise import is_whole

    for match in _EXCUSED.finditer(draft.plain):
        if not re.search(r"不可抗力|因(?:对方|乙方|甲方|第三|政策)", draft.of(draft.sentence(match.start()))):
            yield Hit(
                *match.span(), message="{where}写“{quote}”，免去了一方全部的违约责任，权利义务不对等。请对等约定。"
            )
    if not is_whole(draft):
        return
    first = re.search(r"违约|赔偿|逾期|迟延", draft.plain)
    if first is None:
        yield Hit(*draft.title, message="全文没有违约责任的约定，对方违约时只能就实际损失举证。请补上。")
        return
    mutual = r"双方|任何一方|任一方|一方违约|违约方|守约方|各方|甲、乙|甲乙"
    sides = [
        re.search(
            rf"{side}\s*方[^。;\n]{{0,40}}(?:违约|逾期|未按|不履行|迟延|延迟|拒绝|擅自|未能|无故|不合格|不达标|不符合|造成)",
            draft.plain,
        )
        for side in "甲乙"
    ]
    # 不达标的应当重做: said of whoever does the work, which is 乙方.
    sides[1] = sides[1] or re.search(
        r"(?:不达标|不合格|不符合[^。;,\n]{0,10})的,?应?当?(?:重做|返工|赔偿|更换)", draft.plain
    )
    if not re.search(rf"(?:{mutual})[^。;\n]{{0,40}}(?:违约|责任|赔偿|履行|违反)", draft.plain) and (
        sides[0] is None
    ) != (sides[1] is None):
        side = "乙方" if sides[0] is None else "甲方"
        yield Hit(
            *first.span(), message=f"违约责任只约定了{side}一方的，没有约定另一方的。请对等约定。", severity="advise"
        )

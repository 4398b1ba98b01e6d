"""Number times price, said in one sentence: 空调40台，单价3,020元，合计120,800元 (GC-03)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ..draft import Draft
from ..money import money, shown
from ..pattern import Hit
from ..rule import Rule
from .registry import serves

_FIGURE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_COUNTED = "台|套|件|张|把|人|名|平方米|户|人次|吨|米|份|棵|盏|辆|只|本|组|块|株|樘|桶|箱|瓶"
_PRODUCT = re.compile(
    rf"(?<![\d.,])(?P<number>{_FIGURE})\s*(?:{_COUNTED})[,、]?(?:单价|每(?:{_COUNTED})(?:单价)?)[^。;,\n\d]{{0,6}}"
    rf"(?P<price>{_FIGURE})\s*元(?:\s*/\s*(?:{_COUNTED}))?[,、]?(?:合计|共计|总价|小计|总计|总金额|合同总价|总费用|共|计|金额)[^。;,\n\d]{{0,8}}"
    rf"(?P<total>{_FIGURE})\s*(?P<unit>万元|元)"
)
# What lies between the product and the total: a discount, freight, months.
_OTHERWISE = re.compile(r"优惠|折|让利|下浮|另[加计收]|运费|安装费|税|每月|每年|个月|[两二三四五]年|约|暂定|预计")


@serves("products")
def products(draft: Draft, rule: Rule) -> Iterator[Hit]:
    for match in _PRODUCT.finditer(draft.plain):
        words = draft.of(draft.sentence(match.start()))
        number, price = money(match["number"]), money(match["price"])
        total = money(match["total"], match["unit"])
        if number is None or price is None or total is None or _OTHERWISE.search(words) or words.count("单价") > 1:
            continue
        made = number * price
        if abs(made - total) >= Decimal("1"):
            said = f"{{where}}数量乘单价为{shown(made)}元，与写明的{shown(total)}元不一致。请核对。"
            yield Hit(*match.span(), message=said)

"""Remedies in a penalty decision: which way first, to whom, within what time (EN-09)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hefa.kernel.law import instrument

from ..draft import Draft
from ..pattern import Hit
from ..recognise import is_whole
from ..rule import Rule
from ..words import NUMBER, count
from .registry import serves

ON_SPOT = r"当场(?:作出|处罚|行政处罚|收缴)|简易程序"
_WRONG_ORGAN = re.compile(
    r"向(?:本(?:机关|街道|单位)|我(?:街道|单位)|[^。;,\n]{0,16}(?:街道办事处|司法局|综合行政执法局|城市管理局|执法局|市场监督管理局|上[一]?级(?:主管)?部门|主管部门))[^。;,\n]{0,6}申请(?:行政)?复议"
)
_SUE_IN = re.compile(
    rf"(?<![\d第])({NUMBER})\s*(个月|个工作日|日|天)(?:之)?内(?:(?!复议)[^。;,\n]){{0,24}}(?:提起(?:行政)?诉讼|起诉|诉讼)"
)
_ASK_IN = re.compile(rf"(?<![\d第])({NUMBER})\s*(个月|个工作日|日|天)(?:之)?内[^。;,\n]{{0,24}}申请(?:行政)?复议")
_DENIED = re.compile(
    r"(?:不得|不能|放弃|无权)(?:再)?[^。;,\n]{0,8}(?:申请(?:行政)?复议|提起(?:行政)?诉讼)|本决定(?:为|是)(?:终局|最终)"
)


@serves("EN-09")
def remedies(draft: Draft, rule: Rule) -> Iterator[Hit]:
    if is_whole(draft) and not re.search("告知书", draft.title_text):
        lost = [name for name in ("复议", "诉讼") if not draft.has("诉讼|起诉" if name == "诉讼" else name)]
        if lost:
            yield Hit(
                *draft.title,
                message=f"全文没有写明申请行政{'、提起行政'.join(lost)}的途径和期限。请补上。",
                suggest=_ORDINARY,
            )
    for match in _DENIED.finditer(draft.plain):
        yield Hit(
            *match.span(),
            message="{where}写“{quote}”，剥夺了当事人的救济权利。请删去，写明复议、诉讼的途径和期限。",
            suggest=_ORDINARY,
        )
    for match in _WRONG_ORGAN.finditer(draft.plain):
        if "通过" not in draft.plain[max(0, match.start() - 4) : match.end()]:
            yield Hit(
                *match.span(),
                message="{where}写“{quote}”，复议机关不对。对街道办事处的行政行为不服的，向设立它的区人民政府申请行政复议。",
                suggest=_ORDINARY,
            )
    yield from _periods(draft)
    yield from _on_the_spot(draft)


_ORDINARY = "如不服本决定，可以自收到本决定书之日起60日内向×××区人民政府申请行政复议，也可以自收到本决定书之日起6个月内依法向人民法院提起行政诉讼。"
_FIRST = (
    "如不服本决定，应当自收到本决定书之日起60日内先向×××区人民政府申请行政复议，可以通过本机关提交行政复议申请；"
    "对行政复议决定不服的，可以自收到行政复议决定书之日起15日内依法向人民法院提起行政诉讼。"
)

_FIRST_ASK = (
    "{where}写“{quote}”。对当场作出的行政处罚决定不服的，应当先申请行政复议，对复议决定不服的才可以提起诉讼；请改。"
)


def _periods(draft: Draft) -> Iterator[Hit]:
    apply = instrument("reconsideration").term("apply").on(max(draft.on, instrument("reconsideration").in_force_from))
    sue, after = (instrument("litigation").term(name).on(draft.on) for name in ("sue", "sue_after_reconsideration"))
    for match in _ASK_IN.finditer(draft.plain):
        number = count(match[1])
        days = (number or 0) * (30 if match[2] == "个月" else 1)
        if days != apply.days or (match[2] == "个月" and number != 2):
            yield Hit(
                *match.span(),
                message=f"{{where}}写“{{quote}}”，申请行政复议的期限应为{apply.text}。",
                suggest=_ORDINARY,
            )
    for match in _SUE_IN.finditer(draft.plain):
        sentence = draft.plain[draft.sentence(match.start()).start : match.end()]
        number, in_months = count(match[1]), match[2] == "个月"
        later = re.search(
            r"复议决定[^,;。\n]{0,30}$|复议[^。\n]{0,40}不服[^。\n]{0,30}$",
            sentence[: match.start() - draft.sentence(match.start()).start],
        )
        right = (number == after.days and not in_months) if later else (number == sue.days and in_months)
        if not right:
            need = f"收到复议决定书之日起{after.text}" if later else f"收到决定书之日起{sue.text}"
            yield Hit(
                *match.span(), message=f"{{where}}写“{{quote}}”，提起行政诉讼的期限应为{need}。", suggest=_ORDINARY
            )


def _on_the_spot(draft: Draft) -> Iterator[Hit]:
    """A penalty imposed on the spot goes to reconsideration first (复议法 23(1)(一), since 2024)."""
    if draft.on < instrument("reconsideration").in_force_from or not re.search(ON_SPOT, draft.plain):
        return
    for match in re.finditer(
        r"当场(?:作出|处罚|行政处罚)[^。\n]{0,30}不服[^。\n议]{0,16}(?:直接)?向[^。,\n议]{0,10}法院[^。,\n]{0,4}(?:诉讼|起诉)",
        draft.plain,
    ):
        yield Hit(*match.span(), message=_FIRST_ASK, suggest=_FIRST)
    for match in re.finditer(
        r"(?:可以?|可)[^。\n]{0,40}申请(?:行政)?复议[^。\n]{0,40}(?:也可以?|或者?|亦可)[^。\n]{0,40}(?:诉讼|起诉)",
        draft.plain,
    ):
        yield Hit(*match.span(), message=_FIRST_ASK, suggest=_FIRST)

"""The parties of a contract: who they are, their codes, their seals and accounts (GC-01, GC-21)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from hefa.kernel.personal import is_credit_code

from ..draft import Draft
from ..pattern import Hit
from ..rule import Rule
from .registry import serves

_ROLE = r"(?:[甲乙丙丁]\s*方|(?:采购|供货|供应|发包|承包|出租|承租|委托|受托|保证|担保|转让|受让)[人方])"
_PARTY = re.compile(
    rf"(?:^|[\n\t ])(?P<role>{_ROLE})"
    r"(?P<note>[ \t]*[(][^()\n]{0,30}[)])?[ \t]*[:\t][ \t]*(?P<name>[^\s:;,。、(]{2,40}(?:[(][^()\n]{1,10}[)][^\s:;,。、(]{2,30})?)"
)
_INTERNAL = re.compile(
    r"(?:街道|办事处|社区|镇|乡|局|政府|公司|中心|集团)[^\n]{0,16}(?:[^\n]{1,4}科|科室|(?<!人民政府)(?<!事务)办公室|指挥部|工作?专班|领导小组|项目部|工程部|市场部|业务部|执法队|执法中队)$"
    r"|^[^\n]{0,14}(?:指挥部|领导小组|工作专班|专班|项目部)$"
)
_PUBLIC = re.compile(
    r"街道办事处|人民政府|街道$|党工委|管理委员会|[市区县]?[\u4e00-\u9fa5]{2,8}局$|居民委员会|居委会|村民委员会|村委会|机关事务|政府|委员会$"
)
_CODE = re.compile(
    r"(?:统一社会信用代码|信用代码|纳税人识别号|税号)(?:[(/][^:\n\t]{0,14})?\s*[:\t为是]?\s*([0-9A-Za-z]{10,22})"
)
_ACCOUNT = re.compile(
    r"(?:户\s*名|开户(?:名称?|单位|户名)|账户名称?|帐户名称?|收款(?:人|单位|方)(?:名称|全称)?|账号名称)"
    r"(?:\s*[:\t为是]\s*|(?=[\u4e00-\u9fa5]{2,30}[,; ]{1,2}[账帐]号))([^\s:;,。、]{2,40})"
)
_ROLE_WORD = re.compile(r"^(?:[甲乙丙丁]方)?(?:的)?(?:全称|名称|单位全称|单位名称)?$")


# What stands where a name should when a line is left blank: a date, the other party, the next label.
_NO_NAME = re.compile(rf"^[年月日\d_×Xx【】\[\]]+$|^[甲乙丙丁]\s*方|^{_ROLE}$|^(?:签字|盖章|公章|地址|日期|单位)")


class Party(NamedTuple):
    role: str
    name: str
    start: int
    end: int


def parties(draft: Draft) -> tuple[Party, ...]:
    """Every line that names a party, in order: head and seal lines alike."""
    return _parties(draft.plain)


@lru_cache(maxsize=4)
def _parties(text: str) -> tuple[Party, ...]:
    found = []
    for match in _PARTY.finditer(text):
        name = re.split(r"[_ ]|法定代表|统一社会|地址|住所|签字|盖章", match["name"].strip("_ .…"))[0]
        if len(name) >= 2 and not _NO_NAME.match(name):
            found.append(
                Party(re.sub(r"\s", "", match["role"]), name, match.start("name"), match.start("name") + len(name))
            )
    return tuple(found)


def party_of(draft: Draft, role: str) -> str:
    """The name behind 甲方; empty when the text does not say."""
    role = re.sub(r"\s", "", role)
    return next((one.name for one in parties(draft) if one.role == role), "")


def is_public(draft: Draft, who: str) -> bool:
    """Whether that party is an organ or a committee. 甲方 of an organ's contract is the organ unless the text says otherwise."""
    word = re.sub(r"\s", "", who)
    if word in ("甲方", "乙方", "丙方", "丁方") or (word.endswith(("人", "方")) and word != "政府方"):
        name = party_of(draft, word)
        if name:
            return _PUBLIC.search(name) is not None and not name.endswith(("公司", "银行"))
        return word == "甲方"
    return re.search(
        r"街道|办事处|居民?委员?会|村民?委员?会|政府|^社区$|居委会|村委会", word
    ) is not None and not word.endswith(("公司", "银行", "集团"))


@serves("GC-01")
def proper_parties(draft: Draft, rule: Rule) -> Iterator[Hit]:
    """An office without standing signs; a code is wrong; the seal is not the party's."""
    named: dict[str, Party] = {}
    for one in parties(draft):
        if _INTERNAL.search(one.name):
            yield Hit(
                one.start,
                one.end,
                message="{where}的签约方“{quote}”是内设机构、临时机构或者项目部，没有签约资格。请改为街道办事处（或者对方的法人）。",
            )
        first = named.setdefault(one.role, one)
        if first.name != one.name and not _same(first.name, one.name):
            yield Hit(
                one.start, one.end, message=f"签章处的{one.role}“{{quote}}”与首部的“{first.name}”不一致。请核对。"
            )
    for match in _CODE.finditer(draft.plain):
        if not is_credit_code(match[1].upper()):
            yield Hit(
                *match.span(1),
                message="{where}的统一社会信用代码“{quote}”不对：应为18位，校验位要相符（GB 32100-2015）。请对照营业执照核对。",
            )


def _same(a: str, b: str) -> bool:
    """Short and full forms of one name: 中河街道办事处 / 宁波市鄞州区中河街道办事处."""
    a, b = (re.sub(r"[()（）\s]|签字|盖章|公章", "", one) for one in (a, b))
    return not a or not b or a in b or b in a


@serves("GC-21")
def accounts(draft: Draft, rule: Rule) -> Iterator[Hit]:
    """The account that is paid is not the party's."""
    names = [one.name for one in parties(draft)]
    for match in _ACCOUNT.finditer(draft.plain):
        name = match[1].strip("_ ")
        if len(name) < 2 or _ROLE_WORD.match(name) or re.match(r"^[_×Xx【】\[\]]+$", name):
            continue
        if not names and len(name) > 4:
            continue
        if not any(_same(name, one) for one in names):
            yield Hit(
                *match.span(1),
                message="{where}的收款账户名称“{quote}”不是合同当事人。请改为乙方本单位账户；确需代收的，附书面委托并说明理由。",
            )

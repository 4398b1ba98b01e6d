"""Guarantees: by whom, in which way, for how long (GC-02, GC-15), and arbitration where the law bars it (GC-09, GC-10)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..draft import Draft
from ..pattern import Hit
from ..rule import Rule
from ..words import NUMBER
from .parties import is_public
from .registry import serves

_GIVES = re.compile(
    r"(?:(?:提供|承担|作为|出具|承诺|负责|予以|进行|负|签署|签订)[^。;\n]{0,24}?)?"
    r"(?:连带(?:责任)?(?:的)?(?:保证|担保|清偿|偿还|还款|责任)|保证责任|保证担保|担保责任|一般保证|保证人|担保人|差额(?:补足|补偿|付款)"
    r"|兜底|代偿|(?:代为|负责|承担)(?:偿还|清偿|还款|归还)|流动性支持|担保函|安慰函|保底(?:收益|收入)?|最低(?:收益|收入|回报)"
    r"|(?:原价|溢价|按价|负责|予以|承诺|无条件|统一|全额|进行|加价|按[^。;,\n]{1,12})回购|回购(?:义务|责任|股权|该|全部|乙方|项目|其)"
    r"|(?:提供|给予)(?:[^。;,\n]{0,20})担保|(?:抵押|质押)(?:给|担保)|还款(?:承诺|责任|义务)"
    r"|(?:予以|负责|全额|足额|资金)(?:予以)?(?:补足|补齐|弥补))"
)
_NAME = re.compile(
    r"[甲乙丙丁]\s*方|街道办事处|办事处|街道|居民委员会|居委会|村民委员会|村委会|(?:区|县|镇|乡)?(?:人民)?政府(?:方)?|社区|"
    r"出租[人方]|承租[人方]|承包[人方]|发包[人方]|供应商|[\u4e00-\u9fa5]{2,16}(?:公司|银行(?!贷款|借款|债务|融资|授信|按揭|本息|利息)|集团)|个人|股东|法定代表人"
)
# 补足 is a guarantee only of what a business or a loan fails to bring.
_MADE_UP = re.compile(r"(?<!差额)(?:补足|补齐|弥补)$")
_SHORTFALL = re.compile(r"收益|收入|亏损|回报|贷款|借款|投资|票房|客流|运营")
_OBJECT = re.compile(r"(?:向|给|为|对|与|和|经|按|按照|依|就|同|根据|应|在|将|由于)\s*$")
_DENIED = re.compile(
    r"不(?:承诺|保证|承担|提供|作为|负|得|予|对|存在|构成|再|为|出具|进行|作)|无(?:需|须|任何|权)|禁止|严禁|未(?:提供|作)|拒绝|概不|免除|不(?:回购|兜底|补足)"
)
_GOODS = re.compile(r"质量(?:保证|担保)|质保|售后")


@serves("GC-02")
def public_guarantor(draft: Draft, rule: Rule) -> Iterator[Hit]:
    """机关法人、居委会、村委会 that guarantee, whatever the promise is called."""
    for match in _GIVES.finditer(draft.plain):
        sentence = draft.sentence(match.start())
        before = draft.plain[sentence.start : match.start()]
        if _DENIED.search(before[-14:] + match.group()) or _GOODS.search(before[-6:] + match.group()):
            continue
        if _MADE_UP.search(match.group()) and not _SHORTFALL.search(draft.of(sentence)):
            continue
        who = _subject(before)
        if who and is_public(draft, who.group()):
            yield Hit(sentence.start + who.start(), match.end())


def _subject(before: str) -> re.Match[str] | None:
    """The party that acts: the last one named before the verb that is not the object of a preposition."""
    for match in reversed(list(_NAME.finditer(before))):
        if not _OBJECT.search(before[: match.start()]) and not re.match(
            r"\s*(?:的|提出|要求|书面|指定)", before[match.end() :]
        ):
            return match
    return None


_SURETY = re.compile(
    r"保证人|保证担保|(?:提供|承担)(?:[^。;,\n]{0,12})(?:连带|一般)?(?:责任)?保证(?!金|书|质量|按|其|履行|工|措施|期内|人员)(?:责任|担保)?|保证合同"
)
_NOT_SURETY = re.compile(
    r"履约保函|保函|质量保证|质保|保证期内|安全保证|不(?:承担|提供|得|作为)|技术保证|后勤保证|质量[^。;,\n]{0,6}保证"
)


@serves("GC-15")
def surety_terms(draft: Draft, rule: Rule) -> Iterator[Hit]:
    """A surety whose kind or period is not stated."""
    for match in _SURETY.finditer(draft.plain):
        sentence = draft.sentence(match.start())
        who = _subject(draft.plain[sentence.start : match.start()])
        if _NOT_SURETY.search(draft.of(sentence)) or (who and is_public(draft, who.group())):
            continue
        missing = []
        if not draft.has(r"连带(?:责任)?(?:的)?(?:保证|担保|清偿)|一般保证"):
            missing.append("保证方式")
        unclear = draft.has(r"直至[^。;\n]{0,20}(?:还清|清偿|付清|履行完毕)为止")
        if unclear or not draft.has(rf"保证(?:责任)?期(?:间|限)|,期(?:间|限)为?{NUMBER}\s*(?:年|个月)"):
            missing.append("保证期间")
        if missing:
            yield Hit(*match.span(), message=rule.message.replace("{missing}", "和".join(missing)))
        return


_ADMINISTRATIVE = (
    r"特许经营|征收补偿|拆迁(?:补偿|安置)|补偿安置|安置补偿|搬迁(?:补偿|安置)|房屋征收|土地征收|征地补偿|保障性(?:住房|租赁住房)|公租房|公共租赁住房|"
    r"廉租|政府(?:和|与)社会资本合作|PPP|行政协议|国有建设用地使用权出让|矿业权出让|土地使用权出让|息诉罢访|腾退补偿"
)
_ARBITRATE = re.compile(
    r"(?:提交|申请|向|由|提请|采取|通过|选择|任选|交由|约定)[^。;\n]{0,30}仲裁(?!法)[^。;,\n]{0,10}|仲裁(?:裁决|条款|解决)[^。;,\n]{0,8}"
)
_NO_ARBITRATION = re.compile(
    r"不(?:得|适用|约定|采取|再|选择|接受|采用|申请|提交|能)[^。;,\n]{0,10}仲裁|劳动(?:人事|争议)?仲裁|仲裁[^。;,\n]{0,8}无效|一般保证|先(?:对|向)债务人|应当删除|(?:人事|土地承包)[^。;,\n]{0,6}仲裁"
)


@serves("GC-09")
def arbitration_in_administrative_agreement(draft: Draft, rule: Rule) -> Iterator[Hit]:
    head = draft.plain[: max(draft.title.end, 0) + 400]
    for match in _ARBITRATE.finditer(draft.plain):
        sentence = draft.sentence(match.start())
        if _NO_ARBITRATION.search(draft.of(sentence)):
            continue
        if re.search(_ADMINISTRATIVE, head) or re.search(_ADMINISTRATIVE, draft.of(sentence)):
            yield Hit(*match.span())
            return


_NAMED_BODY = re.compile(
    r"(?:(?![提申递移报送]?[交请]|[由向至到])[\u4e00-\u9fa5]){2,14}(?:仲裁委员会|国际仲裁(?:中心|院)|仲裁院)|贸仲"
)
_UNCLEAR_BODY = re.compile(
    r"(?:当地|所在地|住所地|有关|相关|有管辖权的?|约定的|双方(?:认可|选定|同意|约定)的|任何|某|一家|履行地|签订地|工程所在地)[^。;,\n]{0,6}仲裁"
)
_SUE = re.compile(
    r"(?:向|由|到)[^。;\n]{0,24}法院[^。;,\n]{0,6}(?:提起(?:行政|民事)?诉讼|起诉|诉讼|管辖|提诉)|提起诉讼|起诉"
)
_FOREIGN = re.compile(
    r"(?:香港|新加坡|伦敦|纽约|瑞典|斯德哥尔摩|巴黎|国外|境外|外国)[^。;,\n]{0,16}(?:仲裁|法院|法律|诉讼)"
)


@serves("GC-10")
def dispute_clause(draft: Draft, rule: Rule) -> Iterator[Hit]:
    """Both roads, an arbitration body that nobody can name, a venue abroad."""
    for match in _FOREIGN.finditer(draft.plain):
        if not re.search(r"不(?:得|适用|约定)", draft.of(draft.sentence(match.start()))):
            yield Hit(
                *match.span(),
                message="{where}写“{quote}”，约定了境外的仲裁或者法院、法律。行政机关合同没有涉外因素的，请改为境内有管辖权的人民法院。",
            )
    for match in _ARBITRATE.finditer(draft.plain):
        sentence = draft.sentence(match.start())
        words = draft.of(sentence)
        if _NO_ARBITRATION.search(words) or _FOREIGN.search(words):
            continue
        article = draft.article(match.start())
        clause = draft.plain[max(article.start, sentence.start - 120) : min(article.end, sentence.end + 120)]
        sue = _SUE.search(
            re.sub(r"不[^。;,\n]{0,6}(?:起诉|诉讼)|撤销[^。;\n]{0,20}|(?:申请)?强制执行[^。;\n]{0,10}", "", clause)
        )
        if sue and re.search(
            r"仲裁[^。\n]{0,40}(?:也可|或|亦可|均可|同时|后|不服|裁决|可以|,可)|(?:诉讼|起诉|法院)[^。\n]{0,40}(?:也可|或|亦可|均可|同时|可以|、)",
            clause,
        ):
            yield Hit(*match.span(), message="{where}既约定仲裁又约定诉讼，仲裁约定一般因此无效。请只选一种。")
        elif _UNCLEAR_BODY.search(words) or not _NAMED_BODY.search(words):
            yield Hit(
                *match.span(),
                message="{where}写“{quote}”，没有写明是哪个仲裁委员会；没有约定仲裁机构又达不成补充协议的，仲裁协议无效。请写出仲裁机构全称，或者改为诉讼。",
            )

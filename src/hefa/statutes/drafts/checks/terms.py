"""What a whole contract must hold, and dead law in it (GC-04, GC-20, GC-22)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hefa.claims.law_data import repealed

from ..draft import Draft
from ..pattern import Hit
from ..rule import Rule
from .registry import serves

# What a contract usually holds (民法典 470), and the words by which each is known.
_CLAUSES = {
    "标的": r"标的|服务内容|工作内容|采购内容|租赁物|房屋|货物|产品|项目名称|服务项目|工程内容|工程名称|承包范围"
    r"|设备|服务范围|(?:建设|开发|培训|施工|维护)内容|委托事项|合作内容|代理事项|购买|供货|供应|配送|采购|项目[:：]|服务|活动|投资|补偿|承办|征收|转让|\d[\d,]*\s*(?:份|台|套|件|张|批)",
    "数量": r"数量|面积|人数|平方米|(?:\d+|[一二两三四五六七八九十百]+)\s*[个台套件名人份次批间户项棵张座处条]|规模|工程量|范围|一批|总计|名",
    "质量": r"质量|标准|验收|规格|技术要求|服务要求|品质|用途|规范|考核办法",
    "价款或者报酬": r"价款|金额|费用|报酬|租金|总价|单价|元",
    "履行期限": r"期限|日期|工期|服务期|租期|之日起|自\s*\d{4}|日内|年\s*\d{1,2}\s*月",
    "履行地点和方式": r"地点|地址|交付|方式|位于|坐落|送货|场所|现场|辖区|支付",
    "违约责任": r"违约|赔偿|承担[^。;\n]{0,14}(?:损失|责任)|逾期|迟延",
    "解决争议的方法": r"争议|纠纷|仲裁|诉讼|法院",
}
_GRAVE = ("标的", "数量")
# Agreements in which a number or a quality of goods has no place.
_NO_GOODS = re.compile(r"补偿|安置|投资|招商|合作|战略|框架|赠与|捐赠|借款|和解|委托代理|顾问|保密|担保")


@serves("GC-04")
def usual_clauses(draft: Draft, rule: Rule) -> Iterator[Hit]:
    without = ("数量", "质量") if _NO_GOODS.search(draft.title_text) else ()
    missing = [name for name, words in _CLAUSES.items() if name not in without and not draft.has(words)]
    if missing:
        grave = any(name in _GRAVE for name in missing)
        yield Hit(
            *draft.title,
            message=rule.message.replace("{missing}", "、".join(missing)),
            severity="major" if grave else None,
        )


_DIGITAL = r"软件|信息系统|信息化|平台(?:建设|开发|运维)|系统(?:开发|建设|运维)|数据治理|小程序|APP|网站"


@serves("GC-20")
def digital_clauses(draft: Draft, rule: Rule) -> Iterator[Hit]:
    if not re.search(_DIGITAL, draft.title_text):
        return
    wanted = {
        "保密": r"保密|不得(?:泄露|向第三)|保护措施",
        "知识产权": r"知识产权|著作权|版权",
        "数据归属和移交": r"数据[^。\n]{0,20}(?:归|所有|移交|返还)|源代码|移交",
    }
    missing = [name for name, words in wanted.items() if not re.search(words, draft.body)]
    if missing:
        yield Hit(*draft.title, message=rule.message.replace("{missing}", "、".join(missing)))


@serves("GC-22")
def dead_civil_law(draft: Draft, rule: Rule) -> Iterator[Hit]:
    """The nine laws that the Civil Code replaced."""
    for match in re.finditer(r"《(?:中华人民共和国)?([^》《]{2,12})》", draft.plain):
        dead = repealed().get(match[1])
        if dead and dead.replaced_by == "《民法典》" and dead.dead_on <= draft.on:
            # 按照当时有效的《合同法》: what was lawful then is told, not relied on.
            if re.search(r"当时(?:有效|施行|适用)?的?$", draft.plain[: match.start()]):
                continue
            tail = draft.plain[match.end() : match.end() + 30]
            if re.search(r"^[^。;,\n]{0,12}(?:已|同时)?废止", tail) or re.search(r"已[^。;\n]{0,16}废止", tail):
                continue
            yield Hit(*match.span(), message=rule.message.replace("{successor}", dead.replaced_by))

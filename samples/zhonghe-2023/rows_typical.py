"""The typical cases of the year as the residents read them. What is told here of them is invented."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any
from unittest.mock import patch

Row = dict[str, Any]

STREET = "中河街道"
# A word of the dispute's title, the heading, the text; drafted, approved and published on.
_TOLD = (
    ("门店歇业", "商场门店歇业引发的消费群体纠纷",
     "商场内一家门店突然歇业，二百余名消费者的预付卡余额无法使用。调委会当天到现场登记诉求，请消费者推选代表，会同市场监管部门和"
     "商场运营方连续调解四次。\n各方约定：选择退费的，由商场运营方以商铺保证金先行垫付，分两批退还；选择转店的，由承接门店按原余额提供"
     "服务。协议经人民法院司法确认，一个多月内全部履行。\n提示：办预付卡要留好合同和付款凭证；遇到门店歇业，先登记、再推选代表，不要"
     "聚集堵门。", ("2023-11-20", "2023-11-28", "2023-12-04")),
    ("玻璃爆裂", "餐馆玻璃爆裂伤人的赔偿纠纷",
     "顾客就餐时，店内玻璃隔断突然爆裂，面部和手臂被划伤。店方认为是安装问题，安装单位认为是使用不当，互相推诿。\n调解员查看现场和"
     "监控，核对医疗票据，请法律顾问讲明经营场所的安全保障义务。店方先行赔偿，安装单位按责任分担，不到一个月调结并履行完毕，店内玻璃"
     "全部更换。\n提示：经营场所对顾客有安全保障义务，先赔偿受伤的人，再按责任分担。", ("2023-11-20", "2023-11-28", "2023-12-04")),
    ("医疗损害", "持续十余年的医疗损害纠纷",
     "一位老人手术后遗留病痛，十余年间与医院多次协商、鉴定、信访，一直没有解决。街道调委会受理后上门看望，梳理历年材料，请医疗、法律"
     "专家分析责任，先后调解六次。\n双方同意不再鉴定，由医院一次性补偿并开通复诊绿色通道，协议经人民法院司法确认，当月履行，老人息诉"
     "息访。\n提示：医疗损害争议拖得越久，举证越难；可以向调委会申请，不收取任何费用。", ("2023-12-21", "2023-12-22", "2023-12-26")),
)  # fmt: skip


def disputes() -> list[Row]:
    """The rows of this year's dispute ledger, whose numbers the cases name."""
    import generate  # it looks for this module in turn

    with patch.object(generate, "_more", list):
        return next(one.rows for one in generate.ledgers() if one.file == f"矛盾纠纷台账-{generate.YEAR}.xlsx")


def ledgers(rng: Random) -> dict[str, tuple[str, list[Row]]]:
    """File name → (kind, rows). Nothing here is left to chance."""
    typical = [row for row in disputes() if row.get("典型案例") == "是"]
    rows = []
    for n, (word, heading, text, days) in enumerate(_TOLD, start=1):
        drafted, approved, published = map(date.fromisoformat, days)
        source = next(row for row in typical if word in row["事由"])
        rows.append(
            {
                "编号": f"中河典型案例〔2023〕{n}号", "单位": STREET, "拟公开稿日期": drafted, "拟公开稿公开标题": heading,
                "公开稿": text, "来源事项": source["编号"], "审核通过日期": approved, "公布日期": published,
            }
        )  # fmt: skip
    return {"典型案例公开稿-2023.xlsx": ("mediation.typicalcase", rows)}

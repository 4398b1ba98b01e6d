"""Whole documents: the clean one is silent, its twin with one fault is told of that fault and no other."""

from __future__ import annotations

import datetime as dt

import pytest

from hefa.kernel.limit import limit
from hefa.statutes.drafts.lint import lint
from hefa.statutes.drafts.recognise import kind_of, written_on
from hefa.statutes.drafts.rule import KINDS

from .conftest import whole

SEEDED = [
    ("normative", "ND-14", "自2026年7月1日起施行，", ""),
    ("normative", "ND-15", "，有效期至2031年6月30日", ""),
    ("normative", "ND-17", "第十条 本办法由街道办事处负责解释，咨询电话见街道网站。\n", ""),
    ("normative", "ND-01", "宁波市鄞州区中河街道办事处\n2026", "中河街道城市管理科\n2026"),
    ("normative", "ND-02", "授予文明楼道称号。", "授予文明楼道称号；拒不清理的，处200元罚款。"),
    ("normative", "ND-09", "物业服务企业应当", "物业服务企业须在本街道注册设立公司，应当"),
    ("contract", "GC-03", "叁拾陆万元整", "叁拾玖万元整"),
    ("contract", "GC-04", "第二条 服务标准：按照宁波市城市道路清扫保洁作业标准执行，由甲方按月考核。\n", ""),
    ("contract", "GC-04", "第十条 因本合同发生的争议，双方协商解决；协商不成的，向甲方所在地有管辖权的人民法院提起诉讼。\n", ""),
    ("contract", "GC-02", "甲方不承担任何形式的担保责任", "甲方为乙方贷款承担连带保证责任"),
    ("contract", "GC-16", "2027年3月31日止", "2025年3月31日止"),
    ("contract", "GC-18", "每季度考核合格后30日内", "每季度考核合格后120日内"),
    ("contract", "GC-21", "户名：宁波晴空保洁服务有限公司", "户名：李某某"),
    ("contract", "GC-01", "乙方（盖章）：宁波晴空保洁服务有限公司", "乙方（盖章）：宁波雨后环境有限公司"),
    ("contract", "GC-22", "《中华人民共和国民法典》《", "《中华人民共和国合同法》《"),
    ("decision", "MD-09", "实到8人", "实到5人"),
    ("decision", "MD-07", "方案于2026年5月20日送司法所合法性审查，司法所于2026年6月3日出具审查意见，结论为合法。", "方案未经合法性审查。"),
    ("decision", "MD-08", "风险评估报告、合法性审查意见", "风险评估报告"),
    ("decision", "MD-10", "与会成员逐一发表意见后，主任最后发表意见", "主任首先表态同意，其他成员随后发言"),
    ("pact", "RC-03", "，报街道办事处备案", ""),
    ("pact", "RC-01", "实到52人，同意50人", "实到32人，同意30人"),
    ("pact", "RC-04", "由居民委员会批评教育、督促改正", "罚款100元"),
    ("pact", "RC-06", "男女平等，妇女同等享有各项权益", "外嫁女不再享受社区集体福利"),
    ("enforcement", "EN-04", "和陈述、申辩的权利。当事人在期限内未提出陈述、申辩。", "。"),
    ("enforcement", "EN-08", "，住址：宁波市鄞州区中河街道某小区1幢101室", ""),
    ("enforcement", "EN-09", "6个月内依法", "3个月内依法"),
    ("enforcement", "EN-07", "2026年5月7日立案", "2026年1月7日立案"),
    ("enforcement", "EN-06", "考虑到当事人系初次违法并主动改正，情节较轻，根据该条例和裁量基准，", "根据该条例，"),
    ("enforcement", "EN-10", "法制审核人员：陈某", "法制审核人员：王某"),
    ("enforcement", "EN-01", "宁波市鄞州区中河街道办事处\n2026年6月1日", "中河街道综合行政执法队\n2026年6月1日"),
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_a_clean_document_is_left_alone(kind: str) -> None:
    assert [(one.rule, one.quote) for one in lint(whole(kind), kind)] == []


@pytest.mark.parametrize(("kind", "rule", "right", "wrong"), SEEDED, ids=lambda value: str(value)[:12])
def test_a_seeded_fault_is_told_and_nothing_else(kind: str, rule: str, right: str, wrong: str) -> None:
    text = whole(kind)
    assert text.count(right) == 1
    found = {one.rule for one in lint(text.replace(right, wrong), kind)}
    # Dead civil law in a contract is told by both rules: C-01 is asked of every document.
    assert found - {"C-01"} == {rule}


@pytest.mark.parametrize(
    ("party", "name"), [("赵某某", "hearing_natural"), ("宁波某某餐饮有限公司", "hearing_organisation")]
)
def test_a_hearing_is_missed_from_the_sum_at_which_the_desk_asks_for_one(party: str, name: str) -> None:
    text = whole("enforcement").replace("当事人：赵某某", f"当事人：{party}")
    large = limit("penalty", name).on(dt.date(2026, 6, 1)).decimal
    found = [
        {one.rule for one in lint(text.replace("200元", f"{sum_}元"), "enforcement")} for sum_ in (large - 1, large)
    ]
    assert found == [set(), {"EN-05"}]


@pytest.mark.parametrize("kind", KINDS)
def test_the_type_is_recognised(kind: str) -> None:
    assert kind_of(whole(kind)) == kind


def test_the_day_of_a_document() -> None:
    assert str(written_on(whole("contract"))) == "2026-03-25"
    assert str(written_on(whole("normative"))) == "2026-05-20"
    assert written_on("没有日期的一句话。") is None

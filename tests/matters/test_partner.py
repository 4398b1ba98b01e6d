"""Partners: what a record may carry of children, who counts as staffed at a year's end."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from hefa.kernel.act import act
from hefa.kernel.answers import Refused
from hefa.kernel.figure import Period, find_figure
from hefa.kernel.matter import Matter

from .conftest import OPERATOR, Town, fresh

DAY = date(2023, 3, 1)


def take(matter: Matter, step: str, day: date = DAY, **answers: Any) -> Matter:
    act(fresh(matter), step, actor=OPERATOR, day=day, answers=answers)
    return fresh(matter)


def partner(town: Town, name: str = "某小学", type_: str = "school") -> Matter:
    made = town.open("partner.partner", town.street, DAY, full_name=name, type=type_, cooperation="法治课程")
    if type_ == "school":
        take(made, "declare_minors", minors_purpose="法治课堂", minors_consent="none")
    return take(made, "sign", ends_on="2026-02-28")


def principal(town: Town, school: Matter, name: str = "张某", day: date = DAY) -> Matter:
    made = town.open("partner.viceprincipal", town.street, day, arises_from=school.pk, full_name=name,
                     sent_by="police", work_unit="民警")  # fmt: skip
    return take(made, "appoint", day, ends_on="2025-08-31")


def value(town: Town, name: str, year: int = 2023) -> Any:
    return find_figure(f"partner.{name}").result(Period.year(year), town.street).value


@pytest.mark.parametrize(("consent", "until", "day", "refused"), [
    ("none", "", date(2023, 4, 3), "没有登记监护人同意"),
    ("through_school", "2023-06-30", date(2023, 6, 30), ""),
    ("through_school", "2023-06-30", date(2023, 7, 1), "只能保存到 2023-06-30"),
    ("by_street", "2023-06-30", date(2023, 4, 3), ""),
])  # fmt: skip
def test_childrens_data_rest_on_consent_and_time(town: Town, consent: str, until: str, day: date, refused: str) -> None:
    school = partner(town)
    data = {"minors_data": "姓名", "minors_until": until} if until else {}
    take(school, "declare_minors", minors_purpose="评选", minors_consent=consent, **data)
    if not refused:
        assert take(school, "cooperate", day, deed="评选", names_minors="是").turn == 5
        return
    with pytest.raises(Refused, match=refused):
        take(school, "cooperate", day, deed="评选", names_minors="是")
    take(school, "cooperate", day, deed="评选，不留姓名")


def test_consent_is_asked_of_any_partner_that_brings_children(town: Town) -> None:
    firm = partner(town, "某公司", "enterprise")
    with pytest.raises(Refused, match="没有登记监护人同意"):
        take(firm, "cooperate", deed="亲子活动名单", names_minors="是")


def test_a_school_is_staffed_while_somebody_serves(town: Town) -> None:
    schools = [partner(town, name) for name in ("一小", "二小", "三中")]
    first = principal(town, schools[0])
    principal(town, schools[0], "李某")
    principal(town, schools[1], "王某", date(2024, 1, 8))
    assert (value(town, "schools_with_vice_principal"), value(town, "vice_principals")) == (1, 2)
    assert float(value(town, "vice_principal_coverage")) == 33.33
    assert value(town, "schools_with_vice_principal", 2024) == 2
    take(first, "end", date(2024, 2, 1), reason="调动")
    assert value(town, "schools_with_vice_principal", 2024) == 2  # the other one is still there
    assert value(town, "schools_with_vice_principal", 2023) == 1  # and the year before is as it was


def test_deleted_data_are_no_longer_held(town: Town) -> None:
    school = partner(town)
    take(school, "declare_minors", minors_purpose="评选", minors_consent="by_street", minors_data="姓名",
         minors_until="2023-06-30")  # fmt: skip
    assert value(town, "holding_minors_data") == 1
    held = take(school, "delete_minors", date(2023, 6, 1), proof="销毁记录")
    assert value(town, "holding_minors_data") == 0
    assert (held.case.minors_data, held.case.minors_until) == ("", None)  # type: ignore[attr-defined]


def test_a_term_that_ran_out_staffs_no_school(town: Town) -> None:
    principal(town, partner(town))  # until 2025-08-31
    assert (value(town, "schools_with_vice_principal", 2024), value(town, "lapsed_principals", 2024)) == (1, 0)
    assert (value(town, "schools_with_vice_principal", 2025), value(town, "lapsed_principals", 2025)) == (0, 1)

"""What a step of mediation depends on beyond its state: guards, derived facts, what its papers say."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator

from hefa.kernel import clock
from hefa.kernel.people import Level, Office
from hefa.kernel.personal import phone_fault
from hefa.kernel.turn import Turn, events

from . import filing
from .norms import MOST_REPRESENTATIVES

ONE_TO_FIVE = [MinValueValidator(1, "满意度应为 1–5"), MaxValueValidator(5, "满意度应为 1–5")]
THREE_TO_NINE = [
    MinValueValidator(3, "调委会委员为三至九人（人民调解法第八条）"),
    MaxValueValidator(9, "调委会委员为三至九人（人民调解法第八条）"),
]
PERCENT = [MaxValueValidator(100, "评分不超过 100")]


def is_telephone(value: str) -> None:
    if fault := phone_fault(value):
        raise ValidationError(fault)


# 身份关系不予司法确认；确权由法院在诉讼中认定 (法释〔2011〕5号第四条, 民诉法解释第三百五十五条).
_NOT_CONFIRMED = ("确认身份关系", "确认收养关系", "确认婚姻关系", "确认物权", "确认知识产权", "解除婚姻关系")


def has_two_sides(turn: Turn) -> str | None:
    sides = {party["side"] for party in turn.answers["parties"]}
    if {"applicant", "respondent"} <= sides:
        return None
    return "纠纷要有双方当事人：请填写至少一位申请人和一位被申请人"


def representatives_are_few(turn: Turn) -> str | None:
    """宁波市人民调解条例第二十条: many parties are represented by a few of them."""
    number = sum(party["side"] == "representative" for party in turn.answers["parties"])
    if number <= MOST_REPRESENTATIVES:
        return None
    return f"代表人填了 {number} 位：当事人人数众多的，推选的代表不超过 {MOST_REPRESENTATIVES} 人"


def may_be_typical(turn: Turn) -> str | None:
    if turn.value("outcome") != "agreed":
        return "没有达成调解协议的纠纷，不列为典型案例"
    return "这件纠纷已经是典型案例" if turn.value("is_typical") else None


def sat_down(turn: Turn) -> str | None:
    return None if turn.past("sit") else "还没有调解记录，不能达成协议：请先记一次调解"


def may_be_oral(turn: Turn) -> str | None:
    """宁波市人民调解条例第二十四条第一款: when an agreement has to be in writing."""
    if turn.value("difficulty") == "complex":
        return "重大、复杂、疑难的纠纷应当制作调解协议书（宁波市人民调解条例第二十四条），不能用口头协议"
    if turn.answers.get("performance", "at_once") != "at_once":
        return "不能即时履行的应当制作调解协议书（宁波市人民调解条例第二十四条），不能用口头协议"
    return None


def goes_up(turn: Turn) -> str | None:
    office, target = turn.matter.office, Office.objects.get(pk=turn.answers["office"])
    if office.level != Level.COMMUNITY:
        return "只有社区调委会受理的纠纷才上报街道"
    if office.path.startswith(target.path) and target.level == Level.STREET:
        return None
    return f"请上报本街道，不能报“{target.name}”"


def goes_down(turn: Turn) -> str | None:
    office, target = turn.matter.office, Office.objects.get(pk=turn.answers["office"])
    if target.level == Level.COMMUNITY and target.path.startswith(office.path) and target.pk != office.pk:
        return None
    return f"请交给本街道的社区，不能交给“{target.name}”"


def goes_out(turn: Turn) -> str | None:
    target = Office.objects.get(pk=turn.answers["partner"])
    if target.level in (Level.OUTSIDE, Level.DISTRICT):
        return None
    return f"移送是交给外部单位（公安、法院、行业调委会等）；“{target.name}”在本街道内，请用“上报”或“交社区”"


def performs_later(turn: Turn) -> str | None:
    if turn.answers["perform_by"] < turn.day:
        return f"履行期限 {turn.answers['perform_by']} 早于达成协议的日期 {turn.day}，请核对"
    return None


def is_written(turn: Turn) -> str | None:
    return None if turn.value("form") == "written" else "口头协议不能申请司法确认，请先制作调解协议书"


def in_confirmation_time(turn: Turn) -> str | None:
    run = clock.run(turn.matter.flow.deadline("confirm"), events(turn.matter))
    if run is None or run.due_on is None or turn.day <= run.due_on:
        return None
    return f"申请司法确认的期限已于 {run.due_on} 届满（协议生效后三十日内双方共同申请，人民调解法第三十三条）"


def may_be_confirmed(turn: Turn) -> str | None:
    if turn.past("confirm"):
        return "人民法院已经确认过这份协议，不能再次申请"
    for phrase in _NOT_CONFIRMED:
        if phrase in turn.value("terms"):
            return f"协议内容涉及“{phrase}”，人民法院不受理司法确认，请引导当事人另行处理"
    return None


def dossier_is_complete(turn: Turn) -> str | None:
    """Whoever finds that no agreement can be reached must have mediated, and the record of it belongs to the file."""
    if turn.value("ground") == "hopeless" and not turn.past("sit"):
        return "卷宗缺调解记录，不能归档：请撤回“终止调解”，补记调解以后再办"
    return None


def has_women(turn: Turn) -> str | None:
    members, women = turn.answers["members"], turn.answers["women"]
    if not 1 <= women <= members:
        return "调委会应当有妇女成员，且不多于委员人数（人民调解法第八条）"
    return None


def paper_facts(turn: Turn) -> dict[str, Any]:
    """Sides of the case as lines, and the last day to ask for confirmation, for the papers."""
    labels = turn.case.sides
    people = [party | {"label": labels[party["side"]]} for party in turn.matter.parties]
    facts: dict[str, Any] = {"people": people, "committee": f"{turn.matter.office.name}人民调解委员会"}
    if turn.step.name == "agree":
        facts["confirm_by"] = _confirm_by(turn)
    if turn.step.name == "sit":
        facts["held_at"] = turn.answers.get("held_at") or "　　"
    if turn.step.name == "collate":
        facts |= filing.index_facts(turn)
    if turn.step.name == "file":
        facts |= filing.cover_facts(turn)
    return facts


def _confirm_by(turn: Turn) -> date | None:
    run = clock.run(turn.matter.flow.deadline("confirm"), [clock.Event("agree", turn.day, None)])
    return run.due_on if run else None

"""What publishing depends on beyond its state: guards, derived facts, what its papers say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, cast

from django.core.validators import RegexValidator

from hefa.kernel.personal import mask
from hefa.kernel.turn import Turn

from . import catalogue, replies

if TYPE_CHECKING:
    from .publication import Publication

CLOCK_TIME = [RegexValidator(r"^(?:[01]\d|2[0-3]):[0-5]\d\Z", "发布时刻应写成 11:29")]
_SECRET = re.compile(r"绝密|机密|秘密★|★\s*\d+\s*年")
_PHONE_LENGTH = 11
_PERSONAL = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d{9})(?!\d)")


def _case(turn: Turn) -> Publication:
    return cast("Publication", turn.case)


def no_secrets(turn: Turn) -> str | None:
    """State secrets must never enter: this is no classified system."""
    found = _SECRET.search(_texts(turn))
    return f"内容中有密级标志“{found[0]}”。涉密信息不得录入本系统，请改由涉密渠道处理" if found else None


def no_personal_data(turn: Turn) -> str | None:
    found = _PERSONAL.search(_texts(turn))
    if found is None:
        return None
    shown = mask("phone" if len(found[0]) == _PHONE_LENGTH else "id_no", found[0])
    return f"内容中有疑似身份证号或者手机号（{shown}），请先作去标识处理再公开"


def _texts(turn: Turn) -> str:
    return " ".join(str(turn.value(name) or "") for name in ("title", "summary", "attachments", "source"))


def is_proactive(turn: Turn) -> str | None:
    if _case(turn).mode == catalogue.Mode.PROACTIVE:
        return None
    return f"公开方式为“{_case(turn).get_mode_display()}”，不能发布；要主动公开的，请先更正公开方式"


def index_is_free(turn: Turn) -> str | None:
    index = _index_of(turn)
    if index is None:  # a past life that comes without its number has no count to make an index of
        return "请填写索引号" if turn.step.name == "publish" else None
    others = type(_case(turn))._default_manager.filter(index_no=index).exclude(pk=turn.matter.pk)
    taken = others.select_related("matter").first()
    return f"索引号 {index} 已经用于“{taken.matter.title}”，请另填" if taken else None


def indexed(turn: Turn) -> dict[str, Any]:
    return {"index_no": _index_of(turn), "published_on": turn.day, "validity": catalogue.Validity.VALID}


def generated(turn: Turn) -> dict[str, Any]:
    """The day of the step is the day that the information came to be; it comes from this office unless told."""
    name = turn.matter.office.name
    return {
        "generated_on": turn.day,
        "publisher": turn.answers.get("publisher") or name,
        "source": turn.answers.get("source") or name,
    }


def _index_of(turn: Turn) -> str | None:
    """The number typed or already given, else the office's next: the register's own count of the year."""
    if known := turn.answers.get("index_no") or _case(turn).index_no:
        return str(known)
    count = re.search(r"(\d+)号$", turn.matter.number)
    return catalogue.index_no(turn.matter.opened_on.year, int(count[1])) if count else None


def publication_facts(turn: Turn) -> dict[str, Any]:
    return {"sender": replies.sender(turn.matter.office)}

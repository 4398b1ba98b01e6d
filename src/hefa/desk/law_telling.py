"""What an update of the law data moves, told in the reader's language: one telling for the terminal and the page."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from hefa.kernel.matter import KINDS

from .speech import speak_name

Report = dict[str, Any]


@dataclass
class Section:
    """A table of the report. `rows`: (matter or None, its cells); `hidden`: rows that the reader may not see."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple[int | None, tuple[str, ...]]] = field(default_factory=list)
    hidden: int = 0

    @property
    def count(self) -> int:
        return len(self.rows) + self.hidden


def sections(report: Report, seen: Collection[int] | None = None) -> list[Section]:
    """The parts of a report that say something. `seen`: the matters that the reader may see; None: all."""
    made = [_effects(report), _moved(report), _certain(report), _unserved(report), _texts(report)]
    for one in made:
        shown = [row for row in one.rows if row[0] is None or seen is None or row[0] in seen]
        one.hidden, one.rows = len(one.rows) - len(shown), shown
    return [one for one in made if one.count]


def summary(report: Report) -> str:
    """In one line, what matters most."""
    facts = {
        "moved": len(report.get("moved", ())), "certain": len(report.get("certain", ())),
        "texts": len(report.get("texts", ())),
    }  # fmt: skip
    said = _("%(moved)d 个期限移动，%(certain)d 个由估算变为确定，%(texts)d 处文字要改") % facts
    stale = report.get("stale", 0)
    return said + (_("；另有 %(n)d 件事的期限按现行法律数据更正") % {"n": stale} if stale else "")


def _effects(report: Report) -> Section:
    made = Section(_("法律数据有什么变化"), (_("自哪天起"), _("变化")))
    made.rows = [(None, (str(one.get("from") or one.get("year") or ""), _effect(one))) for one in report["effects"]]
    return made


def _effect(given: dict[str, Any]) -> str:
    one = given | {key: speak_name(given[key]) for key in ("law", "was", "successor") if key in given}
    tell: dict[str, Callable[[], str]] = {
        "holidays": lambda: (_("%(year)d 年放假安排由估算改为公布") if not one["was_official"] else
                             _("%(year)d 年放假安排更正")) % one + _spans(one["days"]),
        "repeal": lambda: _("%(names)s废止") % {"names": "".join(f"《{name}》" for name in one["names"])}
        + (_("，由%(successor)s代替") % one if one["successor"] else "")
        + ("" if one["verified"] else _("（待核实）")),
        "number": lambda: (_("%(law)s“%(label)s”由%(old)s改为%(new)s") if one["old"] else
                         _("%(law)s新定“%(label)s”%(new)s")) % (one | _terms(one)),
        "version": lambda: (_("%(law)s有新的规定") if one["was"] == one["law"] else _("%(was)s有新的文本%(law)s")) % one,
        "new": lambda: _("新收%(law)s") % one,
        "end": lambda: _("%(law)s施行至%(to)s") % one,
        "moved": lambda: _("《%(law)s》第%(old)s条改为第%(new)s条") % one,
        "known": lambda: _("《%(law)s》共%(new)s条") % one,
        "back": lambda: _("撤回法律更新 %(id)s") % one,
    }  # fmt: skip
    return tell["number" if one["kind"] in ("term", "limit") else one["kind"]]()


def _terms(one: dict[str, Any]) -> dict[str, str]:
    return {"label": speak_name(one["label"]), "old": speak_name(one["old"]), "new": speak_name(one["new"])}


def _moved(report: Report) -> Section:
    made = Section(_("期限移动的在办事项"), (_("编号"), _("期限"), _("原来"), _("现在"), _("为什么")))
    for one in report["moved"]:
        cells = (one["number"], clock_label(one), _day(one, "from", "was_estimated"), _day(one, "to", "estimated"),
                 _("；").join(_why(one)))  # fmt: skip
        made.rows.append((one["matter"], cells))
    return made


def _certain(report: Report) -> Section:
    made = Section(_("日期不变、由估算变为确定的期限"), (_("编号"), _("期限"), _("届满日")))
    for one in report["certain"]:
        made.rows.append((one["matter"], (one["number"], clock_label(one), _day(one, "to", "estimated"))))
    return made


def _day(one: dict[str, Any], key: str, doubt: str) -> str:
    if one[key] is None:
        return _("无")
    past = key == "to" and date.fromisoformat(one[key]) < date.today()
    return f"{one[key]}{_('（估算）') if one[doubt] else ''}{_('（已超期）') if past else ''}"


def _why(one: dict[str, Any]) -> Iterator[str]:
    for reason in one["why"]:
        if reason["kind"] == "days":
            yield _spans(reason["days"]).lstrip("：: ")
        elif reason["kind"] == "term":
            said = _("“%(label)s”由%(old)s改为%(new)s") if reason["old"] else _("“%(label)s”为%(new)s")
            yield said % (reason | _terms(reason))
        else:
            yield _("此后没有施行中的期限")
    if one["was_estimated"] and not one["estimated"]:
        yield _("由估算变为确定")


def _spans(days: Sequence[Sequence[Any]]) -> str:
    """Days of one reason that follow one another, in one piece: 2027-02-09 至 2027-02-12 春节放假."""
    found = []
    numbered = list(enumerate(days))
    for _key, group in groupby(numbered, key=lambda at: (at[1][2], date.fromisoformat(at[1][0]) - timedelta(at[0]))):
        span = [day for _n, day in group]
        first, last = span[0][0], span[-1][0]
        when = first if first == last else _("%(first)s 至 %(last)s") % {"first": first, "last": last}
        found.append(f"{when} {speak_name(span[0][2])}")
    return _("：") + _("、").join(found) if found else ""


def _unserved(report: Report) -> Section:
    made = Section(_("此后起算没有期限可依的流程"), (_("自哪天起"), _("流程"), _("期限")))
    for one in report["unserved"]:
        made.rows.append((None, (one["from"], _kind(one["kind"]), clock_label(one))))
    return made


def _texts(report: Report) -> Section:
    columns = (_("哪里"), _("位置"), _("写的是"), _("到时候"), _("应改为"))
    made = Section(_("引用了到时失效或者改号的法条"), columns)
    what = {
        "review": _("在审文稿"), "draft": _("上传的文稿"), "document": _("规范性文件"), "rule": _("内部制度"),
        "paper": _("文书模板"), "basis": _("流程依据"),
    }  # fmt: skip
    wrong = {"C-01": _("已废止"), "C-02": _("没有这一条"), "C-08": _("条文改号")}
    for one in report["texts"]:
        name = one["name"]
        place = _place(one)
        if one["what"] == "basis":
            name, place = _kind(name), _(KINDS[name].flow.step(place).label) if name in KINDS else place
        then = _("%(what)s（%(day)s）") % {"what": wrong.get(one["rule"], _("请核对新文本")), "day": one["from"]}
        made.rows.append(
            (
                one["matter"],
                (f"{what[one['what']]} {name}", place, one["cited"], then, speak_name(one["successor"]) or "—"),
            )
        )
    return made


def _place(one: dict[str, Any]) -> str:
    parts = [_(one["place"]) if one["place"] else "", _("第%(n)d行") % {"n": one["line"]} if one["line"] else ""]
    return " ".join(filter(None, parts))


def _kind(label: str) -> str:
    return _(str(KINDS[label]._meta.verbose_name)) if label in KINDS else label


def clock_label(one: dict[str, Any]) -> str:
    """The clock of a row in the reader's language."""
    kind = KINDS.get(one["kind"])
    deadline = next((each for each in kind.flow.deadlines if each.name == one["clock"]), None) if kind else None
    return _(deadline.label) if deadline else one["clock"]

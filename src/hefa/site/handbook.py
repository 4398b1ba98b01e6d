"""The pages that are made from the declarations: a lie in them fails the build."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hefa.kernel.figure import figures
from hefa.kernel.flow import Deadline, Step
from hefa.kernel.law import TermRef, instruments
from hefa.kernel.layers import reading
from hefa.kernel.limit import Limit, limits
from hefa.kernel.matter import KINDS, Kind
from hefa.kernel.people import ROLES

from .places import ROOT

_NOTICE = "<!-- 本页由声明生成：./hefa docs。不要手改。 Generated from the declarations. -->\n\n"


def pages() -> dict[Path, str]:
    """Every generated page, by path. They tell of the program: an installation's updates are not read."""
    docs = ROOT / "docs"
    with reading(()):
        return {
            docs / "kinds.md": _NOTICE + "\n".join(_kinds()) + "\n",
            docs / "figures.md": _NOTICE + "\n".join(_figures()) + "\n",
            docs / "law.md": _NOTICE + "\n".join(_law()) + "\n",
        }


def stale() -> list[Path]:
    """The generated pages that no longer say what the declarations say."""
    return [path for path, text in pages().items() if not path.exists() or path.read_text("utf-8") != text]


def write() -> list[Path]:
    """Write the pages that are stale; returns which."""
    changed = stale()
    for path in changed:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(pages()[path], "utf-8")
    return changed


def _kinds() -> Iterator[str]:
    yield "# 事项、步骤与期限"
    for label, kind in KINDS.items():
        yield f"\n## {kind._meta.verbose_name} `{label}`\n"
        yield f"编号 `{kind.series}`；状态：" + "、".join(
            f"{name}{'（终）' if state in kind.flow.ends else ''}" for state, name in kind.flow.states.items()
        )
        yield "\n| 步骤 | 由谁 | 从 | 到 | 必填 | 选填 | 依据 | 文书 |\n|---|---|---|---|---|---|---|---|"
        for step in kind.flow.steps:
            yield _step(kind, step)
        if kind.flow.deadlines:
            yield "\n| 期限 | 起 | 止 | 中止与恢复 | 重新起算 | 延长 | 性质 |\n|---|---|---|---|---|---|---|"
            for deadline in kind.flow.deadlines:
                yield _deadline(kind, deadline)


def _step(kind: type[Kind], step: Step) -> str:
    from hefa.kernel.answers import label_of

    def named(names: tuple[str, ...]) -> str:
        return "、".join(label_of(kind, name) for name in names)

    cells = (
        f"{step.label} `{step.name}`",
        "、".join(ROLES[role].label for role in step.by),
        "、".join(kind.flow.states[state] for state in step.at) or "（登记）",
        kind.flow.states[step.to] if step.to else "（不变）",
        named(step.asks),
        named(step.offers),
        step.basis.short if step.basis else "",
        step.paper or "",
    )
    return "| " + " | ".join(cells) + " |"


def _deadline(kind: type[Kind], deadline: Deadline) -> str:
    def named(names: tuple[str, ...]) -> str:
        return "、".join(kind.flow.step(name).label for name in names)

    pause = f"{named(deadline.pauses)} → {named(deadline.resumes)}" if deadline.pauses else ""
    cells = (
        f"{deadline.label} `{kind._meta.app_label}.{deadline.name}`（{_length(deadline.within)}）",
        named(deadline.starts),
        named(deadline.stops),
        pause,
        named(deadline.restarts),
        f"{named(deadline.extended_by)}（{_length(deadline.extension)}）" if deadline.extension else "",
        "本机关职责" if deadline.duty else "当事人权利",
    )
    return "| " + " | ".join(cells) + " |"


def _length(ref: TermRef) -> str:
    """Every length that the term has had: 20个工作日."""
    return "；".join(dict.fromkeys(term.text for term in ref.instrument.terms[ref.name]))


def _figures() -> Iterator[str]:
    yield "# 指标\n\n| 名称 | 指标 | 单位 | 口径 |\n|---|---|---|---|"
    for name, figure in figures().items():
        yield f"| `{name}` | {figure.label} | {figure.unit} | {figure.definition} |"


def _law() -> Iterator[str]:
    yield "# 法律数据\n\n一部一个文件，在 `law/` 下。“未核实”的照样计算，但处处标明。\n"
    yield "| 文件 | 名称 | 施行 | 核实 | 来源 |\n|---|---|---|---|---|"
    for one in instruments():
        yield f"| `{one.id}` | {one.name} | {one.in_force_from} | {'是' if one.verified else '未核实'} | {one.source} |"
    yield "\n## 限额\n\n不是时间长短的数：人数、份额、金额、比率。写在各部法规文件的 `[[limits]]` 里。\n"
    yield "| 名称 | 数 | 依据 | 施行 | 核实 | 说明 |\n|---|---|---|---|---|---|"
    for one in instruments():
        for name, rows in limits(one.id).items():
            yield from (_limit(f"{one.id}.{name}", row) for row in rows)


def _limit(name: str, row: Limit) -> str:
    cells = (
        f"{row.label} `{name}`",
        row.text,
        row.article.short if row.article else row.instrument.short,
        str(row.in_force_from),
        "是" if row.verified else "未核实",
        row.remark,
    )
    return "| " + " | ".join(cells) + " |"

"""What an operator hands over: a file or a folder of law data, read whole and proved before anything is asked of it."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hefa.claims.law_data import repealed
from hefa.kernel import days, law, limit
from hefa.kernel.law import Term
from hefa.kernel.layers import COUNTING, HOLIDAYS, REPEALED, BadLaw, current, layers
from hefa.kernel.limit import Limit

from ..texts import RANKS, plain
from .forms import FORMS, INSTRUMENT, KNOWN, MOVED, Fault, Source, is_a, kind_of, rows, shape

LARGEST = 1024 * 1024
_ID = re.compile(r"[a-z][a-z0-9_]{1,40}")
_LINE = re.compile(r"\(at line (\d+)")
_DATED = {"terms": "期限", "limits": "限额"}
_HOLIDAYS = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")


@dataclass(frozen=True)
class Part:
    """A file under the name that it will have: `kind` is its form."""

    name: str
    kind: str
    body: bytes
    data: Mapping[str, Any]
    source: Source


@dataclass
class Candidate:
    """The files of an update, in order of name, and what is wrong with them."""

    parts: list[Part] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """The same for the same files, wherever they lay."""
        listed = "".join(f"{part.name}.toml {hashlib.sha256(part.body).hexdigest()}\n" for part in self.parts)
        return hashlib.sha256(listed.encode()).hexdigest()

    def part(self, kind: str) -> Part | None:
        return next((part for part in self.parts if part.kind == kind), None)

    def write(self, place: Path) -> None:
        """Put the files into a folder of their own. Only what is sound: a name that is no name could lead elsewhere."""
        if self.faults:
            raise ValueError("a faulty candidate is not written")
        for part in self.parts:
            (place / f"{part.name}.toml").write_bytes(part.body)


def read(path: Path) -> Candidate:
    """Every file read and proved by itself; all that is wrong is told at once."""
    made = Candidate()
    files = sorted(path.glob("*.toml")) if path.is_dir() else [path]
    if not path.exists() or not files:
        wrong = f"“{path}”里没有 .toml 文件" if path.exists() else f"没有找到“{path}”"
        made.faults.append(Fault(path.name, 0, "", wrong, "请检查路径"))
    for file in files if not made.faults else ():
        part = _part(file, made.faults)
        if part is None:
            continue
        if part.name in {other.name for other in made.parts}:
            wrong = f"与另一个文件登记的是同一个“{part.name}”"
            made.faults.append(Fault(file.name, 0, "", wrong, "请并成一个文件"))
        made.parts.append(part)
    made.parts.sort(key=lambda part: part.name)
    return made


class _Unread(Exception):
    """A file of which nothing can be made; its argument is the fault."""


def _part(file: Path, faults: list[Fault]) -> Part | None:
    try:
        text, data = _opened(file)
    except _Unread as reason:
        faults.append(reason.args[0])
        return None
    source, kind = Source(file.name, text), kind_of(data)
    if not kind:
        todo = "放假安排以年份为表，废止写 [[repealed]]，法规写 id、name 等，序号变动写 [[moved]]"
        faults.append(Fault(file.name, 0, "", "看不出是哪一种法律数据", todo))
        return None
    faults += _proved(source, kind, data)
    name = str(data.get("id", "")) if kind == INSTRUMENT else kind
    return Part(name, kind, text.encode(), data, source)


def _opened(file: Path) -> tuple[str, dict[str, Any]]:
    try:
        if file.stat().st_size > LARGEST:
            raise _Unread(Fault(file.name, 0, "", "文件超过 1 MB", "法律数据没有这么大，请检查文件"))
        text = file.read_text("utf-8-sig")
        return text, tomllib.loads(text)
    except OSError as error:
        raise _Unread(Fault(file.name, 0, "", f"读不出来（{error.strerror}）", "请检查文件")) from error
    except UnicodeDecodeError as error:
        raise _Unread(Fault(file.name, 0, "", "不是 UTF-8 编码的文字", "请另存为 UTF-8")) from error
    except tomllib.TOMLDecodeError as error:
        at = _LINE.search(str(error))
        wrong, todo = f"不是有效的 TOML（{error}）", "请照 law/ 里同类文件的样子写"
        line = int(at.group(1)) if at else text.count("\n") + 1
        raise _Unread(Fault(file.name, line, "", wrong, todo)) from error


def _proved(source: Source, kind: str, data: Mapping[str, Any]) -> Iterator[Fault]:
    if kind == INSTRUMENT:
        told = [*shape(source, data, FORMS[kind])]
        yield from told or _instrument(source, data)
    elif kind == HOLIDAYS:
        for year, row in data.items():
            told = [*shape(source, row, FORMS[kind], year)] if isinstance(row, dict) else [_no_table(source, year)]
            yield from told or _year(source, year, row)
    else:
        told = [_unknown(source, key) for key in data if key != kind]
        told += rows(source, data[kind], FORMS[kind], kind)
        check = {REPEALED: _dead, MOVED: _moved, KNOWN: _known}[kind]
        yield from told or (fault for n, row in enumerate(data[kind]) for fault in check(source, row, n))


def _no_table(source: Source, year: str) -> Fault:
    return Fault(
        source.name, source.line(year), year, "年份下面没有表", f"请写 [{year}]，下面写 status、source、off、work"
    )


def _unknown(source: Source, key: str) -> Fault:
    return Fault(source.name, source.line(key), "", f"不认识“{key}”", "一个文件只放一种法律数据")


def _year(source: Source, year: str, row: Mapping[str, Any]) -> Iterator[Fault]:
    """A notice: whole, within its year, weekends worked in exchange, no day both free and worked."""

    def fault(wrong: str, todo: str, *path: str | int) -> Fault:
        return Fault(source.name, source.line(year, *path), f"{year}年", wrong, todo)

    if len(year) != 4:
        yield fault("不是四位数的年份", "请写成 [2027] 这样")
    if row["status"] != "official":
        yield fault(f"“status”是“{row['status']}”", "载入的放假安排须是已公布的，写 official", "status")
    free: dict[dt.date, str] = {}
    for n, span in enumerate(row["off"]):
        day, last = span["from"], span["to"]
        if last < day or (last - day).days > 30:
            yield fault(f"{span['name']}从{day}放到{last}", "起止日期不对，请对照通知改正", "off", n)
        elif str(day.year) != year or str(last.year) != year:
            yield fault(f"{span['name']}的日期不在{year}年", "跨年的假期按年份分写在各自的表里", "off", n)
        else:
            free |= {day + dt.timedelta(days=d): span["name"] for d in range((last - day).days + 1)}
    for day in row["work"]:
        if not is_a(day, dt.date) or str(day.year) != year:
            yield fault(f"上班日“{day}”不是{year}年的日期", "请写成 2027-01-03 这样的日期", "work")
        elif day in free:
            yield fault(f"{day}既写了{free[day]}放假又写了上班", "请对照通知改正", "work")
        elif day.weekday() < 5:
            yield fault(f"上班日{day}是周一至周五", "work 只写调休上班的周六、周日", "work")
    names = "、".join(span["name"] for span in row["off"])
    if missing := "、".join(name for name in _HOLIDAYS if name not in names):
        yield fault(f"没有{missing}", "通知每年都写七个节日；两节连放的，名称写成“中秋节、国庆节”", "off")


def _dead(source: Source, row: Mapping[str, Any], n: int) -> Iterator[Fault]:
    def fault(wrong: str, todo: str, key: str = "names") -> Fault:
        return Fault(source.name, source.line(REPEALED, n, key), f"repealed 第{n + 1}项", wrong, todo)

    if not row["names"]:
        yield fault("“names”是空的", "请写废止的法规名称")
    known = repealed()
    for name in row["names"]:
        if not isinstance(name, str) or plain(name) != name or not name:
            yield fault(f"名称“{name}”写法不对", '不带《》、空格和“中华人民共和国”，如 "档案法实施办法"')
        elif name in known and known[name].dead_on != row["dead_on"]:
            yield fault(
                f"“{name}”已登记自{known[name].dead_on}起废止", "请核对日期；程序登记错了请报给维护者", "dead_on"
            )
    for name, where in row.get("where", {}).items():
        if name not in row["names"] or not isinstance(where, str):
            yield fault(f"“where”里的“{name}”不对", "只写 names 里有的名称，值是“第…条至第…条”", "where")


def _moved(source: Source, row: Mapping[str, Any], n: int) -> Iterator[Fault]:
    def fault(wrong: str, todo: str, key: str) -> Fault:
        return Fault(source.name, source.line(MOVED, n, key), f"moved 第{n + 1}项", wrong, todo)

    for key in ("old", "new"):
        if not re.fullmatch(r"\d{1,4}(?:-\d{1,2})?", row[key]):
            yield fault(f"条号“{row[key]}”写法不对", '写成 "33"，之一写成 "133-1"', key)
    try:
        re.compile(row["topic"])
    except re.error as error:
        yield fault(f"“topic”不是有效的式子（{error}）", "写几个词，用 | 隔开", "topic")


def _known(source: Source, row: Mapping[str, Any], n: int) -> Iterator[Fault]:
    def fault(wrong: str, todo: str, key: str) -> Fault:
        return Fault(source.name, source.line(KNOWN, n, key), f"known 第{n + 1}项", wrong, todo)

    if row["rank"] not in RANKS:
        yield fault(f"位阶“{row['rank']}”不对", f"可以写：{'、'.join(RANKS)}", "rank")
    if not 1 <= row["last"] <= 9999:
        yield fault(f"条数“{row['last']}”不对", "写最后一条的序号", "last")
    if row.get("promulgated", row["in_force"]) > row["in_force"]:
        yield fault("施行日期早于公布日期", "请核对两个日期", "in_force")


def _instrument(source: Source, data: Mapping[str, Any]) -> Iterator[Fault]:
    """The file by itself; then what it says of an instrument that the program's flows count by."""

    def fault(wrong: str, todo: str, *path: str | int) -> Fault:
        return Fault(source.name, source.line(*path), " ".join(map(str, path[:1])), wrong, todo)

    if not _ID.fullmatch(data["id"]) or data["id"] in {*law.NOT_INSTRUMENTS, COUNTING}:
        yield fault(f"“id”不能是“{data['id']}”", "用小写英文、数字和下划线；改已有的法规就用它在 law/ 里的文件名", "id")
        return
    held = law.instrument(data["id"]) if (current().program / f"{data['id']}.toml").is_file() else None
    if not re.fullmatch(r"《.+》", data["name"]) and (held is None or held.name.startswith("《")):
        yield fault(f"名称“{data['name']}”没有书名号", "写全称并加《》", "name")
    if data.get("in_force_to", data["in_force_from"]) < data["in_force_from"]:
        yield fault("失效日期早于施行日期", "请核对两个日期", "in_force_to")
    declared = {row["number"] for row in data.get("articles", ())}
    for key, what in _DATED.items():
        for n, row in enumerate(data.get(key, ())):
            for wrong, todo, at in (*_counted(row, key), *_placed(row, what, declared, data["in_force_from"])):
                yield fault(wrong, todo, key, n, at)
    if held is not None:
        yield from _over(source, data, held)


def _counted(row: Mapping[str, Any], key: str) -> Iterator[tuple[str, str, str]]:
    """What is wrong with the number of a term or a limit, what to do, and at which key."""
    if key == "terms":
        if row["unit"] not in law.UNITS:
            yield f"期限单位“{row['unit']}”不对", f"可以写：{'、'.join(law.UNITS)}", "unit"
        if row["days"] < 1:
            yield f"期限“{row['days']}”不对", "写正整数", "days"
        return
    unit = row.get("unit", "")
    if unit and unit not in limit.UNITS:
        yield f"限额单位“{unit}”不对", f"可以写：{'、'.join(limit.UNITS)}；不是金额、比率的不写", "unit"
    elif limit.number(row["value"], unit) is None:
        yield f"限额“{row['value']}”不对", f"写{limit.wanted(unit)}", "value"


def _placed(
    row: Mapping[str, Any], what: str, declared: Collection[int], began: dt.date
) -> Iterator[tuple[str, str, str]]:
    if row.get("article") and row["article"][0] not in declared:
        wrong = f"{what}依据的第{row['article'][0]}条没有登记"
        yield wrong, "在 articles 里登记这一条的款数和要点", "article"
    if row.get("in_force_to", dt.date.max) < row.get("in_force_from", began):
        yield f"{what}“{row['name']}”的失效日期早于施行日期", "请核对两个日期", "in_force_to"


def _over(source: Source, data: Mapping[str, Any], held: law.Instrument) -> Iterator[Fault]:
    """Rows go on from a day; what has been in force is not written anew, or closed matters would be judged otherwise."""
    standing: dict[str, Mapping[str, Sequence[Term | Limit]]] = {
        "terms": law.rows(held),
        "limits": limit.limits(held.id),
    }
    for key, what in _DATED.items():
        for n, row in enumerate(data.get(key, ())):
            began = row.get("in_force_from", data["in_force_from"])
            for wrong, todo in _rewritten(row, what, began, standing[key]):
                yield Fault(source.name, source.line(key, n, "name"), key, wrong, todo)
    for n, row in enumerate(data.get("dates", ())):
        was = held.dates.get(row["name"])
        if was is None or (was.month, was.day) != (row["month"], row["day"]):
            wrong = f"每年的日期“{row['label']}”没有施行日，不能由更新改动"
            yield Fault(
                source.name, source.line("dates", n, "name"), "dates", wrong, "请从文件里去掉，改由升级程序载入"
            )


def _rewritten(
    row: Mapping[str, Any], what: str, began: dt.date, standing: Mapping[str, Sequence[Term | Limit]]
) -> Iterator[tuple[str, str]]:
    """What is wrong, and what to do, with a row that is to lie over those that stand."""
    if row["name"] not in standing:
        yield f"程序没有名为“{row['name']}”的{what}", f"这部法规的{what}有：{'、'.join(standing) or '没有'}"
        return
    oldest = standing[row["name"]][-1]
    same = next((one for one in standing[row["name"]] if one.in_force_from == began), None)
    if isinstance(oldest, Limit) and oldest.unit != row.get("unit", ""):
        wrong = f"限额“{row['label']}”的单位与程序的不同"
        yield wrong, f"程序按“{oldest.text}”这样的数计算，unit {f'写 {oldest.unit}' if oldest.unit else '不写'}"
    elif began < oldest.in_force_from or (same and _number_of(same) != _number_in(row)):
        wrong = f"{what}“{row['label']}”改写了自{(same or oldest).in_force_from}起一直施行的规定"
        yield wrong, f"{what}有变的，in_force_from 写开始按新{what}计算的那一天"


def _number_of(one: Term | Limit) -> tuple[object, str]:
    return (one.days if isinstance(one, Term) else one.value), one.unit


def _number_in(row: Mapping[str, Any]) -> tuple[object, str]:
    unit = row.get("unit", "")
    return (row["days"] if "days" in row else limit.number(row["value"], unit)), unit


def last_word(place: Path, made: Candidate) -> Iterator[Fault]:
    """What the program's own reading of the files, laid over all that holds, still refuses."""
    chosen = layers(current().program, (*current().updates, place))
    for part in made.parts:
        try:
            if part.kind == INSTRUMENT:
                limit.written(law.instrument(part.name, place))
            elif part.kind == HOLIDAYS:
                days.differing(current(), chosen)
        except BadLaw as error:
            yield Fault(part.source.name, 0, "", str(error), "请改正后再试")

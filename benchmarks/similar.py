"""Similar cases: what asking costs over many disputes, and how often the answer is of the same type.

Run, from the checkout, after `./hefa test` has installed what tests need:

    .venv/bin/python benchmarks/similar.py                    20,000 disputes on SQLite
    .venv/bin/python benchmarks/similar.py sqlite 100000
    .venv/bin/python benchmarks/similar.py postgresql 20000
    .venv/bin/python benchmarks/similar.py quality DATA       each dispute of a data folder asks for its like

Titles are made up of 400 places, 40 things that happen and 30 that are wanted. Every question is put by the head of the
street, who sees all, and by a mediator of one community of two. `quality` asks with whole titles; with titles that
no longer end in the name of their type (a title that ends in 邻里纠纷 finds its type by its name), also among one of each
such title; and with the narratives, which are worded otherwise than the titles that they look for.
"""

from __future__ import annotations

import os
import random
import re
import resource
import sys
import time
from collections import Counter
from typing import Any

from ground import ROOT, database

THINGS = (
    "楼上漏水 夜间噪声 空调滴水 犬只惊吓 堆放杂物 占用车位 拖欠工资 预付卡退费 装修破墙 高空坠物 电动自行车相撞 房屋租赁押金 "
    "借款不还 网购退货 赡养分担 离婚抚养 物业费催缴 电梯停用 油烟扰民 广场舞音量 违建采光 宅基地界址 树木遮挡 管道堵塞 工伤补偿 "
    "课程退费 旅游退团 医疗收费 货款拖欠 加工质量 合伙清算 继承析产 彩礼返还 劳动合同解除 加班费 快递丢失 美容效果 宠物咬伤 校园碰撞 围墙倒塌"
)
WANTED = (
    "赔偿 维修 返还 停止侵害 恢复原状 道歉 退款 分期支付 搬离 降低音量 清理 补偿 免除违约金 继续履行 解除合同 更换 鉴定 减免 "
    "延期 分担费用 加装隔音 办理过户 交付钥匙 结清 调休 补签协议 重新测量 公示 承担医药费 看护"
)
SIGNS = "金银东南西北新春秋云江河湖海山林桂松竹梅"
QUESTIONS = 200


def titles(count: int) -> list[str]:
    random.seed(7)
    things, wanted = THINGS.split(), WANTED.split()
    places = [f"{a}{b}{end}" for a in SIGNS for b in SIGNS[:10] for end in ("花园", "小区")]
    return [
        f"{random.choice(places)}{random.randint(1, 40)}幢{random.choice(things)}要求{random.choice(wanted)}的纠纷"
        for _ in range(count)
    ]


def fill(town: Any, count: int) -> None:
    """Copies of one dispute under made-up titles, in two communities, without entries of their own."""
    from tests.kernel import town as making

    from hefa.kernel.matter import KINDS, Matter

    kind: Any = KINDS[making.DISPUTE]
    model = making.accept(town)
    offices = [town.feihong.pk, town.qianhe.pk]
    matters = [
        Matter(
            kind=model.kind, number=f"b{n}", title=title, office_id=offices[n % 2], state="filed", trail=model.trail,
            opened_on=model.opened_on, closed_on=model.opened_on, people=model.people,
        )
        for n, title in enumerate(titles(count))
    ]  # fmt: skip
    Matter.objects.bulk_create(matters, batch_size=2000)
    cases = [kind(matter=one, type=f"{n % 18:02}", place="飞虹社区12号") for n, one in enumerate(matters)]
    kind._default_manager.bulk_create(cases, batch_size=2000)


def cost(kind: str, count: int) -> None:
    with database(kind) as town:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        from hefa.kernel.matter import Matter
        from hefa.statutes.similar import Question, like

        fill(town, count)
        asked = [Question.of(one) for one in Matter.objects.order_by("-pk")[: QUESTIONS * 7 : 7]]
        start = time.perf_counter()
        like(asked[0], town.head)
        print(
            f"{count:,} disputes on {kind}: the first question, which reads them all, {time.perf_counter() - start:.2f} s"
        )
        for name in ("head", "mediator"):
            took = []
            for question in asked:
                start = time.perf_counter()
                found = like(question, town.actors[name])
                took.append((time.perf_counter() - start) * 1000)
                assert found
            took.sort()
            with CaptureQueriesContext(connection) as captured:
                like(asked[1], town.actors[name])
            middle, most = took[len(took) // 2], took[len(took) * 95 // 100]
            print(f"  {name:9} median {middle:.0f} ms, p95 {most:.0f} ms, {len(captured)} queries")
        print(f"  the process holds {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


NAMED = re.compile(r"(引发的|引起的|产生的|导致的)?[^引发]{0,4}纠纷$")


def quality(folder: str) -> None:
    """Leave one out: how many of the five found are of the type of the one that asks; beside it, by chance."""
    os.environ |= {"HEFA_DATA": folder, "DJANGO_SETTINGS_MODULE": "hefa.site.settings"}
    sys.path.insert(0, str(ROOT / "src"))
    import django

    django.setup()
    from hefa.kernel.matter import KINDS

    kind: Any = KINDS["mediation.dispute"]
    rows = list(kind._default_manager.values_list("pk", "type", "matter__title", "summary"))
    whole = {pk: title for pk, _, title, _ in rows}
    bare = {pk: NAMED.sub("", title) for pk, title in whole.items()}
    sorts = {pk: sort for pk, sort, _, _ in rows}
    one_each = list({re.sub(r"\d+", "", title): pk for pk, title in bare.items()}.values())
    measure("whole titles", whole, whole, sorts)
    measure("without the name of the type", bare, bare, sorts)
    measure("the same, one of each title", {pk: bare[pk] for pk in one_each}, bare, sorts)
    measure("narratives, as at an intake", {pk: told for pk, _, _, told in rows if told}, bare, sorts)


def measure(name: str, asking: dict[int, str], texts: dict[int, str], sorts: dict[int, str]) -> None:
    """Ask with each text for its like among the others; a title is looked for once if each of those that ask is one."""
    from hefa.statutes.similar.finding import LEAST
    from hefa.statutes.similar.index import Index, asked

    among = list(asking) if len(asking) < len(texts) / 2 else list(texts)
    index = Index()
    for pk in among:
        index.put(pk, texts[pk])
    first = places = answered = 0
    for pk, text in asking.items():
        best = sorted(index.best(asked(text), among, 200), key=lambda one: -one[1])
        found = [sorts[one] for one, _, part in best if one != pk and part >= LEAST][:5]
        answered += bool(found)
        first += found[:1] == [sorts[pk]]
        places += sum(one == sorts[pk] for one in found)
    share = sum((n / len(among)) ** 2 for n in Counter(sorts[pk] for pk in among).values())
    n = len(asking)
    print(
        f"{name} ({n} ask {len(among)}): answered {answered / n:.3f}; first of the same type {first / n:.3f},", end=" "
    )
    print(f"of five places {places / n / 5:.3f}; by chance {share:.3f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["quality"]:
        quality(sys.argv[2])
    else:
        cost(*(sys.argv[1:2] or ["sqlite"]), int((sys.argv[2:3] or ["20000"])[0]))

"""Floors of what search finds over the real library: questions of our own, and LawBench where it is there.

The floors lie a little below what was measured (docs/adr/0011-search.md): a change that loses ground fails.
"""

import importlib.util
import tomllib
from pathlib import Path

import pytest

from hefa.statutes.search import Library, open_library
from hefa.statutes.search.openings import Pointer, openings, place
from hefa.statutes.shelf import Shelf
from hefa.statutes.sources import package
from hefa.statutes.sources.files import read
from hefa.statutes.texts import Draft, plain

# The package has no text of these, or only facts: an office adds them.
ADDED_BY_THE_OFFICE = {
    "政府信息公开条例",
    "信访工作条例",
    "重大行政决策程序暂行条例",
    "公平竞争审查条例",
    "优化营商环境条例",
    "保障农民工工资支付条例",
    "保障中小企业款项支付条例",
    "国有土地上房屋征收与补偿条例",
    "物业管理条例",
    "浙江省综合行政执法条例",
    "浙江省农村集体资产管理条例",
    "宁波市养犬管理条例",
    "宁波市人民调解条例",
    "宁波市住宅小区物业管理条例",
    "最高人民法院关于行政机关负责人出庭应诉若干问题的规定",
    "最高人民法院关于审理行政协议案件若干问题的规定",
}
ROOT = Path(__file__).resolve().parents[2]
# Written for this test in everyday words; the article is one that a lawyer would open first.
QUESTIONS = {
    "同事借钱不还怎么办": ("民法典", {"675", "676", "577", "667"}),
    "借条上没写利息能要利息吗": ("民法典", {"680"}),
    "房东不退押金还把我东西扔了": ("民法典", {"703", "733", "716", "577", "714", "708"}),
    "被邻居家的狗咬伤了谁来赔": ("民法典", {"1245", "1246", "1247"}),
    "楼上扔下来的花盆砸坏了我的车": ("民法典", {"1253", "1254"}),
    "公司拖欠工资三个月": ("劳动合同法", {"30", "85"}),
    "公司一直不跟我签劳动合同": ("劳动合同法", {"10", "82"}),
    "怀孕被公司辞退": ("劳动合同法", {"42", "48", "87"}),
    "结婚多少岁可以领证": ("民法典", {"1047", "1046", "1049"}),
    "离婚冷静期是几天": ("民法典", {"1077", "1076"}),
    "离婚后孩子归谁抚养": ("民法典", {"1084", "1085"}),
    "老人去世没有遗嘱房子怎么分": ("民法典", {"1127", "1130", "1123"}),
    "儿子不赡养父母": ("民法典", {"1067", "26"}),
    "醉驾会被吊销驾照吗": ("道路交通安全法", {"91"}),
    "网上买的东西七天内能退货吗": ("消费者权益保护法", {"25"}),
    "买到假货商家要赔三倍吗": ("消费者权益保护法", {"55"}),
    "业主可以不交物业费吗": ("民法典", {"944", "937"}),
    "不服行政处罚多久内可以申请行政复议": ("行政复议法", {"20"}),
    "小偷偷了手机会判几年": ("刑法", {"264"}),
    "打架把人打成轻伤怎么判": ("刑法", {"234"}),
}


@pytest.fixture(scope="module")
def library(tmp_path_factory) -> Library:
    if package.locate() is None:
        pytest.skip("the package with the law texts is not installed")
    folder = tmp_path_factory.mktemp("search")
    return open_library(shelf=Shelf.open(folder), folder=folder)


def test_our_own_questions(library: Library) -> None:
    lost = [
        question
        for question, (law, numbers) in QUESTIONS.items()
        if not any(hit.law.endswith(law) and hit.article in numbers for hit in library.search(question, 10))
    ]
    assert len(lost) <= 4, lost


@pytest.fixture(scope="module")
def full(tmp_path_factory, shared: Path) -> Library:
    """The package's laws with the regulations of the shared folder."""
    if package.locate() is None:
        pytest.skip("the package with the law texts is not installed")
    folder = tmp_path_factory.mktemp("full")
    shelf = Shelf.open(folder)
    shelf.add([one for _, one in read(shared / "data" / "laws") if isinstance(one, Draft)], "shared")
    return open_library(shelf=Shelf.open(folder), folder=folder)


def _lost(library: Library) -> tuple[set[Pointer], set[str]]:
    """Pointers that find no article in a law whose words are here, and the laws whose words are not."""
    laws: dict[str, dict[str, int]] = {}
    for at, passage in enumerate(library.passages):
        laws.setdefault(plain(passage.law), {})[passage.article] = at
    pointers = {pointer for entry in openings() for pointer in entry.pointers}
    assert len(pointers) > 400
    astray = {one for one in pointers if one.law in laws and place(one, laws[one.law], library.passages) is None}
    return astray, {one.law for one in pointers} - laws.keys()


def test_openings_lead_to_articles_of_the_shelf(library: Library) -> None:
    astray, elsewhere = _lost(library)
    assert not astray
    assert elsewhere == ADDED_BY_THE_OFFICE


def test_openings_lead_to_articles_of_the_office_s_own_laws(full: Library) -> None:
    assert _lost(full) == (set(), {"保障中小企业款项支付条例"})


def test_what_an_office_asks(full: Library) -> None:
    """Among the first three: measured 238 of 248 (docs/adr/0011-search.md)."""
    with Path(__file__).with_name("office.toml").open("rb") as file:
        asked = tomllib.load(file)["asked"]
    titles = {plain(passage.law) for passage in full.passages}
    within = [one for one in asked if any(right.split(" ")[0] in title for right in one["right"] for title in titles)]
    lost = [
        one["question"]
        for one in within
        if not any(
            law in hit.law and number in ("", hit.article)
            for hit in full.search(one["question"], 3)
            for law, _, number in (right.partition(" ") for right in one["right"])
        )
    ]
    assert len(within) > 240
    assert len(lost) <= 14, lost


def test_floor_on_lawbench(library: Library, shared: Path, capsys) -> None:
    spec = importlib.util.spec_from_file_location("law_search", ROOT / "benchmarks" / "law_search.py")
    assert spec is not None and spec.loader is not None
    bench = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(bench)
    bench.DATA = shared / "data" / "lawbench"
    key = bench.Key(library.passages)
    for name, first_only, least in (("3-2", True, 0.79), ("3-8", False, 0.54)):
        gold = [item for item in bench.items(name, key, first_only) if item[1]]
        found = sum(
            len({place for place, _ in library.places(question, 10)} & set(right)) / len(right)
            for question, right in gold
        )
        assert found / len(gold) >= least, name

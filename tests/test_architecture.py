"""The house rules that a program can check."""

from __future__ import annotations

import ast
import re
import subprocess
import tokenize
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "hefa"
KERNEL = SOURCE / "kernel"
MOST_LINES, MOST_OF_A_FUNCTION = 400, 40
MOST_COMMENT = 0.2  # share of comment lines among the lines of a file
FORBIDDEN = {"util", "utils", "helper", "helpers", "common", "manager", "base", "service"}
PURE = ("layers", "law", "days", "flow", "clock", "limit", "walk", "findings")
PYTHON = sorted(
    path
    for folder in (SOURCE, ROOT / "tests", ROOT / "benchmarks", ROOT / "scripts", ROOT / "samples")
    for path in folder.rglob("*.py")
    if "migrations" not in path.parts
)
OWN = [path for path in PYTHON if path.is_relative_to(SOURCE)]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


@pytest.mark.parametrize("path", PYTHON, ids=name_of)
def test_a_file_can_be_read_in_one_sitting(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("path", PYTHON, ids=name_of)
def test_a_function_fits_a_screen(path: Path) -> None:
    long = {
        f"{node.name} ({node.end_lineno - node.lineno + 1})"
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno >= MOST_OF_A_FUNCTION
    }
    assert long == set()


@pytest.mark.parametrize("path", OWN, ids=name_of)
def test_names_say_something(path: Path) -> None:
    assert path.stem.lower() not in FORBIDDEN
    classes = [node.name for node in ast.walk(tree_of(path)) if isinstance(node, ast.ClassDef)]
    # 服务 and 送达 are nouns of the domain; a class that ends in such a word after another is an evasion.
    assert [
        name for name in classes if (words := re.findall("[A-Z][a-z]+", name))[1:] and words[-1].lower() in FORBIDDEN
    ] == []


@pytest.mark.parametrize("path", OWN, ids=name_of)
def test_code_speaks_for_itself(path: Path) -> None:
    with path.open("rb") as stream:
        comments = sum(token.type == tokenize.COMMENT for token in tokenize.tokenize(stream.readline))
    lines = len(path.read_text("utf-8").splitlines())
    assert comments <= max(3, MOST_COMMENT * lines)


def imported(path: Path) -> Iterator[str]:
    """Top-level names of modules that a file imports when it runs; `.x` for its own package."""
    for node in _run_time(tree_of(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level:
            yield from (f".{node.module}",) if node.module else (f".{alias.name}" for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def _run_time(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
            continue
        yield child
        yield from _run_time(child)


@pytest.mark.parametrize("module", PURE)
def test_pure_modules_know_no_database(module: str) -> None:
    for name in imported(KERNEL / f"{module}.py"):
        assert not name.startswith(("django", "hefa")), name
        assert not name.startswith(".") or name.removeprefix(".") in PURE, name


def test_kinds_do_not_know_each_other() -> None:
    folders = {path.name for path in (SOURCE / "matters").iterdir() if path.is_dir()}
    for path in (SOURCE / "matters").rglob("*.py"):
        own = path.relative_to(SOURCE / "matters").parts[0]
        for name in imported(path):
            found = re.match(r"hefa\.matters\.(\w+)", name)
            assert not found or found.group(1) == own or found.group(1) not in folders, f"{name_of(path)}: {name}"


def test_every_law_loads() -> None:
    from hefa.kernel import law

    files = {path.stem: path for path in (ROOT / "law").glob("*.toml")}
    assert all(tomllib.loads(path.read_text("utf-8")) for path in files.values())
    assert {one.id for one in law.instruments()} == files.keys() - law.NOT_INSTRUMENTS
    for one in law.instruments():
        assert one.name and law.counting("start", one)


@pytest.mark.parametrize("path", sorted((SOURCE / "matters").rglob("*.py")), ids=name_of)
def test_terms_are_law_not_code(path: Path) -> None:
    """No number of days stands in a line of work: not as `days=`, not in a timedelta."""
    if "migrations" in path.parts:
        return
    counted = []
    for node in ast.walk(tree_of(path)):
        if not isinstance(node, ast.Call):
            continue
        given = [word.value for word in node.keywords if word.arg in ("days", "weeks", "months", "years", "hours")]
        if ast.unparse(node.func).endswith("timedelta"):
            given += node.args
        counted += [ast.unparse(node) for value in given if isinstance(value, ast.Constant) and abs(value.value) > 1]
    assert counted == []


PLACES = re.compile(
    r"(?:index-url|extra-index|find-links|registry)\s*=\s*\S*https?:|https?://[^\s\"')]*(?:pypi|pythonhosted|npmjs|"
    r"npmmirror|artifactory|nexus|/simple/)|(?<![\w.$}/])/(?:root|home|Users)/\w+|(?<![\w.$}/])/work/"
)


def test_nothing_tells_of_a_machine_or_a_registry() -> None:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True)
    if done.returncode:
        pytest.skip("not a checkout")
    found = []
    for name in filter(None, done.stdout.decode().split("\0")):
        path = ROOT / name
        if path == Path(__file__) or not path.is_file():
            continue
        try:
            lines = path.read_text("utf-8").splitlines()
        except UnicodeDecodeError:
            continue
        found += [f"{name}:{n}: {hit.group()}" for n, line in enumerate(lines, 1) if (hit := PLACES.search(line))]
    assert found == []

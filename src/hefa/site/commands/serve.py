"""hefa serve: the web server."""

from __future__ import annotations

import argparse
import os
import sys


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8000, help="端口（默认 8000）")
    parser.add_argument("--host", default="127.0.0.1", help="地址（默认只在本机）")


def run(args: argparse.Namespace) -> int:
    from hefa.kernel.people import Person

    from ..setup import assets, prepare, say

    prepare()
    assets()
    if not Person.objects.exists():
        say(
            "还没有能登录的人。请先按 Ctrl+C 停下，运行 ./hefa up（正式使用加 --no-sample），会给出第一位管理员的密码。"
        )
    return serve(args.host, args.port)


def serve(host: str, port: int) -> int:
    """Replace this process by the web server. `Fail` when the port is taken."""
    import socket

    from ..cli import Fail

    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError):
            raise Fail(f"端口 {port} 已被占用或不能用，请用 --port 换一个") from None
    sys.stdout.flush()
    sys.stderr.flush()
    os.execv(
        sys.executable,
        [
            sys.executable, "-P", "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
            "--workers", "1", "--blocking-threads", "4", "--no-ws", "--log-level", "warning",
            "hefa.site.wsgi:application",
        ],
    )  # fmt: skip

"""hefa makemigrations: write the migrations of kinds that are new or changed."""

from __future__ import annotations

import argparse


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folders", nargs="*", metavar="文件夹", help="业务线，如 mediation（默认全部）")


def run(args: argparse.Namespace) -> int:
    from django.core.management import call_command

    call_command("makemigrations", *args.folders, interactive=False)
    return 0

"""The street's own rules of procedure as data: norms.toml beside this file. None of them is law."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

_NORMS = tomllib.loads((Path(__file__).parent / "norms.toml").read_text("utf-8"))

# Of all members how many must be present, and more than how many must agree.
QUORUM = Fraction(*_NORMS["quorum"]["share"])
MAJORITY = Fraction(*_NORMS["majority"]["share"])
# 元, from which on a contract is a use of large funds that the team decides together.
LARGE_CONTRACT = Decimal(_NORMS["large_contract"]["amount"])

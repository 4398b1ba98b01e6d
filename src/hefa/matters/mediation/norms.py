"""What the platform itself sets about dossiers and counting, as data: norms.toml beside this file. None of it is law."""

from __future__ import annotations

import tomllib
from pathlib import Path

_NORMS = tomllib.loads((Path(__file__).parent / "norms.toml").read_text("utf-8"))

POINTS: int = _NORMS["dossier_item"]["points"]
# Below which a dossier is filed only with a reason, and below which it is listed as poor.
SOUND: int = _NORMS["dossier_sound"]["score"]
POOR: int = _NORMS["dossier_poor"]["score"]
MANY: int = _NORMS["many_parties"]["people"]
MOST_REPRESENTATIVES: int = _NORMS["representatives"]["people"]
LONG: int = _NORMS["long_running"]["years"]
# Difficulty or form of an agreement → how long the dossier is kept.
RETENTION: dict[str, str] = {name: _NORMS["retention"][name] for name in ("oral", "written", "major")}

"""Where things lie: the checkout, the data folder, the site's secret."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[3]
DATA_VARIABLE = "HEFA_DATA"


def data_dir() -> Path:
    """The data folder: HEFA_DATA, else var/ in the checkout; made when missing, readable by its owner only."""
    folder = Path(os.environ.get(DATA_VARIABLE) or ROOT / "var").expanduser().resolve()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def database_address() -> str:
    """Where the PostgreSQL of HEFA_DATABASE_URL is, without who signs in; empty for the SQLite of the data folder."""
    parts = urlsplit(os.environ.get("HEFA_DATABASE_URL", ""))
    return f"{parts.netloc.rpartition('@')[2]}{parts.path}?{parts.query}" if parts.scheme else ""


def site_secret(folder: Path) -> str:
    """The site's secret, made on first use. Without it neither personal data nor the ledger's head can be read."""
    path = folder / "secret.key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as out:
        secret = secrets.token_hex(32)
        out.write(secret + "\n")
        out.flush()
        os.fsync(out.fileno())
    return secret

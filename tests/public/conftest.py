"""The town of the desk's tests, with points on record."""

from tests.desk.conftest import _fresh, desk  # noqa: F401

"""Rows written with one prepared statement a table: what the door writes on every step, thousands at an import.

The ORM's insert and save cost several times the statement itself; here each field prepares its own value
(`get_db_prep_save`), and the text of the statement is made once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from django.db import connections, models
from django.db.models import Field


@lru_cache(maxsize=128)
def _insert_sql(model: type[models.Model], alias: str) -> tuple[str, tuple[Field, ...]]:
    quote = connections[alias].ops.quote_name
    fields = tuple(f for f in model._meta.concrete_fields if not isinstance(f, models.AutoField))
    columns = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})", fields


def insert(rows: Sequence[models.Model], alias: str) -> None:
    """Insert rows of one model, one statement. Keys that the database gives are not read back."""
    if not rows:
        return
    connection = connections[alias]
    sql, fields = _insert_sql(type(rows[0]), alias)
    many = [[field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields] for row in rows]
    with connection.cursor() as cursor:
        if len(many) == 1:
            cursor.execute(sql, many[0])
        else:
            cursor.executemany(sql, many)
    for row in rows:
        row._state.adding, row._state.db = False, alias


@lru_cache(maxsize=512)
def _update_sql(model: type[models.Model], names: tuple[str, ...], alias: str) -> tuple[str, tuple[Field, ...]]:
    quote = connections[alias].ops.quote_name
    by_name = {field.attname: field for field in model._meta.concrete_fields}
    fields = tuple(by_name[name] for name in names)
    pairs = ", ".join(f"{quote(str(field.column))} = %s" for field in fields)
    key = model._meta.pk
    return f"UPDATE {quote(model._meta.db_table)} SET {pairs} WHERE {quote(str(key.column))} = %s", (*fields, key)


def update(row: models.Model, names: Iterable[str], alias: str) -> None:
    """Write the named attributes of one row."""
    update_many([row], names, alias)


def update_many(rows: Sequence[models.Model], names: Iterable[str], alias: str) -> None:
    """Write the named attributes of rows of one model, one statement."""
    if not rows:
        return
    connection = connections[alias]
    sql, fields = _update_sql(type(rows[0]), tuple(sorted(names)), alias)
    many = [[field.get_db_prep_save(getattr(row, field.attname), connection) for field in fields] for row in rows]
    with connection.cursor() as cursor:
        if len(many) == 1:
            cursor.execute(sql, many[0])
        else:
            cursor.executemany(sql, many)

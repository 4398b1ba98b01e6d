"""The ledger: what is left when a step was taken. Appended, sealed, chained, never edited."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import orjson
from django.db import connections, models, router, transaction

from . import personal, rows
from .matter import Matter
from .people import Office, Person
from .walk import GENESIS, seal_of

LEDGER = "ledger"


class EntryQuerySet(models.QuerySet["Entry"]):
    def steps(self) -> EntryQuerySet:
        """The steps of matters: no notes, and none that takes another back.

        Not as `revokes=None`: SQLite holds a unique index to be nearly free, reads the whole ledger by this one, and
        leaves alone those that know the matter, or the kind, step and day.
        """
        return self.filter(turn__gt=0).exclude(revokes__isnull=False)


class Entry(models.Model):
    """One step taken. `id` is its place in the one chain, without gaps, given out under the head's lock.

    `day` is the legal day of the act, `at` the moment of writing; `to` the state that it led to;
    `answers` all facts that it set (personal ones as salted digests); `revokes` the entry that it takes
    back; `paper` {name, digest} of the document issued; `seal` = SHA-256(prev + the canonical content).
    """

    id = models.BigIntegerField(primary_key=True)
    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="entries")
    turn = models.PositiveIntegerField(default=0)
    kind = models.CharField(max_length=60)
    office = models.ForeignKey(Office, models.PROTECT, null=True, related_name="+")
    step = models.CharField(max_length=60)
    to = models.CharField(max_length=30)
    day = models.DateField()
    at = models.DateTimeField()
    actor = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField(max_length=80)
    role = models.CharField(max_length=30)
    via = models.CharField(max_length=12)
    answers = models.JSONField(default=dict)
    paper = models.JSONField(null=True)
    revokes = models.OneToOneField("self", models.PROTECT, null=True, related_name="revoked")
    prev = models.CharField(max_length=64)
    seal = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = "账目"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["kind", "step", "day", "office"], name="entry_by_step"),
            models.Index(fields=["matter", "turn"], name="entry_by_matter"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.kind} {self.step} {self.day}"

    def content(self) -> bytes:
        """The canonical bytes under the seal. The place is not in them: the chain fixes the place."""
        return orjson.dumps(
            [
                self.matter_id,
                self.turn,
                self.kind,
                self.office_id,
                self.step,
                self.to,
                self.day.isoformat(),
                self.at.astimezone(UTC).isoformat(),
                self.actor_id,
                self.actor_name,
                self.role,
                self.via,
                self.answers,
                self.paper,
                self.revokes_id,
            ],
            option=orjson.OPT_SORT_KEYS,
        )


class Envelope(models.Model):
    """The personal answers of one entry, encrypted, with the salt of their digests.

    Erasing it (`body` empty) leaves the ledger whole and its digests meaningless.
    """

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="envelope")
    body = models.TextField()

    class Meta:
        verbose_name = verbose_name_plural = "封存内容"

    @classmethod
    def of(cls, entry: Entry, salt: str, answers: dict[str, Any], paper: dict[str, Any] | None) -> Envelope:
        body = orjson.dumps({"salt": salt, "answers": answers, "paper": paper}).decode()
        return cls(entry=entry, body=personal.encrypt(body))

    def open(self) -> dict[str, Any]:
        """{salt, answers, paper}; empty when erased. ValueError when the ciphertext was altered."""
        return orjson.loads(personal.decrypt(self.body)) if self.body else {}


class Counter(models.Model):
    """A row that is locked to count: the ledger's head, and one a number series and year.

    Of the head `value` is the last entry, `seal` its seal, `mark` the site's keyed mark over both.
    """

    key = models.CharField(max_length=160, primary_key=True)
    value = models.BigIntegerField(default=0)
    seal = models.CharField(max_length=64, blank=True)
    mark = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "计数"

    def sign(self) -> None:
        self.mark = personal.mark(f"{self.value}:{self.seal}")

    def is_signed(self) -> bool:
        return self.mark == personal.mark(f"{self.value}:{self.seal}")


def database() -> str:
    """The alias that the ledger is written to."""
    return router.db_for_write(Entry)


class Chain:
    """The ledger's head, locked for one transaction, with the number series that it needs.

    Every writer holds the head first, so series and entries are gapless and nothing deadlocks.
    """

    def __init__(self, *series: str) -> None:
        if not transaction.get_connection(database()).in_atomic_block:
            raise RuntimeError("the ledger is written inside a transaction")
        self.counters = self._locked(LEDGER, *series)
        self.head = self.counters.get(LEDGER) or self.counters.setdefault(LEDGER, Counter(key=LEDGER, seal=GENESIS))

    @staticmethod
    def _locked(*keys: str) -> dict[str, Counter]:
        connection = connections[database()]
        lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
        marks = ", ".join(["%s"] * len(keys))
        with connection.cursor() as cursor:
            cursor.execute(_COUNTERS.format(marks) + lock, keys)
            return {row[0]: Counter(*row) for row in cursor.fetchall()}

    def _series(self, key: str) -> Counter:
        # A series begun by another writer while we waited for the head is invisible to the
        # statement that waited, not to the next one.
        if key not in self.counters:
            self.counters[key] = self._locked(key).get(key) or Counter(key=key)
        return self.counters[key]

    def next_number(self, series: str) -> int:
        """The next number of a series: gapless, for a rollback takes it back."""
        counter = self._series(series)
        counter.value += 1
        return counter.value

    def reserve(self, series: str, number: int) -> None:
        """A number that stands on an old paper: the series goes on after it."""
        counter = self._series(series)
        counter.value = max(counter.value, number)

    def add(self, entry: Entry) -> Entry:
        """Give the entry its place and its seal."""
        entry.pk = self.head.value + 1
        entry.prev = self.head.seal
        entry.seal = seal_of(entry.prev, entry.content())
        self.head.value, self.head.seal = entry.pk, entry.seal
        return entry

    def save(self) -> None:
        """Write the head and the series back, in one statement."""
        self.head.sign()
        values = [value for c in self.counters.values() for value in (c.key, c.value, c.seal, c.mark)]
        marks = ", ".join(["(%s, %s, %s, %s)"] * len(self.counters))
        with connections[database()].cursor() as cursor:
            cursor.execute(_KEEP.format(marks), values)


_COUNTERS = "SELECT key, value, seal, mark FROM kernel_counter WHERE key IN ({}) ORDER BY key <> 'ledger', key"
_KEEP = (
    "INSERT INTO kernel_counter (key, value, seal, mark) VALUES {} ON CONFLICT (key) DO UPDATE "
    "SET value = excluded.value, seal = excluded.seal, mark = excluded.mark"
)


def now() -> datetime:
    return datetime.now(UTC)


def note(step: str, *, actor: Any, matter: Matter | None = None, answers: dict[str, Any], via: str = "desk") -> Entry:
    """Put on record something that changes no matter: a look at personal data, a post given, a verification."""
    with transaction.atomic(using=database()):
        chain = Chain()
        entry = chain.add(
            Entry(
                matter=matter,
                turn=0,
                kind=matter.kind if matter else "",
                office_id=matter.office_id if matter else None,
                step=step,
                to=matter.state if matter else "",
                day=now().astimezone().date(),
                at=now(),
                actor_id=actor.person_id,
                actor_name=actor.name,
                role=next(iter(sorted(actor.roles)), ""),
                via=via,
                answers=answers,
            )
        )
        rows.insert([entry], database())
        chain.save()
    return entry


def refuse_changes(vendor: str) -> Iterable[str]:
    """The statements that make the ledger's table refuse UPDATE and DELETE, by database vendor."""
    message = "kernel_entry is append-only: a correction is a step of its own"
    if vendor == "postgresql":
        yield (
            "CREATE FUNCTION kernel_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{message}'; END $$"
        )
        yield (
            "CREATE TRIGGER kernel_entry_append_only BEFORE UPDATE OR DELETE ON kernel_entry "
            "FOR EACH ROW EXECUTE FUNCTION kernel_entry_refuse()"
        )
        yield (
            "CREATE TRIGGER kernel_entry_no_truncate BEFORE TRUNCATE ON kernel_entry "
            "FOR EACH STATEMENT EXECUTE FUNCTION kernel_entry_refuse()"
        )
    else:
        for event in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER kernel_entry_no_{event.lower()} BEFORE {event} ON kernel_entry "
                f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            )
        # REPLACE deletes whatever shares a unique value, without firing the delete trigger.
        yield (
            "CREATE TRIGGER kernel_entry_no_replace BEFORE INSERT ON kernel_entry "
            "WHEN EXISTS (SELECT 1 FROM kernel_entry WHERE id = NEW.id OR revokes_id = NEW.revokes_id) "
            f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
        )


def head() -> tuple[int, str]:
    """(last entry, its seal), unlocked."""
    row = Counter.objects.filter(key=LEDGER).values_list("value", "seal").first()
    return row or (0, GENESIS)


def is_sqlite() -> bool:
    return connections[database()].vendor == "sqlite"

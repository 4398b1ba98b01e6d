"""A ledger brought in: every cell judged first, then all of it written through the one door, or none of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import batched
from typing import Any, NamedTuple

import orjson
from django.db.models import Q

from hefa.kernel import personal
from hefa.kernel.act import Played, PlayRefused, play_many, rehearse
from hefa.kernel.answers import Refused
from hefa.kernel.matter import PARTIES, Kind, Matter
from hefa.kernel.people import Actor, Office

from .cells import is_nothing, read, text_of
from .columns import Column, columns, required
from .lives import Lives, shown
from .lookup import Directory, Numbers
from .matching import Matching, match
from .reading import Book, Row, Sheet, Source, open_book
from .writing import rejects

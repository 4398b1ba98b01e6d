"""Search of the library: plain questions and phrases to articles.

from hefa.statutes.search import search
search("同事借钱不还怎么办")[0].article        "675"
"""

from __future__ import annotations

from hefa.statutes.search.index import Passage
from hefa.statutes.search.library import Hit, Library, open_library, search

__all__ = ["Hit", "Library", "Passage", "open_library", "search"]

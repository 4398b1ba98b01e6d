"""Where Django looks for the kernel's tables."""

from .ledger import Counter, Entry, Envelope
from .matter import Matter, Mention
from .people import Office, Person, Post

__all__ = ["Counter", "Entry", "Envelope", "Matter", "Mention", "Office", "Person", "Post"]

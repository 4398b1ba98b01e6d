"""hefa 合法: a sub-district's rule-of-law work in one place."""

__version__ = "0.1.0"

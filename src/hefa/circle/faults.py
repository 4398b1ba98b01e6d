"""What is wrong with what was given, in one sentence."""


class Unusable(ValueError):
    """A file, a point or a number that the circle cannot be drawn from: what, where, and what to do."""

"""Who does what in a penalty case: investigators, their head, the leaders who decide, the lawyers who check."""

OFFICERS = ("enforcer", "enforcement_head")
LEADERS = ("director", "deputy")  # 行政机关负责人
HEADS = ("enforcement_head", *LEADERS)
REVIEWERS = ("reviewer", "justice_clerk", "justice_head")
CHAIRS = ("justice_clerk", "justice_head", "deputy")
LAWYERS = ("justice_clerk", "justice_head", "enforcement_head")

"""Procurement of services (政府购买服务): purchases, and the rounds of self-checks over them, in the order of the desk."""

# isort: off
from .purchase import Purchase
from .checking import Round, SelfCheck
from .defects import Defect

__all__ = ["Defect", "Purchase", "Round", "SelfCheck"]

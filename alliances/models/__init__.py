"""Models of alliances."""

from alliances.models.alliance import Alliance
from alliances.models.membership import Membership

__all__ = ["Alliance", "Membership"]

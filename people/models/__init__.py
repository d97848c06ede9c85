"""People, and what the company's map of competences says of their work."""

from people.models.competence import (
    Competence,
    CompetenceKind,
    FinderAnswer,
    FinderQuestion,
    RoleProfile,
    SelfCheck,
)
from people.models.person import MentorStatus, Profile, User

__all__ = [
    "Competence",
    "CompetenceKind",
    "FinderAnswer",
    "FinderQuestion",
    "MentorStatus",
    "Profile",
    "RoleProfile",
    "SelfCheck",
    "User",
]

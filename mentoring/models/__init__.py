"""Models of mentoring."""

from mentoring.models.mentorship import Agreement, Closure, Goal, Mentorship, RematchRequest
from mentoring.models.privacy import Exclusion, Wall
from mentoring.models.profile import MentorProfile
from mentoring.models.programme import Programme, Wish
from mentoring.models.pulses import HealthSnapshot, Pulse
from mentoring.models.requests import MatchRequest
from mentoring.models.runs import Candidate, MatchRun
from mentoring.models.sessions import Note, Session

__all__ = [
    "Agreement",
    "Candidate",
    "Closure",
    "Exclusion",
    "Goal",
    "HealthSnapshot",
    "MatchRequest",
    "MatchRun",
    "MentorProfile",
    "Mentorship",
    "Note",
    "Programme",
    "Pulse",
    "RematchRequest",
    "Session",
    "Wall",
    "Wish",
]

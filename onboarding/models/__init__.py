"""Models of onboarding."""

from onboarding.models.appointments import AllianceAssignment, ImportBatch, Invitation, RoleAppointment
from onboarding.models.journeys import Journey, Nudge, Step, StepEvidence
from onboarding.models.manager_pulses import ManagerPulse
from onboarding.models.templates import JourneyTemplate, Letter, StepBranch, StepTemplate

__all__ = [
    "AllianceAssignment",
    "ImportBatch",
    "Invitation",
    "Journey",
    "JourneyTemplate",
    "Letter",
    "ManagerPulse",
    "Nudge",
    "RoleAppointment",
    "Step",
    "StepBranch",
    "StepEvidence",
    "StepTemplate",
]

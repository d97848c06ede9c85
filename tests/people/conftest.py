"""What tests of people share: the vocabularies that profiles choose from."""

import pytest

from core.models import Term, Vocabulary


@pytest.fixture
def terms(db: None) -> dict[str, Term]:
    """A few terms by code, one or two of each vocabulary that a profile uses."""
    wanted = {
        Vocabulary.BUSINESS_FUNCTION: {"legal_contracts": "Legal contracts", "research": "Research"},
        Vocabulary.ROLE_AREA: {"contract": "Contract management", "process": "Process management"},
        Vocabulary.HABIT: {"H1": "Value and risk focus", "H2": "Stakeholder engagement"},
        Vocabulary.ALLIANCE_TYPE: {"codev": "Co-development"},
        Vocabulary.LIFECYCLE_PHASE: {"startup": "Start-up"},
    }
    return {
        code: Term.objects.get_or_create(vocabulary=vocabulary, code=code, defaults={"label": label})[0]
        for vocabulary, labels in wanted.items()
        for code, label in labels.items()
    }

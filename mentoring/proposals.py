"""The three mentors proposed to one mentee, as they see them; each card carries its points sealed, and nothing is kept.

A private filter looks like a place that is taken: it raises the same count by the same one, and nothing else differs.
"""

from collections import Counter
from collections.abc import Mapping

from django.utils.translation import gettext_lazy

from mentoring.data import Part, ProposalCard, Proposals
from mentoring.matching import data
from mentoring.matching.data import MOST, PRIVATE_CODES, Proposal, Shortlist
from mentoring.matching.shortlist import shortlist
from mentoring.pool import load_pool
from mentoring.programmes import standing_programme
from mentoring.snapshots import Snapshot, seal, unseal
from people.models import User

TAKEN = "taken"
UNAVAILABLE = PRIVATE_CODES | {data.AWAY, data.FULL, data.UNTRAINED}
REASONS = {
    TAKEN: gettext_lazy("no free place, or away at present"),
    data.LINE: gettext_lazy("in the reporting line"),
    data.LANGUAGE: gettext_lazy("no working language in common"),
    data.OVERLAP: gettext_lazy("less than two working hours a day in common"),
    data.AUDIENCE: gettext_lazy("outside the programme"),
    data.TENURE: gettext_lazy("not long enough in the role for the programme"),
}
PARTS = {
    "competence": gettext_lazy("What you want to learn"),
    "type": gettext_lazy("Alliance types like yours"),
    "phase": gettext_lazy("Phases like yours"),
    "style": gettext_lazy("Style of talking"),
    "overlap": gettext_lazy("Working hours in common"),
    "area": gettext_lazy("Therapeutic area"),
    "language": gettext_lazy("A second common language"),
    "experience": gettext_lazy("Two to ten years ahead of you"),
}


def propose(mentee: User) -> Proposals:
    """At most three cards, and in counts why not more. A constant number of queries, and nothing is written."""
    pool = load_pool(mentee_ids=[mentee.pk], programme=standing_programme())
    if not pool.seekers:
        return Proposals(cards=(), asked=len(pool.givers))
    found = shortlist(pool)
    mentors = _mentors(found)
    cards = tuple(_card(_shown(mentee, one), mentors[one.mentor], one.free) for one in found.proposals)
    return Proposals(cards=cards, asked=found.asked, reasons=public_reasons(found.left_out))


def card_of(mentee: User, sealed: str) -> ProposalCard | None:
    """A card that was shown to this mentee, with its points as they were."""
    shown = unseal(sealed, mentee.pk)
    mentor = User.objects.select_related("profile").filter(pk=shown.mentor).first() if shown else None
    return _card(shown, mentor, 0) if shown is not None and mentor is not None else None


def parts_of(breakdown: Mapping[str, int]) -> tuple[Part, ...]:
    """The stored points with their words, in the order of the components."""
    return tuple(Part(code, str(PARTS[code]), breakdown.get(code, 0), most) for code, most in MOST.items())


def public_reasons(left_out: Mapping[int, frozenset[str]]) -> tuple[tuple[str, int], ...]:
    """How many mentors each public reason left out; everything private counts as a place that is taken."""
    counts = Counter(code for codes in left_out.values() for code in public_codes(codes))
    return tuple((str(words), counts[code]) for code, words in REASONS.items() if counts[code])


def public_codes(codes: frozenset[str]) -> set[str]:
    """What of these everybody may know: what is private counts as a place that is taken."""
    return {TAKEN if code in UNAVAILABLE else code for code in codes}


def _mentors(found: Shortlist) -> dict[int, User]:
    ids = [one.mentor for one in found.proposals]
    return User.objects.select_related("profile").in_bulk(ids)


def _shown(mentee: User, one: Proposal) -> Snapshot:
    return Snapshot(mentee.pk, one.mentor, one.points, one.load, one.scarcity)


def _card(shown: Snapshot, mentor: User, free: int) -> ProposalCard:
    return ProposalCard(
        seal=seal(shown),
        mentor=mentor,
        score=shown.score,
        parts=parts_of(shown.points),
        load=shown.load,
        scarcity=shown.scarcity,
        free=free,
    )

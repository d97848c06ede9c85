"""The three mentors proposed to one mentee, as they see them; what was proposed is kept as a snapshot.

A private filter looks like a place that is taken: it raises the same count by the same one, and nothing else differs.
"""

from collections import Counter
from collections.abc import Mapping

from django.utils import timezone
from django.utils.translation import gettext_lazy

from mentoring.data import Part, ProposalCard, Proposals
from mentoring.matching import data
from mentoring.matching.data import MOST, PRIVATE_CODES, Proposal, Shortlist
from mentoring.matching.shortlist import shortlist
from mentoring.models import Candidate
from mentoring.pool import load_pool
from people.models import User

TAKEN = "taken"
UNAVAILABLE = PRIVATE_CODES | {data.AWAY, data.FULL, data.UNTRAINED}
REASONS = {
    TAKEN: gettext_lazy("no free place, or away at present"),
    data.LINE: gettext_lazy("in your reporting line"),
    data.LANGUAGE: gettext_lazy("no working language in common"),
    data.OVERLAP: gettext_lazy("less than two working hours a day in common"),
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
    """At most three cards, and in counts why not more. A constant number of queries. Looking makes nobody a mentee."""
    pool = load_pool(mentee_ids=[mentee.pk])
    if not pool.seekers:
        return Proposals(cards=(), asked=len(pool.givers))
    found = shortlist(pool)
    mentors = _mentors(found)
    stored = _store(mentee, found)
    cards = tuple(_card(stored[one.mentor], mentors[one.mentor], one.free) for one in found.proposals)
    return Proposals(cards=cards, asked=found.asked, reasons=public_reasons(found.left_out))


def card_of(mentee: User, candidate_id: int) -> ProposalCard | None:
    """A card that was proposed to this mentee, with its points as they were."""
    rows = Candidate.objects.filter(mentee=mentee).select_related("mentor__profile")
    found = rows.filter(pk=candidate_id).first()
    return None if found is None else _card(found, found.mentor, 0)


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


def _store(mentee: User, found: Shortlist) -> dict[int, Candidate]:
    """The snapshots of these proposals; one that says the same already is used again."""
    ids = [one.mentor for one in found.proposals]
    rows = Candidate.objects.filter(mentee=mentee, mentor__in=ids, run=None).order_by("created", "pk")
    latest = {row.mentor_id: row for row in rows}
    for one in found.proposals:
        if not _same(latest.get(one.mentor), one):
            latest[one.mentor] = Candidate.objects.create(
                mentee=mentee,
                mentor_id=one.mentor,
                score=one.score,
                breakdown=dict(one.points),
                load=one.load,
                scarcity=one.scarcity,
                created=timezone.now(),
            )
    return latest


def _same(row: Candidate | None, one: Proposal) -> bool:
    if row is None:
        return False
    return (row.score, row.breakdown, row.load, row.scarcity) == (
        one.score,
        dict(one.points),
        one.load,
        one.scarcity,
    )


def _card(row: Candidate, mentor: User, free: int) -> ProposalCard:
    return ProposalCard(
        candidate_id=row.pk,
        mentor=mentor,
        score=row.score,
        parts=parts_of(row.breakdown),
        load=row.load,
        scarcity=row.scarcity,
        free=free,
    )

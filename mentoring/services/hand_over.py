"""Lets who stands in take over talks while the mentor is away, and gives them back.

The mentee is not left alone for three weeks: a talk that falls into an absence is led by the backup, whose calendar
gets the entry; when the absence changes, it goes back. Safe to repeat; the worker looks at the talks ahead each day.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from core.services.record import record
from mentoring.choices import OPEN_PAIRS, SessionState
from mentoring.models import MentorProfile, Mentorship, Session
from mentoring.pair_notices import tell_of_talk
from mentoring.pairs import PEOPLE
from people.models import User


def leader_at(pair: Mentorship, start: datetime) -> User:
    """The mentor, or who stands in where the mentor is away on that day and somebody is named."""
    profile = MentorProfile.objects.filter(person=pair.mentor_id).first()
    day = start.astimezone(pair.mentor.profile.zone).date()
    away = profile is not None and profile.is_away(day)
    return pair.backup if away and pair.backup is not None else pair.mentor


def hand_over_all() -> int:
    """Every talk ahead of a pair that has a stand-in; how many changed hands."""
    return sum(
        hand_over_talks(pair)
        for pair in Mentorship.objects.filter(state__in=OPEN_PAIRS, backup__isnull=False).select_related(
            *PEOPLE
        )
    )


@transaction.atomic
def hand_over_talks(pair: Mentorship) -> int:
    """The talks ahead of one pair, each to who leads it now; how many changed hands."""
    ahead = (SessionState.PROPOSED, SessionState.BOOKED)
    rows = Session.objects.select_for_update(of=("self",)).select_related("host", "mentorship")
    talks = rows.filter(mentorship=pair, state__in=ahead, start__gt=timezone.now())
    return sum(_hand_over(talk, pair) for talk in talks)


def _hand_over(talk: Session, pair: Mentorship) -> bool:
    leader = leader_at(pair, talk.start)
    if talk.host_id == leader.pk:
        return False
    talk.host, talk.changed = leader, timezone.now()
    talk.sequence += 1
    talk.save(update_fields=["host", "sequence", "changed"])
    record(actor=None, action="talk.hand_over", target=talk)
    tell_of_talk(talk, "talk_handed_over", None)
    return True

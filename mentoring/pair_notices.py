"""Notices about pairs and talks: verbs, how their objects are found again for a reader, and whom they are told to.

The two of a pair, and who leads a talk, are told of it; coordinators of red pairs, without a reason. Mail about a talk
that calendars know carries its file. No notice names an agenda, a note, a goal or a pulse.
"""

from collections.abc import Collection, Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from core.audiences import COMMUNITY
from mentoring.choices import SessionState
from mentoring.data import PAIR_TARGET
from mentoring.models import HealthSnapshot, Mentorship, Session
from mentoring.pairs import cases_of, pairs_of, talks_of
from mentoring.talk_files import file_of
from notifications.api import groups, notify, target_kinds, verbs
from notifications.data import MailFile, NoticeGroup, NoticeTarget, TargetKind, Verb, says
from people.models import User
from people.roles import Role

TALK_TARGET, CASE_TARGET = "talk", "mentorship_case"
GROUPS = (
    NoticeGroup("talks", _("Your mentoring pair"), _("Talks, the agreement, pulses that are due.")),
    NoticeGroup("cases", _("Coordinating mentors"), _("Pairs that need you. For facilitators.")),
)
VERBS = (
    Verb("talk_proposed", "talks", _("Time for a talk"), "calendar", says(_("%(actor)s proposes %(title)s"))),
    Verb(
        "talk_booked", "talks", _("Talk booked"), "calendar", says(_("Booked: %(title)s")), transactional=True
    ),
    Verb("talk_moved", "talks", _("Talk moved"), "calendar", says(_("Moved: %(title)s")), transactional=True),
    Verb(
        "talk_cancelled",
        "talks",
        _("Talk cancelled"),
        "x",
        says(_("Cancelled: %(title)s")),
        transactional=True,
    ),
    Verb(
        "talk_handed_over",
        "talks",
        _("Talk handed over"),
        "arrow-left-right",
        says(_("Led by somebody else: %(title)s")),
        transactional=True,
    ),
    Verb(
        "agreement_changed",
        "talks",
        _("Agreement changed"),
        "pencil-line",
        says(_("%(actor)s changed your agreement; it needs both signatures again")),
    ),
    Verb(
        "agreement_waits",
        "talks",
        _("Agreement to sign"),
        "pencil-line",
        says(_("%(actor)s signed your agreement; yours is the other signature")),
    ),
    Verb(
        "agreement_signed", "talks", _("Agreement signed"), "badge-check", says(_("Your agreement is signed"))
    ),
    Verb("pulse_due", "talks", _("Pulse"), "circle-dot", says(_("Three clicks about you and %(title)s"))),
    Verb(
        "pair_begun",
        "talks",
        _("Mentorship began"),
        "handshake",
        says(_("A round paired you and %(title)s; propose a first talk")),
        transactional=True,
    ),
    Verb("pair_paused", "talks", _("Paused"), "clock", says(_("Paused: you and %(title)s"))),
    Verb("pair_resumed", "talks", _("Going on"), "play", says(_("Going on: you and %(title)s"))),
    Verb(
        "backup_named", "talks", _("Stand-in"), "user", says(_("Somebody stands in for talks of %(title)s"))
    ),
    Verb(
        "pair_ended",
        "talks",
        _("Mentorship ended"),
        "handshake",
        says(_("Ended, with thanks: you and %(title)s")),
    ),
    Verb("case_red", "cases", _("Pair needs you"), "circle-alert", says(_("%(title)s need a look"))),
)


def tell_of_talk(talk: Session, verb: str, actor: User | None, *, to_all: bool = False) -> None:
    """Tells the pair and who leads the talk; with `to_all` also the actor, whose calendar must learn of it too."""
    pair = talk.mentorship
    notify(
        recipients={pair.mentee_id, pair.mentor_id, talk.host_id},
        verb=verb,
        actor_id=None if to_all or actor is None else actor.pk,
        target_kind=TALK_TARGET,
        target_id=talk.pk,
        audience=COMMUNITY,
        group_key=f"talk:{talk.pk}",
        dedupe_key=f"talk:{talk.pk}:{verb}:{talk.sequence}",
    )


def tell_pair(
    pair: Mentorship,
    verb: str,
    *,
    actor: User | None,
    key: str,
    people: Iterable[int] = (),
    mail: bool = True,
) -> None:
    """Tells the two of a pair, or those of `people`, but the actor; without `mail` by the bell alone."""
    notify(
        recipients=list(people) or [pair.mentee_id, pair.mentor_id],
        verb=verb,
        actor_id=None if actor is None else actor.pk,
        target_kind=PAIR_TARGET,
        target_id=pair.pk,
        audience=COMMUNITY,
        group_key=f"mentorship:{pair.pk}",
        dedupe_key=key,
        mail=mail,
    )


def tell_coordinators(pair: Mentorship, snapshot: HealthSnapshot) -> None:
    """The facilitators without a part in the case, when a pair turns red."""
    facilitators = User.objects.present().filter(groups__name=Role.FACILITATOR)
    notify(
        recipients=[one.pk for one in facilitators if cases_of(one).filter(pk=pair.pk).exists()],
        verb="case_red",
        actor_id=None,
        target_kind=CASE_TARGET,
        target_id=pair.pk,
        audience=COMMUNITY,
        group_key="cases",
        dedupe_key=f"case:{pair.pk}:{snapshot.on.isoformat()}",
    )


def pairs(ids: Collection[int], reader: object) -> dict[int, NoticeTarget]:
    """Pairs by the name of the other one, for the two and for who stands in."""
    pk = getattr(reader, "pk", None)
    found = pairs_of(reader).filter(pk__in=ids)
    return {one.pk: NoticeTarget(_other(one, pk).name, one.get_absolute_url()) for one in found}


def _other(pair: Mentorship, pk: int | None) -> User:
    return pair.mentor if pk == pair.mentee_id else pair.mentee


def talks(ids: Collection[int], reader: object) -> dict[int, NoticeTarget]:
    """Talks by their date in the reader's own clock."""
    return {
        talk.pk: NoticeTarget(_talk_words(talk), talk.get_absolute_url())
        for talk in talks_of(reader).filter(pk__in=ids)
    }


def cases(ids: Collection[int], reader: object) -> dict[int, NoticeTarget]:
    """Pairs for who coordinates them."""
    return {
        pair.pk: NoticeTarget(
            str(_("%(mentee)s and %(mentor)s") % {"mentee": pair.mentee.name, "mentor": pair.mentor.name}),
            reverse("mentoring:case", args=[pair.pk]),
        )
        for pair in cases_of(reader).filter(pk__in=ids)
    }


def talk_mail_files(ids: Collection[int], reader: object) -> list[MailFile]:
    """The calendar entries of talks that were booked once."""
    found = talks_of(reader).filter(pk__in=ids).exclude(state=SessionState.PROPOSED)
    return [file_of(talk) for talk in found]


def _talk_words(talk: Session) -> str:
    when = date_format(timezone.localtime(talk.start), "j M Y, H:i")
    return str(_("talk %(number)d on %(when)s") % {"number": talk.number, "when": when})


def register() -> None:
    """Called once when the app is ready."""
    for group in GROUPS:
        groups.register(group.key, group)
    for verb in VERBS:
        verbs.register(verb.key, verb)
    target_kinds.register(PAIR_TARGET, TargetKind(PAIR_TARGET, pairs))
    target_kinds.register(TALK_TARGET, TargetKind(TALK_TARGET, talks, talk_mail_files))
    target_kinds.register(CASE_TARGET, TargetKind(CASE_TARGET, cases))

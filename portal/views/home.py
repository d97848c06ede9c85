"""Home: search, the moments of alliance work, what waits for the reader, lessons, questions, news of the playbook.

It reads a constant number of rows, whatever the size of the portal. Whoever is on the path of the first ninety days sees
what is due and what is new for their kind of alliance first.
"""

from datetime import datetime
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from forums import api as forums
from lessons import api as lessons
from lessons.data import LessonCard
from onboarding import api as onboarding
from people.models import User
from playbook import api as playbook
from portal.moments import moments_for
from portal.waits import waits_for

NEWEST_LESSONS = 5
LESSONS_OF_KIND = 3
PLAYBOOK_NEWS = 4
QUESTIONS = 4
NOON, EVENING = 12, 18


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page after sign-in."""
    now = timezone.localtime()
    changed = playbook.changed_lately(request.user, PLAYBOOK_NEWS)
    me = cast("User", request.user)
    path = onboarding.your_day(me)
    kind = path.kind.alliance_type if path else ""
    of_kind = lessons.newest_of_kind(request.user, kind, LESSONS_OF_KIND) if kind else []
    return render(
        request,
        "portal/home.html",
        {
            "now": now,
            "greeting": greeting(now),
            "moments": moments_for(request.user),
            "path": path,
            "waits": waits_for(me),
            "of_kind": of_kind,
            "lessons": _others(lessons.newest_for_home(request.user, NEWEST_LESSONS + len(of_kind)), of_kind),
            "questions": forums.questions_you_can_answer(request.user, QUESTIONS),
            "changed": changed,
            "verified": [] if changed else playbook.verified_lately(request.user, PLAYBOOK_NEWS),
            "hide_site_search": True,
        },
    )


def _others(newest: list[LessonCard], shown: list[LessonCard]) -> list[LessonCard]:
    """The newest without those that stand on the page already."""
    known = {lesson.url for lesson in shown}
    return [lesson for lesson in newest if lesson.url not in known][:NEWEST_LESSONS]


def greeting(now: datetime) -> str:
    """Good morning, afternoon or evening, by the reader's own clock."""
    if now.hour < NOON:
        return _("Good morning")
    return _("Good afternoon") if now.hour < EVENING else _("Good evening")

"""One's own profile and the page of a colleague."""

from datetime import datetime
from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.crumbs import Crumb
from core.models import Term, Vocabulary
from people.badges import badges_of
from people.completeness import completeness_of
from people.data import Panel
from people.evidence import evidence_of, left_behind, owned_by
from people.forms import DAYS, ProfileForm
from people.languages import language_names
from people.models import Profile, User
from people.receivers import origin_of
from people.roles import Role
from people.services.confirm_profile import confirm_profile, needs_confirming
from people.services.update_profile import update_profile
from people.slots import person_panels

WORK_DAYS = "12345"


@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """What colleagues may know of a person; also of one who has left, marked as such."""
    shown = get_object_or_404(User.objects.visible_to(request.user).with_profile(), pk=pk)
    profile = profile_of(shown)
    is_me = shown == request.user
    context = {
        "person": shown,
        "profile": profile,
        "business_function": _function_label(shown),
        "term_groups": term_groups(profile),
        "languages": language_names(profile.languages),
        "working_week": working_week(profile.working_days),
        "hour": datetime.now(profile.zone),
        "is_me": is_me,
        "completeness": completeness_of(profile) if is_me else None,
        "badges": badges_of(profile),
        "evidence": evidence_of([shown.pk], request.user).get(shown.pk, []),
        "left_behind": left_behind(shown, request.user),
        "panels": panels_of(shown, request.user),
        "crumbs": [
            Crumb(_("Home"), reverse("home")),
            Crumb(_("People"), reverse("people:directory")),
            Crumb(shown.name),
        ],
    }
    return render(request, "people/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def my_profile(request: HttpRequest) -> HttpResponse:
    """The form of one's own profile."""
    me = cast("User", request.user)
    known = completeness_of(profile_of(me))  # before the form writes what was sent into the profile
    form = ProfileForm(request.POST or None, instance=profile_of(me))
    if request.method == "POST" and form.is_valid():
        changed = update_profile(person=me, values=form.cleaned_data, actor=me, origin=origin_of(request))
        messages.success(request, _("Your profile is saved.") if changed else _("Nothing had changed."))
        return redirect("people:me")
    context = {
        "form": form,
        "completeness": known,
        "needs_confirming": needs_confirming(profile_of(me), timezone.localdate()),
        "business_function": _function_label(me),
        "crumbs": [Crumb(_("Home"), reverse("home")), Crumb(_("Your profile"))],
    }
    return render(request, "people/me.html", context, status=422 if form.errors else 200)


@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Keeps that the profile is still right."""
    me = cast("User", request.user)
    if confirm_profile(person=me, today=timezone.localdate(), origin=origin_of(request)):
        messages.success(request, _("Thank you. We ask again in a year."))
    return redirect("people:me")


@require_safe
def leavers(request: HttpRequest) -> HttpResponse:
    """Who has left and still owns something; for facilitators, nothing there for others."""
    if Role.FACILITATOR not in getattr(request.user, "role_names", ()):
        raise Http404
    gone = list(User.objects.visible_to(request.user).filter(is_active=False))
    owned = owned_by([person.pk for person in gone], request.user)
    context = {
        "left": [(person, owned[person.pk]) for person in gone if person.pk in owned],
        "crumbs": [
            Crumb(_("Home"), reverse("home")),
            Crumb(_("People"), reverse("people:directory")),
            Crumb(_("Left behind")),
        ],
    }
    return render(request, "people/leavers.html", context)


def panels_of(shown: User, reader: object) -> list[Panel]:
    """What the rooms above show on the page of a person, in their order."""
    found = [provider(shown, reader) for provider in person_panels]
    return sorted((panel for panel in found if panel is not None), key=lambda panel: panel.order)


def profile_of(user: User) -> Profile:
    """The profile of a person; an unsaved empty one for an account that was made without (`createsuperuser`)."""
    try:
        return user.profile
    except Profile.DoesNotExist:
        return Profile(user=user)


def term_groups(profile: Profile) -> list[tuple[str, list[Term]]]:
    """What the person knows, by title; groups without a term are left out, and all where nothing is saved yet."""
    if profile.pk is None:
        return []
    groups = [
        (_("Role areas"), list(profile.role_areas.all())),
        (_("Strong in"), list(profile.habits.all())),
        (_("Has handled"), list(profile.alliance_types.all())),
        (_("Phases worked in"), list(profile.phases.all())),
    ]
    return [(title, terms) for title, terms in groups if terms]


def working_week(days: str) -> str:
    """Days worked in words: "Monday to Friday", or the days by name."""
    if days == WORK_DAYS:
        return _("Monday to Friday")
    names = dict(DAYS)
    return ", ".join(str(names[day]) for day in days if day in names)


def _function_label(user: User) -> str:
    code = user.business_function
    return Term.objects.labels(Vocabulary.BUSINESS_FUNCTION, [code]).get(code, code) if code else ""

"""Saying that one does alliance work, naming somebody, and the manager's answer. Looking decides nothing."""

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.crumbs import Crumb
from onboarding.appointment_forms import DeclareForm, NominateForm, RejectForm
from onboarding.choices import AppointmentState, Source
from onboarding.models import RoleAppointment
from onboarding.permissions import decides, looks_after_all
from onboarding.services.appoint import Appointed, Change, Told, appoint
from onboarding.services.decide_appointment import confirm_appointment, reject_appointment
from onboarding.tokens import read_confirm
from people.models import Profile, User

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
def declare(request: HttpRequest) -> HttpResponse:
    """I do this work. The path opens at once; the manager is asked."""
    me = cast("User", request.user)
    form = DeclareForm(request.POST or None, initial={"effective": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        told = Told(source=Source.SELF, by=me, **form.cleaned_data)
        return _declared(request, appoint(person=me, told=told))
    context = {
        "form": form,
        "manager": me.profile.manager,
        "crumbs": [Crumb(_("Home"), reverse("home")), Crumb(_("I look after alliances"))],
    }
    return render(request, "onboarding/declare.html", context, status=422 if form.errors else 200)


def _declared(request: HttpRequest, made: Appointed) -> HttpResponse:
    if made.change == Change.CLOSED:
        messages.error(
            request,
            _(
                "An appointment from this day was not confirmed or has ended. Talk to your manager, or choose another day."
            ),
        )
        return redirect("onboarding:declare")
    if made.change == Change.CREATED:
        messages.success(request, _("Your path is open. Your manager is asked to confirm."))
    else:
        messages.info(request, _("You have a path already. It goes on as it is."))
    return redirect("onboarding:journey")


@require_http_methods(FORM)
def nominate(request: HttpRequest) -> HttpResponse:
    """A manager names somebody of theirs, a facilitator anybody; whoever is neither does not find the page."""
    me = cast("User", request.user)
    if not (looks_after_all(me) or Profile.objects.filter(manager=me).exists()):
        raise Http404
    form = NominateForm(request.POST or None, reader=me, initial={"effective": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        person: User = form.cleaned_data.pop("email")
        made = appoint(person=person, told=Told(source=Source.NOMINATED, by=me, **form.cleaned_data))
        words = _nominated(made.change)
        messages.add_message(request, words[0], words[1] % {"name": person.name})
        return redirect("onboarding:manager" if person.profile.manager_id == me.pk else "onboarding:nominate")
    context = {
        "form": form,
        "crumbs": [Crumb(_("Home"), reverse("home")), Crumb(_("Name an alliance manager"))],
    }
    return render(request, "onboarding/nominate.html", context, status=422 if form.errors else 200)


def _nominated(change: Change) -> tuple[int, str]:
    return {
        Change.CREATED: (messages.SUCCESS, _("%(name)s is named and will be told.")),
        Change.CHANGED: (messages.SUCCESS, _("%(name)s was named before; what you know has been added.")),
        Change.UNCHANGED: (messages.INFO, _("%(name)s was named before. Nothing had changed.")),
        Change.CLOSED: (
            messages.WARNING,
            _("An appointment of %(name)s from this day has ended. Choose another day to name them again."),
        ),
    }[change]


@require_http_methods(FORM)
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the letter: asks on GET, decides on POST. It is worth something to the one who was asked, signed in."""
    me = cast("User", request.user)
    appointment = _asked(me, token)
    form = RejectForm(request.POST if request.POST.get("answer") == "no" else None)
    if request.method == "POST" and (done := _decided(request, me, appointment, form)) is not None:
        messages.add_message(
            request, messages.SUCCESS if done else messages.INFO, _answer(request, appointment, done)
        )
        return redirect(request.path)
    context = {
        "appointment": appointment,
        "person": appointment.person,
        "open": appointment.state == AppointmentState.UNCONFIRMED,
        "rejecting": "answer" in request.GET or form.is_bound,
        "form": form,
        "crumbs": [Crumb(_("Home"), reverse("home")), Crumb(_("Confirm an appointment"))],
    }
    return render(request, "onboarding/confirm.html", context, status=422 if form.errors else 200)


def _asked(me: User, token: str) -> RoleAppointment:
    """The appointment that the reader was asked about and may still decide; else it is missing."""
    read = read_confirm(token)
    if read is None or read[1] != me.pk:
        raise Http404
    rows = RoleAppointment.objects.select_related("person__profile__manager", "decided_by")
    found = get_object_or_404(rows, pk=read[0])
    if not decides(me, found):
        raise Http404
    return found


def _decided(request: HttpRequest, me: User, appointment: RoleAppointment, form: RejectForm) -> bool | None:
    """Whether the answer came first; None where the form needs another look."""
    if request.POST.get("answer") == "yes":
        return confirm_appointment(appointment_id=appointment.pk, actor=me)
    if not form.is_valid():
        return None
    return reject_appointment(appointment_id=appointment.pk, actor=me, reason=form.cleaned_data["reason"])


def _answer(request: HttpRequest, appointment: RoleAppointment, done: bool) -> str:
    if not done:
        return _("This was decided before. Nothing was changed.")
    if request.POST.get("answer") == "yes":
        return _("Confirmed. You see progress in numbers on your page.")
    return _("Not confirmed. The path has ended, and %(name)s is told why.") % {
        "name": appointment.person.name
    }

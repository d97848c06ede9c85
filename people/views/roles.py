"""The three questions, the career ladder with its roles, and the self-check."""

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.crumbs import Crumb
from people.checks import chart_of
from people.competences import competences, own_checks
from people.models import FinderAnswer, FinderQuestion, RoleProfile, User
from people.receivers import origin_of
from people.role_forms import FinderForm, SelfCheckForm
from people.services.answer_finder import answer_finder, tell_facilitators
from people.services.take_self_check import take_self_check
from people.slots import role_claims


@require_http_methods(["GET", "HEAD", "POST"])
def finder(request: HttpRequest) -> HttpResponse:
    """Three questions and what a yes to each means; for the asker's eyes until they tell the facilitators."""
    me = cast("User", request.user)
    questions = list(FinderQuestion.objects.all())
    form = FinderForm(request.POST if request.method == "POST" else None, questions=questions)
    if request.method == "POST" and form.is_valid():
        answer_finder(person=me, yes=form.yes())
        return redirect(f"{reverse('people:finder')}#result")
    answer = FinderAnswer.objects.filter(person=me).first()
    context = {
        "form": form,
        "answer": answer,
        "meanings": [one for one in questions if answer is not None and one.key in answer.yes],
        "claims": [link() for link in role_claims],
        "crumbs": _crumbs(_("Do you do alliance work?")),
    }
    return render(request, "people/finder.html", context, status=422 if form.errors else 200)


@require_POST
def tell(request: HttpRequest) -> HttpResponse:
    """Lets the facilitators see one's answers."""
    me = cast("User", request.user)
    if tell_facilitators(person=me, origin=origin_of(request)):
        messages.success(request, _("The facilitators can see your answers now."))
    return redirect(f"{reverse('people:finder')}#result")


@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """The rungs of the ladder, and the roles beside it."""
    every = list(RoleProfile.objects.all())
    context = {
        "ladder": [role for role in every if role.rung is not None],
        "beside": [role for role in every if role.rung is None],
        "crumbs": _crumbs(_("Roles and career ladder")),
    }
    return render(request, "people/roles.html", context)


@require_safe
def role(request: HttpRequest, slug: str) -> HttpResponse:
    """What one role is for, does and takes, what shows that somebody fills it, and where it leads."""
    shown = get_object_or_404(RoleProfile, slug=slug)
    others = {other.title: other for other in RoleProfile.objects.filter(title__in=shown.grows_into)}
    context = {
        "role": shown,
        "grows_into": [(title, others.get(title)) for title in shown.grows_into],
        "crumbs": [
            *_crumbs(_("Roles and career ladder"), reverse("people:roles")),
            Crumb(shown.title),
        ],
    }
    return render(request, "people/role.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Fourteen ratings of oneself, and what one said before. Nobody else reads any of it."""
    me = cast("User", request.user)
    known = competences()
    form = SelfCheckForm(request.POST if request.method == "POST" else None, competences=known)
    if request.method == "POST" and form.is_valid():
        take_self_check(
            person=me, levels=form.levels(), examples=form.examples(), picks=form.cleaned_data["picks"]
        )
        messages.success(request, _("Your check is kept. Only you can see it."))
        return redirect("people:check")
    checks = own_checks(me)
    context = {
        "form": form,
        "chart": chart_of(known, checks),
        "crumbs": _crumbs(_("Self-check")),
    }
    return render(request, "people/check.html", context, status=422 if form.errors else 200)


def _crumbs(title: str, url: str = "") -> list[Crumb]:
    return [
        Crumb(_("Home"), reverse("home")),
        Crumb(_("People"), reverse("people:directory")),
        Crumb(title, url),
    ]

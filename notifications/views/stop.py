"""Stops mail by a link in a mail, signed in or not. Looking asks; only sending the form stops.

A mail program that offers "unsubscribe" posts `List-Unsubscribe=One-Click` (RFC 8058) and has no cookie: that one post
is heard without a CSRF token, since the signed token in its address is all it acts on. Any other post needs one.
"""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from notifications.mail.letter import ONE_CLICK
from notifications.registries import groups
from notifications.services.stop_mail import stop_mail
from notifications.tokens import Stop, read_stop

FIELD, _equals, ANSWER = ONE_CLICK.partition("=")


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponseBase:
    """404 for a token that is not ours."""
    wanted = read_stop(token)
    if wanted is None:
        raise Http404
    if request.method == "POST" and request.POST.get(FIELD) == ANSWER:
        return _stopped(request, wanted)
    return _asked(request, wanted)


@csrf_protect
def _asked(request: HttpRequest, wanted: Stop) -> HttpResponse:
    if request.method == "POST":
        return _stopped(request, wanted)
    return render(request, "notifications/stop.html", {"labels": _labels(wanted)})


def _stopped(request: HttpRequest, wanted: Stop) -> HttpResponse:
    stop_mail(person_id=wanted.person_id, groups=wanted.groups)
    return render(request, "notifications/stopped.html", {"labels": _labels(wanted)})


def _labels(wanted: Stop) -> list[str]:
    return [str(groups.get(key).label) for key in wanted.groups if key in groups]

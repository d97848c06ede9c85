"""Between facilitators and whoever asked without a name: a message passed on, its page, and the look that is recorded."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from forums.keeping_forms import RelayForm, WhoAskedForm
from forums.models import Topic
from forums.permissions import may_keep_topic
from forums.reading.messages import messages_for
from forums.services.read_who_asked import read_who_asked
from forums.services.relay import relay_message
from forums.unnamed import asked
from forums.views.common import reader_of
from forums.views.keeping import crumbs_of, tried
from people.models import User


@require_http_methods(["GET", "HEAD", "POST"])
def relay(request: HttpRequest, pk: int) -> HttpResponse:
    """Writes to whoever asked."""
    reader, topic = reader_of(request), _unnamed_topic(request, pk)
    if asked(reader, topic):
        raise Http404
    form = RelayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        body = form.cleaned_data["body"]
        if tried(form, lambda: relay_message(actor=reader, topic_id=pk, body=body)):
            messages.success(
                request,
                _("Passed on. Whoever asked is told, unless they switched off notices of moderation."),
            )
            return redirect(topic)
    context = {
        "form": form,
        "topic": topic,
        "sent": messages_for(reader).filter(topic=topic),
        "crumbs": crumbs_of(topic, _("Write to whoever asked")),
    }
    return render(request, "forums/relay.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def who_asked(request: HttpRequest, pk: int) -> HttpResponse:
    """Tells who asked, after a reason was given; on this one page, which nothing keeps."""
    reader, topic = reader_of(request), _unnamed_topic(request, pk)
    form = WhoAskedForm(request.POST or None)
    found: list[User] = []
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        tried(form, lambda: found.append(read_who_asked(actor=reader, topic_id=pk, reason=reason)))
    context = {
        "form": form,
        "topic": topic,
        "person": found[0] if found else None,
        "crumbs": crumbs_of(topic, _("Who asked")),
    }
    return render(request, "forums/who_asked.html", context, status=422 if form.errors else 200)


@require_safe
def message(request: HttpRequest, pk: int) -> HttpResponse:
    """A message to whoever asked, for that person and for facilitators."""
    found = get_object_or_404(messages_for(request.user), pk=pk)
    context = {
        "message": found,
        "topic": found.topic,
        "is_mine": asked(request.user, found.topic),
        "crumbs": crumbs_of(found.topic, _("Message")),
    }
    return render(request, "forums/message.html", context)


def _unnamed_topic(request: HttpRequest, pk: int) -> Topic:
    rows = Topic.objects.visible_to(request.user).filter(unnamed=True).select_related("board")
    topic = get_object_or_404(rows, pk=pk)
    if not may_keep_topic(request.user, topic):
        raise Http404
    return topic

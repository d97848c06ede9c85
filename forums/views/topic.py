"""The page of a topic: read a window of it, reply below. Reading it is noted, and its notices are read with it."""

from datetime import UTC, datetime, time

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from composer.data import DraftPlace
from core.crumbs import Crumb
from forums.choices import Level
from forums.data import POST_TARGET, TOPIC_TARGET
from forums.forms import ReplyForm
from forums.models import Post, Topic
from forums.quoting import quotation
from forums.reading.own import said_in
from forums.reading.topic_page import TopicPage, topics_with_readers
from forums.services.mark_read import mark_read
from forums.services.post_reply import post_reply
from forums.slots import answer_acts, notes_of
from forums.views.common import KEPT_OF_UNNAMED, reader_of
from notifications import api as notifications
from people.models import User

OLD_DAYS = 120


@require_http_methods(["GET", "HEAD", "POST"])
def topic(request: HttpRequest, board: str, pk: int) -> HttpResponse:
    """A window of the topic: the one with post `from`, else the one with the first post not read yet."""
    reader = reader_of(request)
    shown = get_object_or_404(topics_with_readers(reader), pk=pk)
    if board != shown.board.slug:
        return redirect(shown)
    if request.method == "GET" and (elsewhere := _elsewhere(request, shown, reader)):
        return redirect(elsewhere)
    page = TopicPage(shown, reader, number=_number(request.GET.get("from")) or 1)
    form = _reply_form(request, page)
    if form.wants_posting() and (url := _posted(form, page)):
        return redirect(_end_of(shown) if url == KEPT_OF_UNNAMED else url)
    response = render(request, "forums/topic.html", _context(page, form), status=form.status)
    if request.method == "GET":
        _note(page)
    return response


@require_safe
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """The permanent address of a post leads to its place in its topic."""
    found = Post.objects.visible_to(request.user).select_related("topic__board")
    return redirect(place_of(get_object_or_404(found, pk=pk)))


def place_of(shown: Post) -> str:
    """The window of the topic in which a post stands, at the post."""
    return f"{shown.topic.get_absolute_url()}?from={shown.number}#post-{shown.number}"


def _elsewhere(request: HttpRequest, shown: Topic, reader: User) -> str:
    """Where the reader goes on: at a day they named, or at the first post they have not read."""
    address = shown.get_absolute_url()
    if request.GET.get("on"):
        number = _first_since(shown, start_or_404(request.GET["on"]))
        return f"{address}?from={number}#post-{number}"
    if "from" in request.GET or "quote" in request.GET:
        return ""
    page = TopicPage(shown, reader)
    unread = page.first_unread
    return f"{address}?from={unread}#post-{unread}" if unread > 1 and not page.ends_in_own else ""


def start_or_404(text: str) -> datetime:
    """When a day of an address begins for the reader."""
    try:
        day = parse_date(text)
        if day is None:
            raise Http404
        return timezone.make_aware(datetime.combine(day, time())).astimezone(UTC)
    except (ValueError, OverflowError) as error:  # no such day, or none that is left in UTC
        raise Http404 from error


def _first_since(shown: Topic, start: datetime) -> int:
    later = Post.objects.filter(topic=shown, created__gte=start).order_by("number")
    return later.values_list("number", flat=True).first() or shown.last_number


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 8 else 0


def _reply_form(request: HttpRequest, page: TopicPage) -> ReplyForm:
    address = page.topic.get_absolute_url()
    place = DraftPlace(key=f"reply:topic:{page.topic.pk}", label=page.topic.title, url=f"{address}#reply")
    form = ReplyForm(request.POST or None, request.FILES or None, owner=page.reader, place=place)
    quoted = _quoted(request, page) if not form.is_bound else None
    if quoted is not None:
        begun = form.initial.get("body", "")
        form.initial.update(body=f"{begun}\n\n{quotation(quoted)}".lstrip("\n"), parent=quoted.pk)
    return form


def _quoted(request: HttpRequest, page: TopicPage) -> Post | None:
    number = _number(request.GET.get("quote"))
    if not number:
        return None
    return Post.objects.visible_to(page.reader).filter(topic=page.topic, number=number).first()


def _posted(form: ReplyForm, page: TopicPage) -> str:
    """The address of the reply; empty where it was refused, as where the topic was closed meanwhile: the draft is kept."""
    body = form.cleaned_data["body"]
    url = form.post(lambda: _reply(form, page), stands=lambda: said_in(page.topic, page.reader, body))
    if not url:
        form.keep_draft()
    return url


def _reply(form: ReplyForm, page: TopicPage) -> str:
    """Posts; the address of the reply, but for an unnamed one."""
    made = post_reply(
        author=form.owner,
        topic_id=page.topic.pk,
        body=form.cleaned_data["body"],
        parent_id=form.cleaned_data["parent"],
        attachments=form.keys,
    )
    return KEPT_OF_UNNAMED if made.unnamed else made.get_absolute_url()


def _end_of(shown: Topic) -> str:
    """The last post as it is now."""
    shown.refresh_from_db(fields=["last_number"])
    return f"{shown.get_absolute_url()}?from={shown.last_number}#post-{shown.last_number}"


def _context(page: TopicPage, form: ReplyForm) -> dict[str, object]:
    shown = page.topic
    return {
        "topic": shown,
        "page": page,
        "pager": page.pager,
        "form": form,
        "levels": Level.choices,
        "answer_acts": answer_acts,
        "notes": notes_of(shown.pk, page.reader),
        "tags": page.tags,
        "is_old": (timezone.now() - shown.last_posted).days >= OLD_DAYS,
        "crumbs": [
            Crumb(_("Forums"), reverse("forums:index")),
            Crumb(shown.board.title, shown.board.get_absolute_url()),
        ],
    }


def _note(page: TopicPage) -> None:
    """What was on the page has been read, and so have the notices about it."""
    shown = page.topic
    if not page.ends_in_own:
        mark_read(reader=page.reader, topic=shown, number=page.last)
    if notifications.unread_count(page.reader):
        posts = [row.post.pk for row in page.shown_rows if row.post is not None]
        notifications.mark_read(reader=page.reader, target_kind=POST_TARGET, target_ids=posts)
        notifications.mark_read(reader=page.reader, target_kind=TOPIC_TARGET, target_ids=[shown.pk])

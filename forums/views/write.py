"""Writing: ask or tell, and change what one wrote. Replies are posted on the page of the topic."""

import re

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from composer.data import DraftPlace
from core.crumbs import Crumb
from forums.choices import TopicKind
from forums.forms import EditForm, TopicForm
from forums.models import Board, Post, Topic
from forums.permissions import may_edit_post
from forums.presentation import audience_words
from forums.reading.known import Knowledge, known_about
from forums.reading.own import opened_with
from forums.services.begin_topic import begun_place
from forums.services.edit_post import edit_post, fingerprint
from forums.services.post_topic import post_topic
from forums.unnamed import is_own, own_topics
from forums.views.common import KEPT_OF_UNNAMED, reader_of
from people.models import User

PREFILLED_TITLE = 150
KEY = re.compile(r"[0-9]{1,9}")


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """A new topic."""
    reader = reader_of(request)
    place = _place(request)
    form = TopicForm(
        request.POST or None, request.FILES or None, owner=reader, place=place, initial=_asked_for(request)
    )
    if form.wants_posting() and (url := form.post(lambda: _post(form), stands=lambda: _was_asked(form))):
        return redirect(_newest_unnamed(reader) or "forums:index" if url == KEPT_OF_UNNAMED else url)
    context = {
        "form": form,
        "audience": _audience(form),
        "known": _known(form),
        "crumbs": [Crumb(_("Forums"), reverse("forums:index")), Crumb(_("Ask or tell"))],
    }
    return render(request, "forums/ask.html", context, status=form.status)


def _place(request: HttpRequest) -> DraftPlace:
    """Where the draft is kept: what another room began has a place of its own beside the one for everything else."""
    board = Board.objects.visible_to(request.user).filter(slug=request.GET.get("begun", "")).first()
    if board is not None:
        return begun_place(board)
    return DraftPlace(key="topic:new", label=_("A new question"), url=reverse("forums:ask"))


def _known(form: TopicForm) -> Knowledge:
    """What is there already, as far as the title says; without scripts it comes with a preview or a saved draft."""
    return known_about(str(form["title"].value() or ""), str(form["body"].value() or ""), form.owner)


def _post(form: TopicForm) -> str:
    """Posts; the address of the topic, but for an unnamed one."""
    data = form.cleaned_data
    topic = post_topic(
        author=form.owner,
        board_id=data["board"].pk,
        kind=data["kind"],
        title=data["title"],
        body=data["body"],
        tags=form.words,
        unnamed=bool(data.get("unnamed")),
        attachments=form.keys,
    )
    return KEPT_OF_UNNAMED if topic.unnamed else topic.get_absolute_url()


def _was_asked(form: TopicForm) -> bool:
    return opened_with(form.cleaned_data["title"], form.owner, form.cleaned_data["body"])


def _newest_unnamed(reader: User) -> Topic | None:
    """What the reader has just asked without a name, unless it was hidden since."""
    asked = Topic.objects.visible_to(reader).filter(pk__in=own_topics(reader))
    return asked.select_related("board").order_by("-pk").first()


def _asked_for(request: HttpRequest) -> dict[str, object]:
    """What the link to the form already knows: board, kind, title."""
    found: dict[str, object] = {"title": request.GET.get("title", "")[:PREFILLED_TITLE]}
    if request.GET.get("kind") in TopicKind.values:
        found["kind"] = request.GET["kind"]
    if request.GET.get("board"):
        boards = Board.objects.visible_to(request.user).filter(closed=False)
        found["board"] = boards.filter(slug=request.GET["board"]).first()
    return found


@require_safe
def who_sees(request: HttpRequest) -> HttpResponse:
    """Who would see a topic of the board that is chosen: the sentence beside the button, as it follows the choice."""
    chosen = request.GET.get("board", "")
    boards = Board.objects.visible_to(reader_of(request))
    board = boards.filter(pk=chosen).first() if KEY.fullmatch(chosen) else None
    return HttpResponse(escape(_seen_by(board)))


def _audience(form: TopicForm) -> str:
    try:
        return _seen_by(form.fields["board"].clean(form["board"].value()))
    except ValidationError:
        return _seen_by(None)


def _seen_by(board: Board | None) -> str:
    return audience_words(board.audience) if board else _("The board says who sees this.")


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """A change of a post, by who wrote it or by a facilitator."""
    reader = reader_of(request)
    found = Post.objects.visible_to(reader).select_related("topic__board", "author")
    post = get_object_or_404(found, pk=pk)
    place = DraftPlace(
        key=f"edit:post:{post.pk}", label=post.topic.title, url=reverse("forums:edit", args=[post.pk])
    )
    if not may_edit_post(reader, post):
        return _set_aside(request, post, place)
    initial = {"title": post.topic.title, "body": post.body, "began": fingerprint(post)}
    form = EditForm(request.POST or None, owner=reader, place=place, initial=initial, opens=post.opens)
    if form.wants_posting() and (
        url := form.post(lambda: _save(form, post), stands=lambda: _moved_on(form, post))
    ):
        return redirect(post if url == KEPT_OF_UNNAMED else url)
    is_late = form.is_bound and form.data.get("began") not in ("", fingerprint(post))
    if is_late:  # both texts are in the page now, so the next attempt is a decision
        form.replace("began", fingerprint(post))
    context = {
        "form": form,
        "post": post,
        "audience": audience_words(post.topic.audience),
        "is_own": is_own(reader, post),
        "is_late": is_late,
        "crumbs": [
            Crumb(_("Forums"), reverse("forums:index")),
            Crumb(post.topic.board.title, post.topic.board.get_absolute_url()),
            Crumb(post.topic.title, post.topic.get_absolute_url()),
            Crumb(_("Edit")),
        ],
    }
    return render(request, "forums/edit.html", context, status=form.status)


def _set_aside(request: HttpRequest, post: Post, place: DraftPlace) -> HttpResponse:
    """What its author typed while the post was closed, accepted or flagged: it cannot be saved, and is not lost."""
    reader = reader_of(request)
    if request.method != "POST" or not is_own(reader, post):
        raise Http404
    form = EditForm(request.POST, owner=reader, place=place, opens=post.opens)
    messages.warning(request, _("This post cannot be changed any more. What you wrote is kept here."))
    return redirect(form.set_aside())


def _moved_on(form: EditForm, post: Post) -> bool:
    """Whether the post reads otherwise than when the editor began: as after a first click, not as after changing it back."""
    return bool(form.cleaned_data["began"] != fingerprint(post))


def _save(form: EditForm, post: Post) -> str:
    data = form.cleaned_data
    try:
        edit_post(
            editor=form.owner,
            post_id=post.pk,
            body=data["body"],
            title=data.get("title"),
            seen=data["began"] or None,
        )
    except PermissionDenied as refusal:
        raise Http404 from refusal
    return KEPT_OF_UNNAMED if post.unnamed else post.get_absolute_url()

"""Keeping order: flag a post, decide on flags, take down and restore, pin, close and move a topic."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.crumbs import Crumb
from forums.bylines import byline
from forums.choices import FlagReason
from forums.data import FLAG_TARGET
from forums.keeping_forms import DecisionForm, FlagForm, MoveForm, TakeDownForm
from forums.managers import keeps_order
from forums.models import Board, Flag, Post, Topic
from forums.permissions import may_decide_flags, may_keep_topic, may_take_down
from forums.reading.flags import decided_lately, flagged_posts, told_decisions
from forums.services.decide_flags import decide_flags
from forums.services.flag import flag_post
from forums.services.keep_topic import set_locked, set_pinned
from forums.services.move_topic import move_topic
from forums.services.take_down import restore as restore_post
from forums.services.take_down import take_down
from forums.unnamed import is_own
from forums.views.common import done, reader_of, way_back
from notifications import api as notifications
from people.models import User


@require_http_methods(["GET", "HEAD", "POST"])
def flag(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks the facilitators to look at a post."""
    reader, post = reader_of(request), _post(request, pk)
    form = FlagForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        if tried(form, lambda: flag_post(reporter=reader, post_id=pk, **cleaned)):
            messages.success(request, _thanks(cleaned["reason"]))
            return redirect(post.topic)
    return _page(request, "forums/flag.html", form, post)


@require_safe
def flags(request: HttpRequest) -> HttpResponse:
    """What waits for a decision."""
    reader = reader_of(request)
    if not keeps_order(reader):
        raise Http404
    context = {
        "flagged": flagged_posts(reader),
        "decided": decided_lately(reader),
        "form": DecisionForm(),
        "crumbs": [Crumb(_("Forums"), reverse("forums:index")), Crumb(_("Flags"))],
    }
    return render(request, "forums/flags.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Decides on all flags of a post; a page of its own shows what was wrong with the form."""
    reader, post = reader_of(request), _post(request, pk)
    if not may_decide_flags(reader, post):
        raise Http404
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        if tried(form, lambda: _decided(reader, pk, **cleaned)):
            messages.success(request, _("Decided. Whoever flagged it is told."))
            return redirect("forums:flags")
    return _page(request, "forums/decide.html", form, post)


@require_safe
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """What was decided and why, for who flagged the post and for who wrote it. It names neither to the other."""
    found = get_object_or_404(told_decisions(request.user), pk=pk)
    notifications.mark_read(reader=reader_of(request), target_kind=FLAG_TARGET, target_ids=[pk])
    context = {
        "flag": found,
        "own": is_own(request.user, found.post),
        "stands": Topic.objects.visible_to(request.user).filter(pk=found.post.topic_id).exists(),
        "crumbs": [Crumb(_("Forums"), reverse("forums:index")), Crumb(_("Decision"))],
    }
    return render(request, "forums/decision.html", context)


def _decided(actor: User, pk: int, *, decision: str, note: str) -> int:
    """How many flags were decided; refuses where somebody was faster with another decision."""
    count = decide_flags(actor=actor, post_id=pk, decision=decision, note=note)
    mine = Flag.objects.filter(post=pk, decided_by=actor, decision=decision, decision_note=note.strip())
    if not count and not mine.exists():  # not the second of two clicks
        raise ValidationError(
            _("Somebody was faster: nothing waits here any more, and your reason went to nobody.")
        )
    return count


@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a post down: one's own by one click, a colleague's with a reason."""
    reader, post = reader_of(request), _post(request, pk)
    if not may_take_down(reader, post):
        raise Http404
    form = TakeDownForm(request.POST or None)
    if is_own(reader, post):
        form.fields["reason"].required = False
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        if tried(form, lambda: take_down(actor=reader, post_id=pk, reason=reason)):
            messages.success(request, _("Taken down."))
            return redirect(post.topic.board if post.opens else post.topic)
    return _page(request, "forums/take_down.html", form, post)


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Brings a post back."""
    done(lambda: restore_post(actor=reader_of(request), post_id=pk))
    messages.success(request, _("The post stands again."))
    return redirect(way_back(request))


@require_POST
def pin(request: HttpRequest, pk: int) -> HttpResponse:
    """Pins a topic to the top of its board, or lets it go."""
    pinned = request.POST.get("on") == "1"
    done(lambda: set_pinned(actor=reader_of(request), topic_id=pk, pinned=pinned))
    messages.success(request, _("Pinned to the top of its board.") if pinned else _("Pinned no more."))
    return redirect(way_back(request))


@require_POST
def lock(request: HttpRequest, pk: int) -> HttpResponse:
    """Closes a topic to replies, or opens it again."""
    locked = request.POST.get("on") == "1"
    done(lambda: set_locked(actor=reader_of(request), topic_id=pk, locked=locked))
    messages.success(request, _("Closed: it can be read.") if locked else _("Open again."))
    return redirect(way_back(request))


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Moves a topic to another board."""
    reader = reader_of(request)
    topic = get_object_or_404(Topic.objects.visible_to(reader).select_related("board"), pk=pk)
    if not may_keep_topic(reader, topic):
        raise Http404
    boards = Board.objects.visible_to(reader).filter(closed=False).exclude(pk=topic.board_id)
    form = MoveForm(request.POST or None, boards=boards)
    if request.method == "POST" and form.is_valid():
        board, reason = form.cleaned_data["board"], form.cleaned_data["reason"]
        if tried(form, lambda: move_topic(actor=reader, topic_id=pk, board_id=board.pk, reason=reason)):
            messages.success(request, _("Moved to %(board)s.") % {"board": board.title})
            return redirect(reverse("forums:topic", args=[board.slug, pk]))
    context = {"form": form, "topic": topic, "crumbs": crumbs_of(topic, _("Move"))}
    return render(request, "forums/move.html", context, status=422 if form.errors else 200)


def _post(request: HttpRequest, pk: int) -> Post:
    rows = Post.objects.visible_to(request.user)
    return get_object_or_404(rows.select_related("topic__board", "author__profile", "external_author"), pk=pk)


def _page(request: HttpRequest, template: str, form: Form, post: Post) -> HttpResponse:
    context = {
        "form": form,
        "post": post,
        "by": byline(post, in_topic=True, full=True),
        "own": is_own(request.user, post),
        "crumbs": crumbs_of(post.topic, str(post.number)),
    }
    return render(request, template, context, status=422 if form.errors else 200)


def crumbs_of(topic: Topic, here: str) -> list[Crumb]:
    return [
        Crumb(_("Forums"), reverse("forums:index")),
        Crumb(topic.board.title, topic.board.get_absolute_url()),
        Crumb(topic.title, topic.get_absolute_url()),
        Crumb(here),
    ]


def _thanks(reason: str) -> str:
    if reason == FlagReason.CONFIDENTIAL:
        return _("Thank you. The post is hidden, and a facilitator looks at it now.")
    return _("Thank you. A facilitator looks at it and answers you.")


def tried(form: Form, act: Callable[[], object]) -> bool:
    """Runs a verb; what it refuses becomes an error of the form, and nothing typed is lost."""
    try:
        act()
    except ValidationError as error:
        form.add_error(None, error)
        return False
    except (ObjectDoesNotExist, PermissionDenied) as refusal:
        raise Http404 from refusal
    return True

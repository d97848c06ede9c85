"""How notices are read: the count of the bell, pages of groups, and lines for a page or a mail.

Whether a reader may see the object of a notice is decided twice: by the audience token on the notice, in every query,
and by the room of the object when a line is made. What that room does not return is not shown.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, Window
from django.db.models.functions import RowNumber
from django.utils.translation import gettext as _

from core.pagination import KeysetPage, keyset_page
from notifications.data import NoticeLine, NoticeRow, NoticeTarget
from notifications.models import Notice, NoticeQuerySet
from notifications.registries import target_kinds, verbs

MOST_COUNTED = 100
GROUPS_A_PAGE = 20
NEWEST_OF_A_GROUP = 20
"""So many of a group are looked at one by one; the others are only counted."""

Targets = Mapping[tuple[str, int], NoticeTarget]


@dataclass(frozen=True, slots=True)
class Size:
    """How many notices a group has, and how many of them are unread."""

    all: int
    unread: int


@dataclass(frozen=True, slots=True)
class NoticePage:
    """Lines of one page, newest first, and the cursors of its neighbours."""

    rows: list[NoticeRow]
    next_cursor: str | None
    previous_cursor: str | None


def unread_count(reader: object) -> int:
    """What the bell shows, 100 at most. One query over the index of the recipient."""
    return Notice.objects.of(reader).unread().order_by()[:MOST_COUNTED].count()


def notice_page(reader: object, cursor: str | None) -> NoticePage:
    """Groups of notices, the one with the newest first; the same few queries whatever the number."""
    heads: KeysetPage[Notice] = keyset_page(_heads(reader), by="created", cursor=cursor, size=GROUPS_A_PAGE)
    own = Notice.objects.of(reader).filter(bell=True, group_key__in={head.group_key for head in heads.rows})
    place = Window(RowNumber(), partition_by=F("group_key"), order_by=("-created", "-pk"))
    newest = own.annotate(place=place).filter(place__lte=NEWEST_OF_A_GROUP)
    rows = rows_of(newest.select_related("actor").order_by("-created", "-pk"), reader, sizes=_sizes(own))
    return NoticePage(rows, heads.next_cursor, heads.previous_cursor)


def rows_of(
    notices: Iterable[Notice], reader: object, *, sizes: Mapping[str, Size] | None = None
) -> list[NoticeRow]:
    """One line a group, in the order in which the groups first come; without what the reader may not see now."""
    found = _registered(notices)
    seen, targets = Counter(notice.group_key for notice in found), _targets(found, reader)
    together: dict[str, list[Notice]] = defaultdict(list)
    for notice in found:
        if (notice.target_kind, notice.target_id) in targets:
            together[notice.group_key].append(notice)
    rows = []
    for key, group in together.items():
        size = (sizes or {}).get(key, Size(seen[key], 0))
        rows.append(_row(group, targets, more=len(group) - 1 + size.all - seen[key], unread=size.unread > 0))
    return rows


def visible(notices: Iterable[Notice], reader: object) -> list[Notice]:
    """Those whose object the reader may see now, as its room answers."""
    found = _registered(notices)
    targets = _targets(found, reader)
    return [notice for notice in found if (notice.target_kind, notice.target_id) in targets]


def _heads(reader: object) -> NoticeQuerySet:
    """The newest notice of each group."""
    own = Notice.objects.of(reader).filter(bell=True)
    newer = Q(created__gt=OuterRef("created")) | Q(created=OuterRef("created"), pk__gt=OuterRef("pk"))
    return own.exclude(Exists(own.filter(newer, group_key=OuterRef("group_key"))))


def _sizes(own: NoticeQuerySet) -> dict[str, Size]:
    rows = own.order_by().values("group_key")
    counted = rows.annotate(all=Count("pk"), unread=Count("pk", filter=Q(read=None)))
    return {row["group_key"]: Size(row["all"], row["unread"]) for row in counted}


def _registered(notices: Iterable[Notice]) -> list[Notice]:
    """Without those of a verb or a kind that no room knows any more."""
    return [notice for notice in notices if notice.verb in verbs and notice.target_kind in target_kinds]


def _targets(notices: Iterable[Notice], reader: object) -> Targets:
    """What the rooms let the reader see."""
    by_kind: dict[str, set[int]] = defaultdict(set)
    for notice in notices:
        by_kind[notice.target_kind].add(notice.target_id)
    return {
        (kind, pk): target
        for kind, ids in by_kind.items()
        for pk, target in target_kinds.get(kind).resolve(ids, reader).items()
    }


def _row(group: list[Notice], targets: Targets, *, more: int, unread: bool) -> NoticeRow:
    head = group[0]
    verb = verbs.get(head.verb)
    target = targets[head.target_kind, head.target_id]
    actor = head.actor.name if head.actor is not None else _("A colleague")
    return NoticeRow(
        pk=head.pk,
        sentence=verb.sentence(NoticeLine(actor=actor, title=target.title)),
        more=more,
        url=target.url,
        icon=verb.icon,
        label=str(verb.label),
        when=head.created,
        unread=unread,
        target_kind=head.target_kind,
        target_id=head.target_id,
    )

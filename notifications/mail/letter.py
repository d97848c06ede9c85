"""Writes the mail of a bundle: one template gives the HTML, and its words give the plain text.

What people wrote reaches a header only as one line without control characters, and the HTML only through the escaping
of templates. Links are whole addresses; none of them changes anything by being opened.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from notifications.data import LetterPart, MailFile, NoticeRow, Paragraphs
from notifications.mail.bundles import Bundle
from notifications.mail.plain import plain_text, safe_line, without_controls
from notifications.registries import groups, target_kinds, verbs
from notifications.tokens import stop_path
from people.api import zone_of

SUBJECT_LENGTH = 120
ONE_CLICK = "List-Unsubscribe=One-Click"
TEMPLATE = "email/notices.html"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the mail with its whole address, and what the room of its object says below it."""

    row: NoticeRow
    address: str
    paragraphs: Paragraphs


def letter(bundle: Bundle, rows: Sequence[NoticeRow], connection: BaseEmailBackend) -> EmailMultiAlternatives:
    """The mail, ready to send. `rows` are the lines of the bundle, one at least."""
    person = bundle.person
    keys = sorted({verbs.get(notice.verb).group for notice in bundle.notices})
    stop_all = absolute(stop_path(person.pk, keys))
    with timezone.override(zone_of(person)):
        html = without_controls(
            render_to_string(
                TEMPLATE,
                {
                    "entries": entries_of(rows, person),
                    "stops": [(groups.get(key).label, absolute(stop_path(person.pk, [key]))) for key in keys],
                    "home": absolute("/"),
                    "notices": absolute(reverse("notices:list")),
                    "settings": absolute(reverse("notices:settings")),
                    "subject": subject(rows),
                },
            )
        )
    message = EmailMultiAlternatives(
        subject=subject(rows),
        body=plain_text(html),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[person.email],
        connection=connection,
        headers={
            "List-Unsubscribe": f"<{stop_all}>",
            "List-Unsubscribe-Post": ONE_CLICK,
            "Auto-Submitted": "auto-generated",
        },
    )
    message.attach_alternative(html, "text/html")
    for file in files_of(bundle):
        message.attach(file.name, file.content, file.kind)
    return message


def entries_of(rows: Sequence[NoticeRow], reader: object) -> list[Entry]:
    """The lines with the letters of their rooms, each kind asked once."""
    by_kind: dict[str, set[int]] = defaultdict(set)
    for row in rows:
        by_kind[row.target_kind].add(row.target_id)
    words: dict[tuple[str, int], Paragraphs] = {}
    for kind, ids in by_kind.items():
        letters = target_kinds.get(kind).letters
        if letters is not None:
            words |= {(kind, pk): _whole(text) for pk, text in letters(sorted(ids), reader).items()}
    return [Entry(row, absolute(row.url), words.get((row.target_kind, row.target_id), ())) for row in rows]


def _whole(paragraphs: Paragraphs) -> Paragraphs:
    """The same with whole addresses."""
    return [
        [LetterPart(part.words, absolute(part.url) if part.url else "") for part in paragraph]
        for paragraph in paragraphs
    ]


def files_of(bundle: Bundle) -> Iterator[MailFile]:
    """What goes with the mail, each object's once however many notices are about it."""
    by_kind: dict[str, set[int]] = defaultdict(set)
    for notice in bundle.notices:
        by_kind[notice.target_kind].add(notice.target_id)
    for kind, ids in by_kind.items():
        files = target_kinds.get(kind).files
        if files is not None:
            yield from files(sorted(ids), bundle.person)


def subject(rows: Sequence[NoticeRow]) -> str:
    """The first sentence, and how many more there are."""
    first = safe_line(rows[0].sentence, SUBJECT_LENGTH)
    more = rows[0].more + sum(1 + row.more for row in rows[1:])
    if not more:
        return first
    return _("%(first)s, and %(rest)s") % {
        "first": first,
        "rest": ngettext("%(count)d more", "%(count)d more", more) % {"count": more},
    }


def absolute(path: str) -> str:
    """A path of the portal as the address people use."""
    return f"{settings.WAGTAILADMIN_BASE_URL.rstrip('/')}{path}"

"""Who wrote something, as pages and notices may say it. An unnamed post has no name anywhere, whoever looks."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from forums.models import Post, Topic
from people.models import User


@dataclass(frozen=True, slots=True)
class Byline:
    """A name with its face; `url` is empty where there is no page of that person."""

    name: str
    initials: str = ""
    tone: str = ""
    url: str = ""
    about: str = ""


def byline(row: Post | Topic, *, in_topic: bool = False, full: bool = False) -> Byline:
    """Who wrote a post or opened a topic; `in_topic` says "asked" of whoever asked without a name.

    With `full` also what they do and where, for which the author's profile should be selected.
    """
    if row.unnamed:
        return Byline(_("A colleague (asked)") if in_topic else _("A colleague"), tone="unnamed")
    if row.external_author is not None:
        name = row.external_author.name
        return Byline(name, initials_of(name), "external", about=_("from outside") if full else "")
    if row.author is None:
        return Byline(_("Somebody"), tone="unnamed")
    return named(row.author, full=full)


def named(person: User, *, full: bool = False) -> Byline:
    """The line of a person who has an account."""
    return Byline(
        name=person.name,
        initials=person.initials,
        tone=person.tone,
        url=person.get_absolute_url(),
        about=_about(person) if full else "",
    )


def _about(person: User) -> str:
    profile = getattr(person, "profile", None)
    parts = (profile.job_title, profile.city) if profile is not None else ()
    return ", ".join(part for part in parts if part)


def initials_of(name: str) -> str:
    """One or two letters for the face of somebody without an account."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()

"""Colleagues to mention, by the beginning of one of their names."""

from typing import TypedDict

from django.db.models import Q

from people.models import User

LIMIT = 8
LONGEST = 60
_MARKS = str.maketrans("", "", "[]\\<>*_`")


class Mention(TypedDict):
    """One line of the list under @. `value` is what goes into the text."""

    name: str
    title: str
    initials: str
    value: str


def people_to_mention(reader: object, typed: str) -> list[Mention]:
    """At most eight people who have not left, by name; nobody for an empty beginning."""
    begun = " ".join(typed.split())[:LONGEST]
    if not begun:
        return []
    fitting = Q(name__istartswith=begun) | Q(name__icontains=f" {begun}")
    people = User.objects.visible_to(reader).present().filter(fitting).select_related("profile")
    return [_mention(person) for person in people.order_by("name", "pk")[:LIMIT]]


def _mention(person: User) -> Mention:
    profile = getattr(person, "profile", None)
    return Mention(
        name=person.name,
        title=profile.job_title if profile else "",
        initials=person.initials,
        value=f"[@{person.name.translate(_MARKS)}]({person.get_absolute_url()})",
    )

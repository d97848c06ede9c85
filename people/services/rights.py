"""Keeps what a user object remembers of its rights in step with a change made in this request."""

from people.models import User

REMEMBERED = ("role_names", "audience_tokens", "_perm_cache", "_user_perm_cache", "_group_perm_cache")


def forget_rights(person: User) -> None:
    """Drops remembered roles, tokens and permissions of this object."""
    for name in REMEMBERED:
        person.__dict__.pop(name, None)

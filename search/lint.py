"""Checks of synonym groups, for the admin and the loader. Pure: knows no models."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from search.analysis import words_of

MAX_TERMS = 20


def lint_group(terms: Any, means: Any, ambiguous: Any, *, others: Iterable[str] = ()) -> list[str]:
    """What is wrong with a group, in words for an editor; empty when it is sound."""
    if problems := _wrong_shapes(terms, means, ambiguous):
        return problems
    keys = [_key(term) for term in terms]
    target_keys = [_key(term) for term in means]
    other_keys = {_key(term) for term in others}
    checks = [
        (not terms, _("A group needs a term.")),
        (len(terms) < 2 and not means, _("A single term needs something it means.")),
        (len(terms) + len(means) > MAX_TERMS, _("A group holds at most %d terms.") % MAX_TERMS),
        (not all(keys + target_keys), _("A term needs a letter or a digit.")),
        (len(set(keys)) < len(keys), _("The same term stands here twice.")),
        (len(set(target_keys)) < len(target_keys), _("The same meaning stands here twice.")),
        (bool(set(keys) & set(target_keys)), _("A term cannot mean itself.")),
        (
            bool({_key(form) for form in ambiguous} - set(keys)),
            _("Only a term of the group can be ambiguous."),
        ),
    ]
    problems = [message for wrong, message in checks if wrong]
    problems += [
        _("Another group has “%s” already.") % term
        for term, key in zip(terms, keys, strict=True)
        if key in other_keys
    ]
    return problems


def distinct(terms: Iterable[str]) -> list[str]:
    """Terms without those that a search cannot tell from an earlier one (`kick-off`, `kick off`)."""
    kept: dict[tuple[str, ...], str] = {}
    for term in terms:
        kept.setdefault(_key(term), term)
    return list(kept.values())


def _wrong_shapes(terms: Any, means: Any, ambiguous: Any) -> list[str]:
    problems = [
        _("%s must be a list of words or phrases.") % name
        for name, value in (("terms", terms), ("means", means))
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value)
    ]
    if not isinstance(ambiguous, dict) or not all(
        isinstance(value, str | None) for value in ambiguous.values()
    ):
        problems.append(_("Ambiguous forms must map a form to its other meaning, or to null."))
    return problems


def _key(term: str) -> tuple[str, ...]:
    return tuple(words_of(term))

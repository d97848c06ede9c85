"""A digest of what a reader sees of a page: equal digests, equal words.

Block ids, the order in which terms were ticked, and trust are no part of it: verifying a play does not make a version.
"""

import hashlib
import json
from typing import Any

from playbook.models import PlayPage, StandardPage

TEXTS = ("code", "title", "summary", "purpose", "when", "effort", "inputs", "outputs", "signs", "risk_tier")
STREAMS = ("steps", "pitfalls", "variants")
TERMS = ("phases", "components", "activities", "habits", "role_areas")


def digest(value: object) -> str:
    """SHA-256 of a JSON value."""
    return hashlib.sha256(
        json.dumps(value, sort_keys=True, ensure_ascii=False, default=str).encode()
    ).hexdigest()


def without_ids(value: Any) -> Any:
    """A raw stream value without the ids that the editor gives to blocks and list items."""
    if isinstance(value, dict):
        return {key: without_ids(part) for key, part in value.items() if key != "id"}
    return [without_ids(part) for part in value] if isinstance(value, list) else value


def play_fingerprint(play: PlayPage) -> str:
    """The digest of a play, with its steps, terms and links."""
    seen: dict[str, Any] = {name: getattr(play, name) for name in TEXTS}
    seen |= {name: without_ids(list(getattr(play, name).raw_data)) for name in STREAMS}
    seen |= {name: sorted(term.code for term in getattr(play, name).all()) for name in TERMS}
    seen["row"] = play.main_component.code if play.main_component else ""
    seen["related"] = sorted(other.pk for other in play.related.all())
    seen["more_tools"] = sorted(tool.pk for tool in play.more_tools.all())
    return digest(seen)


def standard_fingerprint(page: StandardPage) -> str:
    """The digest of a page of text."""
    return digest([page.title, page.lead, page.body])

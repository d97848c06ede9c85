"""Loads the path and the letters of content/onboarding.yaml. Idempotent: what exists is left alone, with every edit."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from core.content import read_yaml
from onboarding.choices import Owner
from onboarding.models import JourneyTemplate, Letter, StepBranch, StepTemplate

FILE = "onboarding.yaml"
NAME = "The first ninety days"
OWNERS = {"new alliance manager": Owner.PERSON, "mentor": Owner.MENTOR, "manager": Owner.MANAGER}
TICKED_BY_BOTH = frozenset({"S4"})
"""The talk of manager and person, which is done once both have ticked it."""


@transaction.atomic
def load_onboarding(*, content: Path | None = None) -> int:
    """Makes the steps and letters that are missing, and returns how many that were."""
    raw = read_yaml((content or settings.CONTENT_DIR) / FILE)
    template, _is_new = JourneyTemplate.objects.get_or_create(is_default=True, defaults={"name": NAME})
    made = sum(_load_step(template, order, entry) for order, entry in enumerate(raw["steps"]))
    return made + sum(_load_letter(entry) for entry in raw["letters"])


def _load_step(template: JourneyTemplate, order: int, entry: Mapping[str, Any]) -> bool:
    owners = [OWNERS[name.strip()] for name in entry["owner"].split(",")]
    if entry["code"] in TICKED_BY_BOTH:
        owners.append(Owner.PERSON)
    step, is_new = StepTemplate.objects.get_or_create(
        template=template,
        code=entry["code"],
        defaults={
            "order": order,
            "owners": [owner.value for owner in owners],
            **{name: entry[name] for name in ("title", "done_when", "due_day", "minutes")},
            "short_day": entry.get("short_day"),
            **{name: " ".join(entry[name].split()) for name in ("why", "text")},
            **_reading(entry),
        },
    )
    if is_new:
        StepBranch.objects.bulk_create(
            StepBranch(
                step=step,
                when=branch["when"],
                order=number,
                text=" ".join(branch["text"].split()),
                **_reading(branch),
            )
            for number, branch in enumerate(entry["branches"])
        )
    return is_new


def _reading(entry: Mapping[str, Any]) -> dict[str, list[str]]:
    return {name: list(entry[name]) for name in ("plays", "tools", "lessons")}


def _load_letter(entry: Mapping[str, str]) -> bool:
    texts = {"subject": entry["subject"], "body": entry["body"].strip()}
    return Letter.objects.get_or_create(key=entry["key"], defaults=texts)[1]

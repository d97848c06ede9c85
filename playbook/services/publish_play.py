"""What happens when a play goes live: a new version where readers see a change, and the tools of its steps.

Idempotent: publishing the same words again makes no version, writes no rows and tells nobody.
"""

from collections.abc import Iterable

from django.db import models, transaction
from django.utils import timezone

from core.facts import PlayPublished, publish
from core.services.record import record
from playbook.models import PlayPage, PlayVersion, ToolUse
from playbook.models.tool import ToolPage
from playbook.reading.stream import chosen, values_of
from playbook.services.fingerprint import play_fingerprint
from playbook.services.index_page import touch_tools

FIRST = 1


@transaction.atomic
def publish_play(*, play: PlayPage, editor: models.Model | None = None) -> bool:
    """Counts a changed play one version up; returns whether it did."""
    tools = _settle_tools(play)
    fingerprint = play_fingerprint(play)
    if fingerprint == play.content_digest:
        return False
    before = play.version
    play.version, play.content_digest = before + 1, fingerprint
    PlayPage.objects.filter(pk=play.pk).update(version=play.version, content_digest=fingerprint)
    PlayVersion.objects.create(
        play=play,
        number=play.version,
        published=timezone.now(),
        editor_id=editor.pk if editor else None,
        note=_note(play),
    )
    record(actor=editor, action="play.publish", target=play, changes={"version": (before, play.version)})
    publish(PlayPublished(page_id=play.pk, version=play.version))
    touch_tools(tools=tools)
    return True


def _note(play: PlayPage) -> str:
    """The note of this version; one that an earlier version used already says nothing of this one."""
    if play.version == FIRST or play.versions.filter(note=play.change_note).exists():
        return ""
    return play.change_note


def step_tools(play: PlayPage) -> Iterable[tuple[int, str]]:
    """Id of a tool and key of the step it helps in; an empty key for the tools of the whole play."""
    for step in values_of(play.steps):
        for pk in chosen(step.get("tools")):
            yield pk, step.get("key") or ""
    for tool in play.more_tools.all():
        yield tool.pk, ""


def _settle_tools(play: PlayPage) -> set[int]:
    """Keeps the rows of tools in step with the play; returns the tools that it uses or used."""
    wanted = set(step_tools(play))
    known = set(ToolPage.objects.filter(pk__in={pk for pk, _key in wanted}).values_list("pk", flat=True))
    wanted = {(pk, key) for pk, key in wanted if pk in known}
    rows = {(use.tool_id, use.step_key): use.pk for use in play.tool_uses.all()}
    play.tool_uses.filter(pk__in=[pk for pair, pk in rows.items() if pair not in wanted]).delete()
    ToolUse.objects.bulk_create(
        ToolUse(play=play, tool_id=tool, step_key=key) for tool, key in sorted(wanted - rows.keys())
    )
    return {pk for pk, _key in wanted} | {pk for pk, _key in rows}

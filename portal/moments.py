"""The moments of alliance work: "I am about to …", each leading to the play that helps.

The words are ours and short; the play is named by its code, so that a renamed or moved play is still found. A moment whose
play the reader may not see is left out.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from playbook.api import play_addresses


@dataclass(frozen=True, slots=True)
class Moment:
    """What somebody is about to do, as the end of a sentence, and the play for it."""

    words: str | Promise
    play: str


MOMENTS = (
    Moment(_("choose a partner"), "P02"),
    Moment(_("launch an alliance"), "P07"),
    Moment(_("prepare a joint decision"), "P10"),
    Moment(_("escalate a problem"), "P21"),
    Moment(_("change the agreement"), "P24"),
    Moment(_("hand over"), "P23"),
    Moment(_("wind down"), "P25"),
)


def moments_for(reader: object) -> list[tuple[str | Promise, str]]:
    """Words and address of each moment whose play the reader may see. One query."""
    addresses = play_addresses([moment.play for moment in MOMENTS], reader)
    return [(moment.words, addresses[moment.play]) for moment in MOMENTS if moment.play in addresses]

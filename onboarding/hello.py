"""The draft of the hello in the forum, from what the portal knows: name, kind of alliance, and the place only if ticked.

The words are those of the letter `introduction_post`. Nothing is told of an alliance that is still being negotiated.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from core.models import Term, Vocabulary
from onboarding.letter_text import fill
from onboarding.models import Letter
from onboarding.reading.journey import MyPath
from people.api import language_names

LETTER = "introduction_post"
NEGOTIATED = "want_get"


@dataclass(frozen=True, slots=True)
class Hello:
    """What stands in the composer at first; `harmless` are names in it that are no partner's."""

    title: str
    body: str
    harmless: Sequence[str] = ()


def hello_of(path: MyPath, *, brings: str, looks_for: str, with_place: bool) -> Hello:
    """The draft of a person; a line that would tell what they did not tick is left out."""
    letter = Letter.objects.filter(key=LETTER).first()
    plain = _("Hello from a new alliance manager")
    if letter is None or path.journey is None:
        return Hello(plain, "")
    values = {
        "name": path.person.name,
        "start_date": date_format(path.journey.appointment.effective, "j F Y"),
        "languages": ", ".join(language_names(path.person.profile.languages)),
        "what_i_bring": brings,
        "what_i_look_for": looks_for,
        **_kind(path),
        **(_place(path) if with_place else {}),
    }
    known = {name: words for name, words in values.items() if words or name.startswith("what_")}
    filled = fill(letter.subject, letter.body, known, {}, plain_subject=plain)
    lines = ("".join(part.words for part in paragraph) for paragraph in filled.paragraphs)
    zone = str(path.person.profile.zone).rpartition("/")[2].replace("_", " ")
    own = (path.person.name, path.person.profile.city, zone)
    body = "\n\n".join(lines)
    return Hello(filled.subject, body, tuple(name for name in own if name and name in body))


def _kind(path: MyPath) -> Mapping[str, str]:
    kind = path.kind
    if kind.phase in ("", NEGOTIATED) or not kind.alliance_type:
        return {}
    types = Term.objects.labels(Vocabulary.ALLIANCE_TYPE, [kind.alliance_type])
    phases = Term.objects.labels(Vocabulary.LIFECYCLE_PHASE, [kind.phase])
    return {
        "alliance_type_label": types.get(kind.alliance_type, ""),
        "phase_label": phases.get(kind.phase, ""),
    }


def _place(path: MyPath) -> Mapping[str, str]:
    profile = path.person.profile
    hours = _("%(start)s to %(end)s") % {
        "start": time_format(profile.working_from, "H:i"),
        "end": time_format(profile.working_until, "H:i"),
    }
    return {"city": profile.city, "time_zone": str(profile.zone), "working_hours": hours}

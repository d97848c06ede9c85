"""Notes of a pair: for oneself or for both. A note for oneself is nobody else's, in no page, mail, search or count."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.services.record import record
from mentoring.choices import NoteFor
from mentoring.models import Note
from mentoring.services.pair_checks import NUL, locked_pair
from people.models import User

NOTE_LENGTH = 5_000


@transaction.atomic
def write_note(*, actor: User, mentorship_id: int, body: str, visibility: str) -> Note:
    """Keeps a note. Nobody is told of either kind: the audit trail names the field, never the words."""
    pair = locked_pair(actor, mentorship_id)
    if not body.strip() or len(body) > NOTE_LENGTH or NUL in body:
        raise ValidationError(
            {"body": _("Write something first, at most %(most)d characters.") % {"most": NOTE_LENGTH}}
        )
    note = Note(
        mentorship=pair, author=actor, body=body, visibility=NoteFor(visibility), created=timezone.now()
    )
    note.render_texts()
    note.save()
    record(actor=actor, action="note.write", target=pair, private_fields=["note"])
    return note


@transaction.atomic
def drop_note(*, actor: User, note_id: int) -> int:
    """Throws away one's own note; the number of its pair. Also once the pair is closed."""
    note: Note = Note.objects.select_for_update(of=("self",)).get(pk=note_id, author=actor)
    pair = note.mentorship
    note.delete()
    record(actor=actor, action="note.drop", target=pair, private_fields=["note"])
    return pair.pk

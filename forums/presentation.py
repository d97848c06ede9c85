"""What the forums say in words: who sees a board, how long an answer took, why somebody follows at a level."""

from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.audience_kinds import kind_of
from core.audiences import COMMUNITY, FUNCTION_PREFIX, PRACTITIONERS
from core.models import Term, Vocabulary
from forums.follows import Because

HOUR, DAY = 3600, 86_400
REASONS: dict[Because, str | Promise] = {
    Because.CHOSEN: gettext_lazy("You chose this."),
    Because.ASKED: gettext_lazy("You asked this, so you watch it."),
    Because.TOOK_PART: gettext_lazy("You took part or came back, so you track it."),
    Because.TAG: gettext_lazy("As you follow its tag."),
    Because.BOARD: gettext_lazy("As you follow its board."),
    Because.NOTHING: gettext_lazy("You are told when somebody replies to you or mentions you."),
}


def audience_words(token: str) -> str:
    """Who sees what is written under a token, for the line beside a button."""
    if token == COMMUNITY:
        return _("Everyone in the community sees this.")
    if token == PRACTITIONERS:
        return _("Alliance practitioners see this, nobody else.")
    if kind := kind_of(token):
        return kind.sentence(token)
    labels = Term.objects.labels(Vocabulary.BUSINESS_FUNCTION, [token.removeprefix(FUNCTION_PREFIX)])
    return _("Colleagues of %(function)s see this, nobody else.") % {
        "function": next(iter(labels.values()), token)
    }


def short_audience(token: str) -> str:
    """The same in a word or two, empty where it is everybody."""
    if token == COMMUNITY:
        return ""
    if token == PRACTITIONERS:
        return _("practitioners only")
    if kind := kind_of(token):
        return kind.short(token)
    labels = Term.objects.labels(Vocabulary.BUSINESS_FUNCTION, [token.removeprefix(FUNCTION_PREFIX)])
    return _("%(function)s only") % {"function": next(iter(labels.values()), token)}


def duration(span: timedelta) -> str:
    """How long something took: "12 min", "2 h 28", "3 days"."""
    seconds = max(0, int(span.total_seconds()))
    if seconds < HOUR:
        return _("%d min") % (seconds // 60)
    if seconds < 2 * DAY:
        return _("%(hours)d h %(minutes)02d") % {
            "hours": seconds // HOUR,
            "minutes": seconds % HOUR // 60,
        }
    return _("%d days") % (seconds // DAY)

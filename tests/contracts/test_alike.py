"""What is like a text that nobody has saved: the same on every engine, cut to what the reader may see."""

from search.api import alike
from tests.contracts.conftest import EMPLOYEE, PRACTITIONER, Shelf

COPY = (
    "The committee deferred three decisions because sixty pages of pre-read reached the partner at ten in the evening, "
    "so that nobody in their functions could read the protocol amendment, the second supplier or the publication plan."
)


def filler(shelf: Shelf) -> None:
    """Notes about something else."""
    texts = (
        "audit of a plant",
        "a budget in two versions",
        "samples held at customs",
        "a seat nobody filled",
    )
    shelf.fill([{"title": f"Other {place}", "text": text} for place, text in enumerate(texts)])


def test_a_copy_stands_first_with_almost_all_of_the_text(shelf: Shelf) -> None:
    filler(shelf)
    note = shelf.add("Pre-read the night before", COPY)
    best = alike("Papers came late", COPY, kind="note", reader=EMPLOYEE)[0]
    assert best.hit.object == note
    assert best.share > 0.6


def test_another_story_of_the_same_trade_stays_low(shelf: Shelf) -> None:
    filler(shelf)
    shelf.add("Committee", "The committee met the partner and reviewed a budget, a plant and some samples.")
    shares = [one.share for one in alike("Papers came late", COPY, kind="note", reader=EMPLOYEE)]
    assert max(shares) < 0.4


def test_only_what_the_reader_may_see_and_only_the_kind_asked_for(shelf: Shelf) -> None:
    filler(shelf)
    hidden = shelf.add("Hidden", COPY, audience="practitioners")
    outside = shelf.add("Outside", COPY, shelf="clipping")
    seen = [one.hit.object for one in alike("", COPY, kind="note", reader=EMPLOYEE)]
    assert hidden not in seen
    assert outside not in seen
    assert alike("", COPY, kind="note", reader=PRACTITIONER)[0].hit.object == hidden


def test_nothing_was_typed_and_nothing_is_found(shelf: Shelf) -> None:
    filler(shelf)
    assert alike("", "  ", kind="note", reader=EMPLOYEE) == []
    assert alike("\x01 \"' the of", "-- )(*&", kind="note", reader=EMPLOYEE) == []
    assert alike("zyzzyva quokka", "", kind="note", reader=EMPLOYEE) == []

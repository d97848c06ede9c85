"""The library of agendas, and what is carried from one talk to the next."""

import pytest

from mentoring.agenda import LONGEST, AgendaItem, agenda_for, carried_over, stored_items


def test_the_first_talk_is_the_one_that_the_path_describes() -> None:
    first = agenda_for(1)
    assert [item.minutes for item in first.items] == [5, 10, 7, 3]
    assert "least happy" in first.bring


@pytest.mark.parametrize("number", range(1, 12))
def test_each_talk_lasts_25_minutes(number: int) -> None:
    assert sum(item.minutes for item in agenda_for(number).items) == 25


@pytest.mark.parametrize("phase", ["want_get", "startup", "operate", "winddown"])
def test_a_phase_adds_one_point_to_each_talk_but_the_first(phase: str) -> None:
    assert agenda_for(1, phase) == agenda_for(1)
    added = [agenda_for(number, phase).items[-1] for number in (2, 3, 4)]
    assert len(set(added)) == 3
    assert [len(agenda_for(number, phase).items) - len(agenda_for(number).items) for number in (2, 9)] == [
        1,
        1,
    ]


def test_an_unknown_phase_adds_nothing() -> None:
    assert agenda_for(3, "unheard_of") == agenda_for(3)


def test_what_was_not_reached_comes_first_next_time() -> None:
    last = [AgendaItem("done", 5, done=True), AgendaItem("left", 5), AgendaItem("own", 5)]
    following = [AgendaItem("own", 3), AgendaItem("new", 3)]
    carried = carried_over(last, following)
    assert [(item.text, item.carried, item.done) for item in carried] == [
        ("left", True, False),
        ("own", True, False),
        ("new", False, False),
    ]


def test_carrying_never_grows_without_end() -> None:
    last = [AgendaItem(str(number)) for number in range(LONGEST)]
    assert len(carried_over(last, agenda_for(2).items)) == LONGEST


def test_a_point_is_kept_and_read_again() -> None:
    item = AgendaItem("left", 5, carried=True, done=True)
    assert stored_items([item.as_json()]) == [item]

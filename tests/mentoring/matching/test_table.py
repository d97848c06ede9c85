"""The table of a round says of every pair what the two modules of one pair say."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from mentoring.matching.data import Pool
from mentoring.matching.table import score
from tests.mentoring.matching.pairwise import codes_of, points_of
from tests.mentoring.test_shortlist import MONDAY, givers, seekers, sets, twos

rounds = st.builds(
    Pool,
    seekers=st.lists(seekers, min_size=1, max_size=4, unique_by=lambda one: one.person.id).map(tuple),
    givers=st.lists(givers, max_size=5, unique_by=lambda one: one.person.id).map(tuple),
    on=st.just(MONDAY),
    exclusions=sets(twos, max_size=3),
    walls=sets(twos, max_size=3),
    former=sets(st.tuples(st.integers(1, 9), st.integers(1, 9)), max_size=3),
    audience=st.none() | sets(st.integers(1, 9)),
    least_years=st.sampled_from([0.0, 0.0, 2.0]),
)


@given(pool=rounds)
def test_each_cell_is_what_the_pair_has_alone(pool: Pool) -> None:
    table = score(pool)
    for seeker in pool.seekers:
        for giver in pool.givers:
            two = seeker.person.id, giver.person.id
            assert table.breakdown(*two) == points_of(seeker, giver, pool.on)
            assert table.codes_of(*two) == codes_of(seeker, giver, pool)


@given(pool=rounds)
def test_the_order_of_the_input_changes_nothing(pool: Pool) -> None:
    one = score(pool)
    two = score(replace(pool, seekers=pool.seekers[::-1], givers=pool.givers[::-1]))
    assert (one.mentees, one.mentors) == (two.mentees, two.mentors)
    assert (one.fit == two.fit).all()
    assert (one.codes == two.codes).all()

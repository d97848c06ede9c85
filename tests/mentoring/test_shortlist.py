"""Who fits whom, without a database: sums, bounds, filters, clocks, order; over random people with random reporting trees."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from mentoring.matching import data
from mentoring.matching.data import CODES, MOST, Giver, Person, Pool, Seeker
from mentoring.matching.overlap import weekly_shared
from mentoring.matching.shortlist import shortlist
from mentoring.matching.table import score

MONDAY = date(2026, 11, 2)
ZONES = [
    "Europe/Zurich",
    "America/New_York",
    "Asia/Kolkata",
    "Asia/Tokyo",
    "Pacific/Auckland",
    "Nowhere/Land",
]
WANTED = ["H1", "H2", "H3", "contract", "process"]
sets = st.frozensets
people = st.builds(
    Person,
    id=st.integers(1, 9),
    languages=sets(st.sampled_from(["en", "de", "ja"])),
    zone=st.sampled_from(ZONES),
    days=st.sampled_from(["12345", "71234", "135"]),
    areas=sets(st.sampled_from(["Immunology", "Oncology"])),
    above=sets(st.integers(1, 9), max_size=6),
)
styles = st.tuples(*[st.integers(1, 5)] * 3)
seekers = st.builds(
    Seeker,
    person=people,
    wants=st.lists(st.sampled_from(WANTED), max_size=4, unique=True).map(tuple),
    types=sets(st.sampled_from(["codev", "supply"])),
    phases=sets(st.sampled_from(["startup", "operate"])),
    style=styles,
    years=st.floats(0, 20),
    alliances=sets(st.integers(1, 4)),
)
givers = st.builds(
    Giver,
    person=people,
    offers=sets(st.sampled_from(WANTED)),
    types=sets(st.sampled_from(["codev", "supply"])),
    phases=sets(st.sampled_from(["startup", "operate"])),
    style=styles,
    years=st.floats(0, 20),
    capacity=st.integers(0, 5),
    used=st.integers(0, 5),
    away=st.booleans(),
    trained=st.booleans(),
    alliances=sets(st.integers(1, 4)),
)
twos = st.builds(lambda a, b: frozenset({a, b}), st.integers(1, 9), st.integers(1, 9))
pools = st.builds(
    Pool,
    seekers=st.tuples(seekers),
    givers=st.lists(givers, max_size=8, unique_by=lambda one: one.person.id).map(tuple),
    on=st.just(MONDAY),
    exclusions=sets(twos, max_size=3),
    walls=sets(twos, max_size=3),
    former=sets(st.tuples(st.integers(1, 9), st.integers(1, 9)), max_size=3),
    audience=st.none() | sets(st.integers(1, 9)),
    least_years=st.sampled_from([0.0, 0.0, 2.0]),
)


def points_of(seeker: Seeker, giver: Giver, on: date) -> dict[str, int]:
    """The points of a pair as a shortlist and a round have them."""
    return score(Pool((seeker,), (giver,), on=on)).breakdown(seeker.person.id, giver.person.id)


def codes_of(seeker: Seeker, giver: Giver, pool: Pool) -> frozenset[str]:
    """What stands against a pair of a pool."""
    return score(pool).codes_of(seeker.person.id, giver.person.id)


@given(seeker=seekers, giver=givers)
def test_points_are_integers_within_bounds_that_add_up(seeker: Seeker, giver: Giver) -> None:
    points = points_of(seeker, giver, MONDAY)
    assert set(points) == set(MOST)
    assert all(type(value) is int and 0 <= value <= MOST[name] for name, value in points.items())
    assert sum(points.values()) <= 1000


@given(pool=pools)
def test_nobody_with_a_code_is_proposed_and_everybody_else_is_counted(pool: Pool) -> None:
    (seeker,) = pool.seekers
    found = shortlist(pool, limit=99)
    free = {one.person.id for one in pool.givers if not codes_of(seeker, one, pool)}
    assert {one.mentor for one in found.proposals} == free
    assert all(one.score == sum(one.points.values()) for one in found.proposals)
    assert found.asked == sum(one.person.id != seeker.person.id for one in pool.givers)
    assert set(found.counts) <= set(CODES)


@given(pool=pools)
def test_the_order_of_rows_changes_nothing(pool: Pool) -> None:
    assert shortlist(pool) == shortlist(replace(pool, givers=pool.givers[::-1]))


@given(seeker=seekers, giver=givers, code=st.sampled_from(WANTED))
def test_one_more_offer_never_lowers_a_score(seeker: Seeker, giver: Giver, code: str) -> None:
    more = replace(giver, offers=giver.offers | {code})
    before, after = points_of(seeker, giver, MONDAY), points_of(seeker, more, MONDAY)
    assert sum(after.values()) >= sum(before.values())


@given(pool=pools, other=st.integers(0, 7))
def test_a_mentor_kept_apart_leaves_the_cards_of_a_full_one(pool: Pool, other: int) -> None:
    if not pool.givers:
        return
    (seeker,), at = pool.seekers, other % len(pool.givers)
    giver = pool.givers[at]
    full = replace(giver, capacity=0)
    one = replace(pool, givers=(*pool.givers[:at], full, *pool.givers[at + 1 :]))
    pair = frozenset({seeker.person.id, giver.person.id})
    two = replace(pool, exclusions=pool.exclusions | {pair})
    assert shortlist(one).proposals == shortlist(two).proposals


def test_a_sunday_week_shares_four_days_with_a_monday_week() -> None:
    amman = Person(id=1, zone="Asia/Amman", days="71234")
    riyadh = Person(id=2, zone="Asia/Riyadh", days="12345")
    assert weekly_shared(amman, riyadh, MONDAY) == 4 * 8 * 60


def test_load_and_scarcity_change_the_order_and_never_the_points() -> None:
    seeker = Seeker(Person(id=1), wants=("H1",))
    idle, busy = Giver(Person(id=2), offers=frozenset({"H1"})), Giver(Person(id=3), offers=frozenset({"H1"}))
    busy = replace(busy, capacity=3, used=2)
    first, second = shortlist(Pool((seeker,), (busy, idle), on=MONDAY)).proposals
    assert (first.mentor, second.mentor) == (2, 3)
    assert first.score == second.score
    assert (first.load, second.load) == (0, 80)


def test_each_code_stands_for_itself() -> None:
    seeker = Seeker(Person(id=1, above=frozenset({2})), alliances=frozenset({1}))
    giver = Giver(Person(id=2), capacity=0, away=True, trained=False, alliances=frozenset({2}))
    pool = Pool(
        (seeker,),
        (giver,),
        on=MONDAY,
        exclusions=frozenset({frozenset({1, 2})}),
        walls=frozenset({frozenset({1, 2})}),
        former=frozenset({(1, 2)}),
        audience=frozenset({1}),
        least_years=0.5,
    )
    assert codes_of(seeker, giver, pool) == set(CODES) - {data.SELF, data.LANGUAGE, data.OVERLAP}


def test_one_mentee_among_3000_mentors_meets_three() -> None:
    mentors = tuple(
        Giver(Person(id=number, zone=ZONES[number % 5]), offers=frozenset(WANTED[number % 3 :]))
        for number in range(2, 3002)
    )
    pool = Pool((Seeker(Person(id=1), wants=("H1", "H2", "H3")),), mentors, on=MONDAY)
    assert len(shortlist(pool).proposals) == 3

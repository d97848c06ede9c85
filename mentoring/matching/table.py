"""The one scorer: points and codes of everybody with everybody as integer arrays, for a round, a shortlist or one pair.

Points are integers by component, together at most 1000. What stands against a pair is a set of codes; it is eligible
where there is none. Rows are mentees, columns mentors, both in the order of their ids, so that the order of the input
changes nothing. No pair is left out beforehand. `tests/mentoring/matching/test_table.py` holds each cell to the rule of
one pair as tests/mentoring/matching/pairwise.py writes it down.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from mentoring.matching import data
from mentoring.matching.data import CODES, MOST, Giver, Person, Pool, Seeker
from mentoring.matching.overlap import longest_shared, weekly_shared

Ints = npt.NDArray[np.int64]
Small = npt.NDArray[np.int16]
Bits = npt.NDArray[np.uint16]
Truths = npt.NDArray[np.bool_]
WEIGHTS = (4, 3, 2, 1)
"""Of wants by their order."""
FULL_WEEK = 20 * 60
"""Shared minutes of a week that give all points."""
LEAST_YEARS, MOST_YEARS = 2, 10
SHORTEST_OVERLAP = 120
"""Minutes of a day in which both must be at work."""
BIT: Mapping[str, int] = {code: 1 << place for place, code in enumerate(CODES)}


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """`points` by component, `fit` their sum, `codes` the filters of each pair as bits; none set where eligible."""

    mentees: tuple[int, ...]
    mentors: tuple[int, ...]
    free: tuple[int, ...]
    used: tuple[int, ...]
    points: Mapping[str, Small]
    codes: Bits

    @property
    def fit(self) -> Small:
        """The score of every pair."""
        total = np.zeros(self.codes.shape, np.int16)
        for part in self.points.values():
            total += part
        return total

    def breakdown(self, mentee: int, mentor: int) -> dict[str, int]:
        """The points of one pair; they add up to its score."""
        row, column = self.mentees.index(mentee), self.mentors.index(mentor)
        return {name: int(part[row, column]) for name, part in self.points.items()}

    def codes_of(self, mentee: int, mentor: int) -> frozenset[str]:
        """What stands against one pair."""
        return _words(int(self.codes[self.mentees.index(mentee), self.mentors.index(mentor)]))

    def row(self, mentee: int) -> dict[int, tuple[int, frozenset[str]]]:
        """Score and codes of one mentee with every mentor."""
        at = self.mentees.index(mentee)
        fits, codes = self.fit[at].tolist(), self.codes[at].tolist()
        return {one: (fit, _words(bits)) for one, fit, bits in zip(self.mentors, fits, codes, strict=True)}


@lru_cache(maxsize=1 << len(CODES))
def _words(bits: int) -> frozenset[str]:
    return frozenset(code for code, bit in BIT.items() if bits & bit)


def score(pool: Pool) -> ScoreTable:
    """Points and codes of everybody with everybody."""
    seekers = sorted(pool.seekers, key=lambda one: one.person.id)
    givers = sorted(pool.givers, key=lambda one: one.person.id)
    weekly, longest = _overlaps(seekers, givers, pool)
    return ScoreTable(
        mentees=tuple(one.person.id for one in seekers),
        mentors=tuple(one.person.id for one in givers),
        free=tuple(one.free for one in givers),
        used=tuple(one.used for one in givers),
        points=_points(seekers, givers, weekly),
        codes=_codes(seekers, givers, pool, longest),
    )


def _points(seekers: Sequence[Seeker], givers: Sequence[Giver], weekly: Ints) -> dict[str, Small]:
    style = np.array([one.style for one in seekers]).reshape(-1, 3), np.array([one.style for one in givers])
    apart = np.abs(style[0][:, None, :] - style[1].reshape(-1, 3)[None]).sum(axis=2)
    more = _column([one.years for one in givers])[None] - _column([one.years for one in seekers])[:, None]
    wants = [dict(zip(one.wants, WEIGHTS, strict=False)) for one in seekers]
    languages = _shared([one.person.languages for one in seekers], [one.person.languages for one in givers])
    shares = {
        "competence": (
            _weighed(wants, [one.offers for one in givers]),
            _wholes(sum(w.values()) for w in wants),
        ),
        "type": _kept([one.types for one in seekers], [one.types for one in givers]),
        "phase": _kept([one.phases for one in seekers], [one.phases for one in givers]),
        "style": (12 - apart, np.array([[12]])),
        "overlap": (np.minimum(weekly, FULL_WEEK), np.array([[FULL_WEEK]])),
        "area": _kept([one.person.areas for one in seekers], [one.person.areas for one in givers]),
        "language": ((languages > 1).astype(np.int64), np.array([[1]])),
        "experience": (((more >= LEAST_YEARS) & (more <= MOST_YEARS)).astype(np.int64), np.array([[1]])),
    }
    return {name: _scaled(MOST[name], part, whole) for name, (part, whole) in shares.items()}


def _scaled(most: int, part: Ints, whole: Ints) -> Small:
    return np.where(whole > 0, most * part // np.maximum(whole, 1), 0).astype(np.int16)


def _column(values: Sequence[float]) -> npt.NDArray[np.float64]:
    return np.array(values, dtype=np.float64)


def _wholes(values: Iterable[int]) -> Ints:
    return np.array(list(values), dtype=np.int64).reshape(-1, 1)


def _kept(ours: Sequence[frozenset[str]], theirs: Sequence[frozenset[str]]) -> tuple[Ints, Ints]:
    return _shared(ours, theirs), _wholes(len(one) for one in ours)


def _shared(ours: Sequence[frozenset[str]], theirs: Sequence[frozenset[str]]) -> Ints:
    return _weighed([dict.fromkeys(one, 1) for one in ours], theirs)


def _weighed(ours: Sequence[Mapping[str, int]], theirs: Sequence[frozenset[str]]) -> Ints:
    """The sum of the weights of what both have. Sums are small, so that 32-bit floats keep them exact."""
    place = {code: at for at, code in enumerate(sorted({code for one in ours for code in one}))}
    left = np.zeros((len(ours), len(place)), np.float32)
    right = np.zeros((len(theirs), len(place)), np.float32)
    for row, one in enumerate(ours):
        for code, weight in one.items():
            left[row, place[code]] = weight
    for row, other in enumerate(theirs):
        for code in other & place.keys():
            right[row, place[code]] = 1
    return (left @ right.T).astype(np.int64)


def _overlaps(seekers: Sequence[Seeker], givers: Sequence[Giver], pool: Pool) -> tuple[Ints, Ints]:
    """Weekly minutes and those of the best day. People who keep the same hours are reckoned once."""
    ours, rows = _rhythms([one.person for one in seekers])
    theirs, columns = _rhythms([one.person for one in givers])

    def grid(measure: Callable[..., int]) -> Ints:
        cells = [[measure(one, other, pool.on) for other in theirs] for one in ours]
        return np.array(cells, dtype=np.int64).reshape(len(ours), len(theirs))[np.ix_(rows, columns)]

    return grid(weekly_shared), grid(longest_shared)


def _rhythms(people: Sequence[Person]) -> tuple[list[Person], list[int]]:
    kinds: dict[tuple[str, str, int, int], int] = {}
    examples: list[Person] = []
    for one in people:
        key = (one.zone, one.days, one.start, one.until)
        if key not in kinds:
            kinds[key] = len(examples)
            examples.append(one)
    return examples, [kinds[one.zone, one.days, one.start, one.until] for one in people]


def _codes(seekers: Sequence[Seeker], givers: Sequence[Giver], pool: Pool, longest: Ints) -> Bits:
    codes = np.zeros((len(seekers), len(givers)), np.uint16)
    languages = _shared([one.person.languages for one in seekers], [one.person.languages for one in givers])
    for at, giver in enumerate(givers):
        alone = {
            data.AWAY: giver.away,
            data.FULL: giver.free == 0,
            data.UNTRAINED: not giver.trained,
            data.TENURE: giver.years < pool.least_years,
        }
        codes[:, at] |= sum(BIT[code] for code, holds in alone.items() if holds)
    codes[languages == 0] |= BIT[data.LANGUAGE]
    codes[longest < SHORTEST_OVERLAP] |= BIT[data.OVERLAP]
    rows = {one.person.id: at for at, one in enumerate(seekers)}
    columns = {one.person.id: at for at, one in enumerate(givers)}
    for code, pairs in _named(seekers, givers, pool).items():
        for mentee, mentor in pairs:
            if mentee in rows and mentor in columns:
                codes[rows[mentee], columns[mentor]] |= BIT[code]
    _wall(codes, seekers, givers, pool)
    if pool.audience is not None:
        codes[[one.person.id not in pool.audience for one in seekers], :] |= BIT[data.AUDIENCE]
        codes[:, [one.person.id not in pool.audience for one in givers]] |= BIT[data.AUDIENCE]
    return codes


def _named(
    seekers: Sequence[Seeker], givers: Sequence[Giver], pool: Pool
) -> dict[str, Iterable[tuple[int, int]]]:
    """The codes that pairs of people have by their numbers, whichever way round."""
    near = [(one.person.id, other) for one in seekers for other in one.person.above]
    near += [(other, one.person.id) for one in givers for other in one.person.above]
    both = [(min(two), max(two)) for two in pool.exclusions]
    return {
        data.SELF: [(one.person.id, one.person.id) for one in seekers],
        data.LINE: near,
        data.EXCLUSION: [*both, *((b, a) for a, b in both)],
        data.FORMER: pool.former,
    }


def _wall(codes: Bits, seekers: Sequence[Seeker], givers: Sequence[Giver], pool: Pool) -> None:
    for wall in pool.walls:
        for one, other in ((min(wall), max(wall)), (max(wall), min(wall))):
            rows = [at for at, seeker in enumerate(seekers) if one in seeker.alliances]
            columns = [at for at, giver in enumerate(givers) if other in giver.alliances]
            codes[np.ix_(rows, columns)] |= BIT[data.WALL]

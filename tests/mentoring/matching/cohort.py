"""Makes cohorts of any size for tests and benchmarks: the same seed, the same people. None of them exists."""

import random
from datetime import date

from mentoring.matching.data import Giver, Person, Pool, Seeker

MONDAY = date(2026, 11, 2)
CODES = [f"H{number}" for number in range(1, 8)] + [
    "alignment", "communication", "contract", "finance", "governance", "people", "process"
]  # fmt: skip
TYPES = ["codev", "distributor", "early", "in_licence", "service"]
PHASES = ["operate", "startup", "want_get", "wind_down"]
AREAS = ["Immunology", "Neuroscience", "Oncology", "Rare disease"]
ZONES = ["Europe/Zurich"] * 3 + ["America/New_York", "America/Los_Angeles", "Asia/Tokyo", "Asia/Kolkata"]
CAPACITIES = [1] * 8 + [2] * 7 + [3] * 5


def make_cohort(count: int, *, seed: int = 1, supply: float = 1.1) -> Pool:
    """`count` mentees, and mentors until their places are `supply` times as many."""
    dice = random.Random(seed)
    seekers = tuple(_seeker(dice, number) for number in range(1, count + 1))
    givers: list[Giver] = []
    places = 0
    while places < supply * count:
        givers.append(_giver(dice, count + len(givers) + 1))
        places += givers[-1].free
    return Pool(seekers, tuple(givers), on=MONDAY)


def _seeker(dice: random.Random, number: int) -> Seeker:
    return Seeker(
        person=_person(dice, number, dice.randint(1, 40)),
        wants=tuple(dice.sample(CODES, 4)),
        types=frozenset(dice.sample(TYPES, dice.randint(1, 2))),
        phases=frozenset(dice.sample(PHASES, 1)),
        style=_style(dice),
        years=dice.uniform(0, 2),
    )


def _giver(dice: random.Random, number: int) -> Giver:
    return Giver(
        person=_person(dice, number, dice.randint(1, 40)),
        offers=frozenset(dice.sample(CODES, dice.randint(3, 6))),
        types=frozenset(dice.sample(TYPES, dice.randint(1, 3))),
        phases=frozenset(dice.sample(PHASES, dice.randint(1, 3))),
        style=_style(dice),
        years=dice.uniform(1, 15),
        capacity=dice.choice(CAPACITIES),
    )


def _person(dice: random.Random, number: int, manager: int) -> Person:
    spoken = dice.sample(["de", "en", "en", "es", "fr", "ja"], 2)
    areas = frozenset(dice.sample(AREAS, dice.randint(1, 2)))
    return Person(
        id=number,
        languages=frozenset(spoken),
        zone=dice.choice(ZONES),
        areas=areas,
        above=frozenset({manager}) - {number},
    )


def _style(dice: random.Random) -> tuple[int, int, int]:
    return dice.randint(1, 5), dice.randint(1, 5), dice.randint(1, 5)

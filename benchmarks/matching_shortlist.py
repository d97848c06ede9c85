"""What three proposals cost from the database on: so many people in a reporting tree, 3 000 of them mentors.

    python -m benchmarks.matching_shortlist [10000 100000 ...]

The people are those of benchmarks.people_directory (which sets Django up), eight to a manager. Printed is the least CPU
of a few turns; with SQLite the database is in it. 300 ms or more fail the run.
"""

import gc
import sys
import time
from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases

from benchmarks.people_directory import People
from mentoring.api import proposals_for
from mentoring.models import MentorProfile
from people.models import Profile, User

SIZES = (10_000, 100_000)
MENTORS, REPORTS, BATCH = 3_000, 8, 1_000
WANTS = ("H1", "H2", "H3", "contract", "process", "strategy")
TURNS, MOST_MILLISECONDS = 5, 300


def measure(people: People) -> bool:
    """Prints the figures of one size; whether the goal is met."""
    mentee = _arrange(people)
    gc.collect()
    gc.freeze()
    spent = []
    for _turn in range(TURNS):
        with CaptureQueriesContext(connection) as queries:
            began = time.process_time()
            found = proposals_for(mentee, reader=mentee)
            spent.append((time.process_time() - began) * 1000)
    figures = f"asked={found.asked} proposed={len(found.cards)} cpu={min(spent):.0f}ms queries={len(queries)}"
    print(f"{connection.vendor} people={people.count} mentors={MENTORS} {figures}", flush=True)
    return min(spent) < MOST_MILLISECONDS


def _arrange(people: People) -> User:
    """A tree of all people, the mentors spread over it, and a mentee at its foot."""
    everybody = list(Profile.objects.order_by("user_id"))
    for place, profile in enumerate(everybody[1:], 1):
        profile.manager_id = everybody[(place - 1) // REPORTS].user_id
    Profile.objects.bulk_update(everybody, ["manager"], batch_size=BATCH)
    MentorProfile.objects.all().delete()
    chosen = people.random.sample(everybody[REPORTS:-1], MENTORS)
    MentorProfile.objects.bulk_create(_mentor(people, one.user_id) for one in chosen)
    mentee = User.objects.latest("pk")
    MentorProfile.objects.create(person=mentee, is_mentee=True, wants=list(WANTS[:3]))
    return mentee


def _mentor(people: People, person: int) -> MentorProfile:
    offers = people.random.sample(WANTS, 3)
    return MentorProfile(
        person_id=person, is_mentor=True, offers=offers, capacity=2, trained_on=date(2026, 1, 5)
    )


def main(words: list[str]) -> int:
    """Measures each size; 1 where the goal is missed."""
    made = setup_databases(verbosity=0, interactive=False)
    met = True
    try:
        people = People()
        for size in sorted(int(word) for word in words) or SIZES:
            people.grow(size)
            met &= measure(people)
    finally:
        teardown_databases(made, verbosity=0)
    return 0 if met else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

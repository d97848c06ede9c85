"""What a page of the directory costs with so many people: CPU milliseconds, queries, kilobytes.

    python -m benchmarks.people_directory [1000 10000 ...]

The people (seed 7) go into a scratch database, the test database of DATABASE_URL, which is removed afterwards. Each page is
answered through the whole portal; printed are medians. CPU is that of this process: with SQLite the database is in it,
with PostgreSQL it is not, so there `sql` tells the wall milliseconds that the page waited for its queries. The goal is
under 150 ms of CPU a page with 10 000 people.
"""

import os
import sys
import time
from collections.abc import Sequence
from random import Random
from statistics import median

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.test")
django.setup()

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, setup_databases, teardown_databases

from core.models import Term, Vocabulary
from core.services.load_vocabularies import load_vocabularies
from people.models import MentorStatus, Profile, User

SIZES = (1_000, 10_000)
ROUNDS = 7
BATCH = 1_000
SLOW_MILLISECONDS = 150
LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "pl", "ja", "zh", "ko", "hi", "ar", "sv", "da", "cs")
AREAS = ("Oncology", "Immunology", "Vaccines", "Respiratory", "Neuroscience", "Cardiology", "Rare diseases")
DIVISIONS = ("Oncology", "Vaccines", "Immunology", "Research", "Manufacturing", "Digital", "Legal", "Finance")
COUNTRIES = (
    "Switzerland",
    "Germany",
    "Japan",
    "United States",
    "Brazil",
    "India",
    "France",
    "Jordan",
    "Poland",
)
PAGES = {
    "first": "/people/",
    "words": "/people/?q=alliance+lead",
    "nobody": "/people/?q=zzzz+zzzz",
    "ticked": "/people/?type=codev&language=de",
    "many": "/people/?q=lead&type=codev&phase=startup&language=en&therapeutic_area=Oncology&country=Japan",
}


class People:
    """A directory that grows, and pages of it."""

    def __init__(self) -> None:
        load_vocabularies(content=settings.CONTENT_DIR)
        self.random = Random(7)
        self.terms = {
            vocabulary: list(Term.objects.of(vocabulary))
            for vocabulary in (
                Vocabulary.ALLIANCE_TYPE,
                Vocabulary.LIFECYCLE_PHASE,
                Vocabulary.ROLE_AREA,
                Vocabulary.BUSINESS_FUNCTION,
            )
        }
        self.count = 0
        self.client = Client()

    def grow(self, size: int) -> None:
        """So many people in all."""
        while self.count < size:
            self._add(range(self.count, min(self.count + BATCH, size)))
        connection.cursor().execute("ANALYZE")
        self.client.force_login(User.objects.earliest("pk"))

    def measure(self, page: str) -> str:
        """The figures of one page."""
        self.client.get(PAGES[page])
        cpu, waited = [], []
        for _round in range(ROUNDS):
            with CaptureQueriesContext(connection) as queries:
                began = time.process_time()
                answer = self.client.get(PAGES[page])
                cpu.append((time.process_time() - began) * 1000)
            waited.append(sum(float(query["time"]) for query in queries) * 1000)
        state = "" if median(cpu) < SLOW_MILLISECONDS else " SLOW"
        return (
            f"people={self.count} page={page} cpu={median(cpu):.0f}ms "
            f"sql={median(waited):.0f}ms queries={len(queries)} kb={len(answer.content) / 1000:.0f}{state}"
        )

    def _add(self, numbers: Sequence[int]) -> None:
        people = User.objects.bulk_create(self._person(number) for number in numbers)
        profiles = Profile.objects.bulk_create(self._profile(person) for person in people)
        for name, vocabulary in (
            ("alliance_types", Vocabulary.ALLIANCE_TYPE),
            ("phases", Vocabulary.LIFECYCLE_PHASE),
            ("role_areas", Vocabulary.ROLE_AREA),
        ):
            self._choose(name, self.terms[vocabulary], profiles)
        self.count += len(people)

    def _person(self, number: int) -> User:
        function = self.random.choice(self.terms[Vocabulary.BUSINESS_FUNCTION]).code
        return User(
            email=f"p{number}@example.com",
            name=f"Person {number:06}",
            business_function=function,
            password="!",
        )

    def _profile(self, person: User) -> Profile:
        return Profile(
            user=person,
            division=self.random.choice(DIVISIONS),
            job_title=self.random.choice(("Alliance lead", "Counsel", "Start-up lead", "Scientist")),
            city=f"City {self.random.randrange(40)}",
            country=self.random.choice(COUNTRIES),
            languages=self.random.sample(LANGUAGES, self.random.randint(1, 4)),
            therapeutic_areas=self.random.sample(AREAS, self.random.randint(0, 3)),
            mentor_status=self.random.choice(MentorStatus.values),
            bio="Has led committees, transfers and exits, and looks after what comes between them. " * 3,
        )

    def _choose(self, name: str, terms: list[Term], profiles: Sequence[Profile]) -> None:
        relation = getattr(Profile, name).through
        relation.objects.bulk_create(
            relation(profile_id=profile.pk, term_id=term.pk)
            for profile in profiles
            for term in self.random.sample(terms, self.random.randint(0, min(4, len(terms))))
        )


def main(words: list[str]) -> int:
    """Measures each size; returns the exit code."""
    made = setup_databases(verbosity=0, interactive=False)
    try:
        people = People()
        for size in sorted(int(word) for word in words) or SIZES:
            people.grow(size)
            for page in PAGES:
                print(f"{connection.vendor} {people.measure(page)}", flush=True)
    finally:
        teardown_databases(made, verbosity=0)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Makes many plausible lessons, the same for the same seed: for benchmarks, query counts and full lists.

`python -m benchmarks.generate_lessons 10000 [--external-share 0.5] [--seed 7]` fills the database of the settings in
use; `unsaved(...)` and `store(...)` are for code. It needs the vocabularies loaded. Never run it on a live portal.
"""

import argparse
import os
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from core.models import Term
    from lessons.models import Lesson, LessonSource

BATCH = 500
FIRST_DAY = date(2015, 1, 1)
DAYS = 4_000
SOURCE_CODE = "generated"
NARROW_SHARE = 0.1
VOCABULARY = {
    "body": "steering committee|development committee|joint project team|finance group|launch team|supply forum"
    "|publication board|safety panel|data council|manufacturing committee",
    "thing": "budget|pre-read|pen device|shipment|forecast|protocol|data package|label change|milestone|invoice"
    "|handover|charter|audit remark|press release|trial site|pricing decision|sub-licence|amendment|dashboard"
    "|quality agreement",
    "act": "slipped|arrived late|was decided twice|went to the wrong people|waited for a signature|was never owned"
    "|was settled in one call|came early|was reopened|fell between two functions",
    "partner": "mid-size partner|small partner|large partner|contract manufacturer|university group|data provider"
    "|distributor|digital partner",
    "moment": "in the first quarter|two weeks before launch|after the handover|during budget season|at year end"
    "|when the sponsor left|on the day of signature|while the portfolio was reviewed",
    "cause": "nobody owned the date|the agreement was silent|two calendars were never laid side by side"
    "|the seats were filled by title|the functions met after the partner did|the log was kept by one side"
    "|the risk was known and not written down|the deputy had no mandate",
    "actor": "alliance manager|finance lead|committee chair|supply lead|medical lead|legal partner",
    "remedy": "fixes one shared calendar|sends the papers five days before|names one owner and one deputy"
    "|tests the decision list with the functions|reads the obligations aloud at the kick-off"
    "|closes each item in the log with the partner",
}
WORDS = {name: words.split("|") for name, words in VOCABULARY.items()}


class _Maker:
    """Makes lessons from one random source, so that a seed gives the same ones in the same order."""

    def __init__(self, *, seed: int, external_share: float) -> None:
        from core.models import Term
        from lessons.importing.mapping import FACETS

        self.random = random.Random(seed)
        self.external_share = external_share
        self.facets = {name: list(Term.objects.of(vocabulary)) for name, vocabulary in FACETS.items()}
        self.source = self._source() if external_share else None

    def _source(self) -> "LessonSource":
        from lessons.models import LessonSource

        return LessonSource.objects.get_or_create(
            code=SOURCE_CODE, defaults={"name": "Generated collection"}
        )[0]

    def lesson(self, number: int) -> "Lesson":
        """One lesson, not saved."""
        external = self.random.random() < self.external_share
        return self._external(number) if external else self._ours(number)

    def _ours(self, number: int) -> "Lesson":
        from lessons.choices import Outcome, Status, Uptake
        from lessons.models import Lesson

        terms: dict[str, Term | None] = {
            name: self.random.choice(found) if found else None for name, found in self.facets.items()
        }
        return Lesson(
            title=self._title(number),
            summary=self._sentence("The {thing} of the {body} {act} {moment}."),
            context=self._paragraph(2),
            planned=self._sentence("The {body} would settle the {thing} {moment}."),
            happened=self._paragraph(5),
            whys=[self._sentence("The {thing} {act} because {cause}.") for _number in range(4)],
            impact_days=self.random.choice([None, *range(5, 120, 5)]),
            impact_money_musd=self.random.choice([None, None, Decimal("0.4"), Decimal("1.2")]),
            impact_text=self._sentence("The {thing} {act} {moment}."),
            recommendation=self._sentence("When the {thing} is due, the {actor} {remedy}."),
            outcome=self.random.choices(Outcome.values, weights=[7, 2, 1])[0],
            recorded=self._day(),
            quality=self.random.randint(4, 5),
            status=Status.PUBLISHED,
            uptake=self.random.choice(Uptake.values),
            audience=self._audience(),
            **terms,
        )

    def _external(self, number: int) -> "Lesson":
        from lessons.choices import Status
        from lessons.models import Lesson

        return Lesson(
            is_external=True,
            source=self.source,
            external_key=f"G{number}",
            title=self._title(number),
            context=self._paragraph(3),
            text=self._paragraph(6),
            recorded=self._day(),
            status=Status.PUBLISHED,
        )

    def _audience(self) -> str:
        from core.audiences import COMMUNITY, PRACTITIONERS

        return PRACTITIONERS if self.random.random() < NARROW_SHARE else COMMUNITY

    def _day(self) -> date:
        return FIRST_DAY + timedelta(days=self.random.randrange(DAYS))

    def _title(self, number: int) -> str:
        return self._sentence("The {thing} {act} {moment}").capitalize() + f" ({number})"

    def _paragraph(self, sentences: int) -> str:
        frames = [
            "The {body} met with the {partner} {moment}.",
            "The {thing} {act} because {cause}.",
            "The {actor} asked the {body} for the {thing}, and it {act}.",
            "Since then the {actor} {remedy}.",
        ]
        return " ".join(self._sentence(self.random.choice(frames)) for _number in range(sentences))

    def _sentence(self, frame: str) -> str:
        return frame.format(**{name: self.random.choice(words) for name, words in WORDS.items()})


def unsaved(count: int, *, seed: int = 7, external_share: float = 0.0) -> Iterator["Lesson"]:
    """`count` lessons, not saved."""
    maker = _Maker(seed=seed, external_share=external_share)
    return (maker.lesson(number) for number in range(1, count + 1))


def store(count: int, *, seed: int = 7, external_share: float = 0.0, index: bool = True) -> int:
    """Writes `count` lessons in batches and, unless told otherwise, has them indexed. Returns how many."""
    from lessons.models import Lesson
    from lessons.services.indexing import EXTERNAL_KIND, LESSON_KIND, index_lessons

    made = unsaved(count, seed=seed, external_share=external_share)
    while batch := list(islice(made, BATCH)):
        Lesson.objects.bulk_create(batch)
        if index:
            index_lessons([lesson.pk for lesson in batch if not lesson.is_external], kind=LESSON_KIND)
            index_lessons([lesson.pk for lesson in batch if lesson.is_external], kind=EXTERNAL_KIND)
    return count


def main(arguments: list[str]) -> None:
    """The command line."""
    import django

    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.dev")
    django.setup()
    parser = argparse.ArgumentParser(description="Fills the database with generated lessons.")
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--external-share", type=float, default=0.0)
    options = parser.parse_args(arguments)
    made = store(options.count, seed=options.seed, external_share=options.external_share)
    print(f"{made} lessons")


if __name__ == "__main__":
    main(sys.argv[1:])

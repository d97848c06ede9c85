"""Gives a new lesson the next free code, L26 after L25. Safe where many are saved at the same moment."""

import re

from django.db import IntegrityError, transaction

from lessons.models import Lesson

CODE = re.compile(r"L(\d{1,9})")
TRIES = 50


def save_with_code(lesson: Lesson) -> None:
    """Saves a new lesson under a code of its own. Whoever took the same code first keeps it; we take the next one."""
    for _try in range(TRIES):
        lesson.code = next_code()
        try:
            with transaction.atomic():
                lesson.save(force_insert=True)
        except IntegrityError:
            if not Lesson.objects.filter(code=lesson.code).exists():
                raise
            lesson.pk = None
        else:
            return
    raise RuntimeError(f"No free code after {TRIES} tries.")


def next_code() -> str:
    """One above the highest in use."""
    codes = Lesson.objects.filter(code__startswith="L").values_list("code", flat=True)
    numbers = [int(found[1]) for code in codes if (found := CODE.fullmatch(code))]
    return f"L{max(numbers, default=0) + 1:02d}"

"""Querysets that every guarded model shares. Default deny: without a token there are no rows."""

from typing import Self, TypeVar

from django.db import models

from core.audiences import tokens_of

Row = TypeVar("Row", bound=models.Model, covariant=True)


class AudienceQuerySet(models.QuerySet[Row]):
    """Rows that carry one audience token in `audience`."""

    def visible_to(self, reader: object) -> Self:
        """The rows whose token the reader holds."""
        return self.filter(audience__in=sorted(tokens_of(reader)))

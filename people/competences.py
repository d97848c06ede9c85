"""Reads the map of competences and a person's own checks by it."""

from people.data import CompetenceData, SelfCheckData
from people.models import Competence, SelfCheck


def competences() -> tuple[CompetenceData, ...]:
    """The fourteen: habits, then role areas."""
    return tuple(
        CompetenceData(
            code=row.code,
            kind=row.kind,
            title=row.title,
            what=row.what,
            behaviours=tuple(row.behaviours),
            levels=tuple(row.levels),
            plays=tuple(row.plays),
        )
        for row in Competence.objects.all()
    )


def own_checks(person: object) -> list[SelfCheckData]:
    """The checks a person took, the newest first; nobody else's."""
    return [
        SelfCheckData(
            pk=row.pk, taken=row.taken, levels=row.levels, examples=row.examples, picks=tuple(row.picks)
        )
        for row in SelfCheck.objects.own(person)
    ]

"""A step that waits for another one is overdue for nobody: not on the manager's page, and in no reminder."""

from datetime import timedelta

import pytest
import time_machine

from onboarding.choices import UNTOLD, StepState
from onboarding.models import Journey, Step
from onboarding.reading.due import due_by_person
from onboarding.reading.journey import MyPath
from onboarding.reading.manager import people_of
from onboarding.services.finish_step import unlock_step
from people.models import User
from tests.onboarding.appointing import MONDAY

pytestmark = pytest.mark.django_db
LATER = MONDAY + timedelta(days=20)


def titles_due(person: User) -> set[str]:
    return {due.step.template.code for due in due_by_person(LATER.date()).get(person.pk, [])}


def test_manager_and_newcomer_count_the_same_and_a_locked_step_is_no_reminder(newcomer: User) -> None:
    manager = newcomer.profile.manager
    assert manager is not None
    assert Step.objects.get(journey__person=newcomer, template__code="S6").state == StepState.LOCKED
    with time_machine.travel(LATER, tick=False):
        (progress,) = people_of(manager)
        late = {row.step.template.code for row in MyPath(newcomer).rows if row.late}
        assert progress.overdue == len(late - UNTOLD)
        assert "S6" not in titles_due(newcomer)
        assert unlock_step(person_id=newcomer.pk, code="S6")
        assert people_of(manager)[0].overdue == progress.overdue + 1
        assert "S6" in titles_due(newcomer)
    assert Journey.objects.get(person=newcomer).steps.filter(state=StepState.LOCKED).count() == 0

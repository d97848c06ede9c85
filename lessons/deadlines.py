"""By when who does what with a lesson. Every date is a working day, Monday to Friday, so nothing falls due on a Sunday.

Three working days to screen, twenty days to validate, ten to find the play it belongs to, sixty for the owner of the
play to take it up, ninety more until somebody looks whether the change worked.
"""

from datetime import date, timedelta

SCREEN_WORKING_DAYS = 3
VALIDATE_DAYS = 20
ROUTE_DAYS = 10
EMBED_DAYS = 60
CHECK_DAYS = 90
FRIDAY = 4


def after_working_days(day: date, count: int) -> date:
    """The day `count` working days after a day."""
    while count > 0:
        day += timedelta(days=1)
        count -= day.weekday() <= FRIDAY
    return day


def after_days(day: date, count: int) -> date:
    """The day `count` days after a day, or the Monday after it where that is a weekend."""
    day += timedelta(days=count)
    return day if day.weekday() <= FRIDAY else after_working_days(day, 1)


def screening_due(submitted: date) -> date:
    """By when a submitted lesson is screened."""
    return after_working_days(submitted, SCREEN_WORKING_DAYS)


def validation_due(screened: date) -> date:
    """By when a screened lesson is validated."""
    return after_days(screened, VALIDATE_DAYS)


def routing_due(published: date) -> date:
    """By when a published lesson is sent to the owner of a play."""
    return after_days(published, ROUTE_DAYS)


def embedding_due(routed: date) -> date:
    """By when the owner of a play has taken it up or said why not."""
    return after_days(routed, EMBED_DAYS)


def check_due(embedded: date) -> date:
    """By when somebody has looked whether the change worked."""
    return after_days(embedded, CHECK_DAYS)

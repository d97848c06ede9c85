"""Two workers at once: each mail goes once. On PostgreSQL, where rows are locked; SQLite lets one write at a time."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from notifications.api import send_waiting_mail
from notifications.models import MailState, Notice, SentMail
from tests.notifications.factories import tell
from tests.notifications.smtp import Mailbox
from tests.people.factories import UserFactory

WORKERS, PEOPLE = 4, 15


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("things")
def test_workers_beside_each_other_send_each_mail_once(mailbox: Mailbox) -> None:
    for person in UserFactory.create_batch(PEOPLE):
        tell(person, verb="alarmed")
    start = Barrier(WORKERS)

    def work() -> None:
        start.wait(10)
        try:
            while send_waiting_mail():
                continue
        finally:
            connections.close_all()

    with ThreadPoolExecutor(WORKERS) as pool:
        for done in [pool.submit(work) for _worker in range(WORKERS)]:
            done.result(60)
    send_waiting_mail()
    assert len(mailbox.messages) == len({message["To"] for message in mailbox.messages}) == PEOPLE
    assert SentMail.objects.count() == PEOPLE
    assert set(Notice.objects.values_list("mail", flat=True)) == {MailState.SENT}

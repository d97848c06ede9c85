"""A real SMTP server on loopback that keeps what it is given, and refuses what it is told to refuse."""

from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.test import override_settings

from scripts.processes import HOST, free_port


class Mailbox:
    """What came in. `refusals` are answered to the next messages instead of taking them."""

    def __init__(self) -> None:
        self.raw: list[bytes] = []
        self.refusals: list[str] = []
        self.port = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """One message."""
        if self.refusals:
            return self.refusals.pop(0)
        content = envelope.content
        self.raw.append(content if isinstance(content, bytes) else b"")
        return "250 taken"

    @property
    def messages(self) -> list[EmailMessage]:
        """All messages, parsed."""
        return [BytesParser(EmailMessage, policy=default).parsebytes(raw) for raw in self.raw]


def part(message: EmailMessage, kind: str) -> str:
    """The text of the part of a kind."""
    body = message.get_body((kind,))
    assert body is not None
    text: Any = body.get_content()
    return str(text)


@contextmanager
def smtp_server() -> Iterator[Mailbox]:
    """Runs a server and points Django at it."""
    mailbox = Mailbox()
    mailbox.port = free_port()
    controller = Controller(mailbox, hostname=HOST, port=mailbox.port)
    controller.start()
    try:
        with override_settings(
            EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
            EMAIL_HOST=HOST,
            EMAIL_PORT=mailbox.port,
            EMAIL_TIMEOUT=5,
        ):
            yield mailbox
    finally:
        controller.stop()

"""A server that listens where Elasticsearch should and misbehaves as told: for faults of the network and the server."""

import json
import socket
import struct
import threading
from contextlib import suppress
from enum import StrEnum
from typing import Any, Self


class Mood(StrEnum):
    """How it answers."""

    BLACKHOLE = "takes the request and never answers"
    RESET = "breaks the connection off in the middle of the answer"
    HALF_JSON = "answers with half a document"
    EMPTY_JSON = "answers with a document of another shape"
    OVERLOADED = "answers 429"
    FAILING = "answers 503"
    REFUSING = "answers 400"
    TIMED_OUT = "answers that it ran out of time"
    HTML = "is no Elasticsearch at all"


STATUS = {Mood.OVERLOADED: 429, Mood.FAILING: 503, Mood.REFUSING: 400}
ANSWERS: dict[Mood, Any] = {
    Mood.EMPTY_JSON: {"took": 1},
    Mood.TIMED_OUT: {"timed_out": True, "hits": {"hits": []}},
}


class OddServer:
    """Use as a context; `requests` counts what arrived."""

    def __init__(self, mood: Mood) -> None:
        self.mood = mood
        self.requests = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._serve, daemon=True).start()
        return self

    def __exit__(self, *_exception: object) -> None:
        # Closing alone leaves a thread that waits in accept.
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._open:
            connection.close()

    def _serve(self) -> None:
        while True:
            try:
                connection, _address = self._listener.accept()
            except OSError:
                return
            self._open.append(connection)
            threading.Thread(target=self._talk, args=(connection,), daemon=True).start()

    def _talk(self, connection: socket.socket) -> None:
        with suppress(OSError):
            while self._read(connection):
                self.requests += 1
                if not self._answer(connection):
                    return

    def _read(self, connection: socket.socket) -> bool:
        data = b""
        while b"\r\n\r\n" not in data:
            if not (piece := connection.recv(65_536)):
                return False
            data += piece
        head, _, body = data.partition(b"\r\n\r\n")
        lengths = [
            line.split(b":")[1] for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")
        ]
        missing = int(lengths[0]) - len(body) if lengths else 0
        while missing > 0:
            missing -= len(connection.recv(65_536))
        return True

    def _answer(self, connection: socket.socket) -> bool:
        """Whether the connection goes on."""
        if self.mood is Mood.BLACKHOLE:
            return True
        body = json.dumps(ANSWERS.get(self.mood, {"error": {"type": self.mood.name}})).encode()
        if self.mood is Mood.HALF_JSON:
            body = b'{"took": 3, "hits": {"total": {"value": 1'
        if self.mood is Mood.HTML:
            body = b"<html></html>"
        kind = (
            b"text/html"
            if self.mood is Mood.HTML
            else b"application/json\r\nX-Elastic-Product: Elasticsearch"
        )
        declared = len(body) + (100 if self.mood is Mood.RESET else 0)
        status = STATUS.get(self.mood, 200)
        connection.sendall(
            b"HTTP/1.1 %d Odd\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
            % (status, kind, declared, body)
        )
        if self.mood is Mood.RESET:
            # Linger zero: the other side sees a reset, not an orderly end.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.close()
            return False
        return True

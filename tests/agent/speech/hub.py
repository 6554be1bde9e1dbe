"""A server on loopback that is laid out like the public model hub, and can break off or lie."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.agent.speech.tiny_whisper import listing


class Hub(ThreadingHTTPServer):
    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.folder = folder
        self.listing = listing(folder)
        self.break_after: int | None = None
        """Bytes of model.bin after which the connection drops."""
        self.spoilt = False
        """Whether model.bin comes with one wrong byte."""
        self.asked: list[tuple[str, str | None]] = []
        """Path and Range of every request."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Answer(BaseHTTPRequestHandler):
    server: Hub

    def do_GET(self) -> None:
        span = self.headers.get("Range")
        self.server.asked.append((self.path, span))
        if "/tree/" in self.path:
            self._send(200, self.server.listing)
            return
        path = self.server.folder / self.path.rsplit("/", 1)[1]
        data = path.read_bytes()
        if path.name == "model.bin" and self.server.spoilt:
            data = data[:-1] + bytes([data[-1] ^ 1])
        start = int(span.removeprefix("bytes=").removesuffix("-")) if span else 0
        self._send(206 if span else 200, data[start:], large=path.name == "model.bin")

    def _send(self, status: int, body: bytes, *, large: bool = False) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if large and self.server.break_after is not None:
            self.wfile.write(body[: self.server.break_after])
            self.close_connection = True
        else:
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 the signature of http.server
        """Nothing is printed."""


@contextmanager
def serving(folder: Path) -> Iterator[Hub]:
    """The hub, up while the block lasts."""
    hub = Hub(folder)
    thread = threading.Thread(target=hub.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield hub
    finally:
        hub.shutdown()
        thread.join()
        hub.server_close()

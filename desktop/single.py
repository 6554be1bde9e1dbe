"""One Bancone per person: a second start only brings the first one's window up."""

import hashlib
import logging

import platformdirs
from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

log = logging.getLogger(__name__)

ANSWERS_WITHIN = 1000  # ms
SAYS_WITHIN = 200  # ms; it has written before it hangs up
HELLO = b"bancone 1: show\n"


class SingleInstance(QObject):
    """`called` when a second one was started."""

    called = Signal()

    def __init__(self, name: str | None = None, parent: QObject | None = None) -> None:
        """name: of the socket; by default this person's, from where their data is kept."""
        super().__init__(parent)
        self.name = name or _name()
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connection)

    def claim(self) -> bool:
        """Be the one; False when another one is there, which is told to show itself."""
        socket = QLocalSocket()
        socket.connectToServer(self.name)
        if socket.waitForConnected(ANSWERS_WITHIN):
            socket.write(HELLO)
            socket.waitForBytesWritten(ANSWERS_WITHIN)
            socket.disconnectFromServer()
            return False
        # what a killed one left behind
        QLocalServer.removeServer(self.name)
        if not self._server.listen(self.name):
            log.warning("a second start will not find this one: %s", self._server.errorString())
        return True

    def close(self) -> None:
        self._server.close()

    def _on_connection(self) -> None:
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            spoken = socket.bytesAvailable() or socket.waitForReadyRead(SAYS_WITHIN)
            if spoken and socket.readAll().data() == HELLO:
                self.called.emit()
            socket.abort()
            socket.deleteLater()


def _name() -> str:
    folder = str(platformdirs.user_data_path("bancone", appauthor=False))
    return f"bancone-{hashlib.sha256(folder.encode()).hexdigest()[:16]}"

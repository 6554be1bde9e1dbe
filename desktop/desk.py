"""The desk at work: window, tray, talk key, sound and session joined.

Built by desktop/app.py. All slots run in the main thread; what comes from another thread comes as a signal.
"""

import logging
import time
import uuid
from concurrent.futures import Future
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from agent.events import Command, Event, Failed, Heard, Key, State, StateChanged, Talk
from desktop import texts, theme
from desktop.bridge import Bridge, Making
from desktop.firststart import FirstStart
from desktop.hotkey.backend import HotkeyBackend, HotkeyError
from desktop.hotkey.choose import backend_for
from desktop.hotkey.machine import Mode, PushToTalk
from desktop.overlay import Overlay
from desktop.settings import Settings, SettingsFile
from desktop.sound import Sound
from desktop.talk import Talker
from desktop.theme import Theme
from desktop.tray import Tray
from desktop.window import MainWindow
from tools.contract import Clock

log = logging.getLogger(__name__)

TICK = 1000  # ms between looks at a key that may be jammed
TRAY_AGAIN = 5000  # ms between looks for a tray that comes up after us


class Desk(QObject):
    """`start` shows it; `quit` ends it in order."""

    _talks = Signal(bool)
    _refused = Signal(str)

    def __init__(
        self, application: QApplication, file: SettingsFile, *, kept: Settings, settings: Settings, clock: Clock
    ) -> None:
        """kept: as the file has them; settings: those with what the command line pins, which is never saved."""
        super().__init__(application)
        self.application, self.file, self.kept, self.settings, self.clock = application, file, kept, settings, clock
        self.bridge = Bridge(self)
        self.tray = Tray()
        self.overlay = Overlay(settings.hotkey)
        self.sound = Sound(
            microphone=settings.microphone,
            speaker=settings.speaker,
            volume=settings.volume,
            send=self.bridge.push_audio,
            ended=lambda press: self.talker.ended(press),
            parent=self,
        )
        self.talker = Talker(
            PushToTalk(Mode(settings.talk_mode)),
            session=self.bridge,
            ear=self.sound,
            mouth=self.sound,
            refused=self._refused.emit,
            talking=self._talks.emit,
        )
        self.hotkey: HotkeyBackend = backend_for(settings.display or None)
        self.window = self._made_window()
        self._state, self._ear = "starting", "off"
        self._making: Making | None = None
        self._dropped = self._over = False
        self._tick = QTimer(self, interval=TICK)
        self._tray_again = QTimer(self, interval=TRAY_AGAIN)
        self._connect()

    def _made_window(self) -> MainWindow:
        window = MainWindow(key=self.settings.hotkey, clock=self.clock, theme=Theme(self.settings.theme))
        window.command.connect(self.do)
        window.theme_chosen.connect(self.choose_theme)
        window.language_chosen.connect(self.choose_language)
        window.retried.connect(self.begin)
        window.quit_chosen.connect(self.quit)
        return window

    def _connect(self) -> None:
        self.bridge.event.connect(self.on_event)
        self.bridge.ready.connect(self.on_ready)
        self.bridge.failed.connect(self.on_failed)
        self.sound.level.connect(self.on_level)
        self.sound.microphone.connect(self.on_microphone)
        self.sound.loudspeaker.connect(self.on_loudspeaker)
        self.tray.opened.connect(self.show_window)
        self.tray.talked.connect(self._on_tray_talked)
        self.tray.quit_chosen.connect(self.quit)
        self._talks.connect(self.on_talking)
        self._refused.connect(self.on_refused)
        self._tick.timeout.connect(lambda: self.talker.tick(time.monotonic()))
        self._tray_again.timeout.connect(self._look_for_tray)
        self.application.styleHints().colorSchemeChanged.connect(lambda _: self._apply_theme())

    # beginning and end

    def start(self, making: Making) -> None:
        """The tray icon first, then the window, then what takes long, in threads of its own."""
        self._making = making
        self.tray.show()
        self._look_for_tray()
        self._tray_again.start()
        self.window.show()
        QTimer.singleShot(0, self, self._begin_all)

    def _begin_all(self) -> None:
        self.begin()
        self.sound.open()
        try:
            self.hotkey.start(self.settings.hotkey, self.talker.key_down, self.talker.key_up)
        except HotkeyError as error:
            log.warning("no talk key: %s", error)
            self.window.show_trouble("hotkey", str(error), grave=False)
        for problem in self.file.problems:
            self.window.show_trouble("settings", problem.said(texts.language()), grave=False)

    def begin(self) -> None:
        """A session; also a new one after one that failed."""
        if self._making is not None and not self._over:
            self.window.banner.put_away()
            self._show_state("starting")
            self.bridge.start(self._making, self.sound.play)

    def quit(self) -> None:
        """Key, microphone, session, voice, window: nothing reaches what has gone. Idempotent."""
        if self._over:
            return
        self._over = True
        log.info("leaving")
        self._tick.stop()
        self._tray_again.stop()
        self.hotkey.stop()
        self.bridge.close()
        self.sound.close()
        self.overlay.close()
        self.tray.retire()
        self.window.keeps_running = False
        self.window.close()
        self.application.quit()

    def show_window(self) -> None:
        if self.window.isMinimized():
            self.window.showNormal()
        else:
            self.window.show()
        self.window.raise_()
        self.window.activateWindow()

    def ask_how_to_begin(self) -> "Future[bool]":
        """The first start's question; the answer, True for the demo, comes when it is given."""
        answer: Future[bool] = Future()
        dialog = FirstStart(self.window)

        def on_chosen(demo: bool) -> None:
            if not answer.cancelled():
                answer.set_result(demo)

        dialog.chosen.connect(on_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        return answer

    # what comes from session and sound

    def on_event(self, event: Event) -> None:
        self.window.on_event(event)
        match event:
            case StateChanged():
                self._show_state(event.state, window=False)
            case Heard():
                self.overlay.show_heard(event.text)
            case Failed():
                self._cue("trouble")
                if not event.retryable:
                    self._show_state("error", window=False)

    def on_ready(self) -> None:
        log.info("ready")
        if self._state == "starting":
            self._show_state(State.IDLE)

    def on_failed(self, failed: Failed) -> None:
        """The session did not start, or died."""
        log.warning("the session is over: %s %s", failed.stage, failed.code)
        self.window.on_event(failed)
        self.window.banner.offer_retry()
        self._show_state("error")

    def on_level(self, level: float) -> None:
        if self._state == State.LISTENING:
            self.window.show_level(level)
            self.overlay.show_level(level)

    def on_microphone(self, state: str, missing: str) -> None:
        was, self._ear = self._ear, state
        self.window.show_ear(state)
        if state == "lost":
            self.window.show_trouble("microphone", missing, grave=False)
        elif state == "muted":
            self.window.show_trouble("muted", missing, grave=False)
        elif was in ("lost", "muted"):
            self.window.trouble_over("microphone", "muted")

    def on_loudspeaker(self, state: str, missing: str) -> None:
        if state == "lost":
            self.window.show_trouble("speaking", missing, grave=False)
        elif state == "ready":
            self.window.trouble_over("speaking")

    def _show_state(self, state: str, *, window: bool = True) -> None:
        self._state = str(state)
        if window:
            self.window.show_state(self._state)
        self.tray.show_state(self._state)
        self.overlay.show_state(self._state)
        self.overlay.appear(self.settings.overlay and not self.window.isActiveWindow())

    def _cue(self, name: str) -> None:
        if self.settings.cues:
            self.sound.cue(name)

    # what the person does

    def do(self, command: Command) -> None:
        """A wish of the window's."""
        if isinstance(command, Talk):
            self._dropped = command.key is Key.CANCEL
            self.talker.take(command)
        elif not self.bridge.send(command):
            self.on_refused("session")

    def on_talking(self, talking: bool) -> None:
        """Shown at once, before the agent says so."""
        if talking:
            self._dropped = False
            self._tick.start()
            self._show_state(State.LISTENING)
        else:
            self._tick.stop()
            self.window.composer.reset()
            if not self._dropped:
                self._cue("sent")
        self.hotkey.listen_for_cancel(self._on_escape if talking else None)

    def on_refused(self, what: str) -> None:
        """`microphone` or `session`: nobody can listen."""
        self.window.composer.reset()
        if what == "session" and self._state == "starting":
            return
        self._cue("trouble")
        self.window.show_trouble("microphone" if what == "microphone" else "start", "", grave=False)

    def choose_theme(self, name: str) -> None:
        self._keep(theme=Theme(name).value)
        self._apply_theme()

    def choose_language(self, name: str) -> None:
        """A new window, with the conversation so far; the session begins anew in that language."""
        self._keep(language=name)
        texts.use(self.application, name)
        old, self.window = self.window, self._made_window()
        self.window.setGeometry(old.geometry())
        self.window.keeps_running = old.keeps_running
        for event, at in list(old.history):
            self.window.on_event(event, at)
        self.window.show_ear(self._ear)
        self.window.show()
        old.blockSignals(True)
        old.keeps_running = False
        old.close()
        old.deleteLater()
        self.tray.retranslate()
        self.begin()

    def _keep(self, **changed: str) -> None:
        self.kept = replace(self.kept, **changed)  # type: ignore[arg-type]
        self.settings = replace(self.settings, **changed)  # type: ignore[arg-type]
        try:
            self.file.save(self.kept)
        except OSError as error:
            log.warning("the settings could not be saved: %s", type(error).__name__)
            self.window.show_trouble("settings", str(error), grave=False)

    def _apply_theme(self) -> None:
        theme.apply(self.application, Theme(self.settings.theme))

    def _on_escape(self) -> None:
        """From the talk key's thread."""
        self._dropped = True
        self.talker.cancel()

    def _on_tray_talked(self) -> None:
        down = not self.talker.talking
        self.talker.take(Talk(Key.DOWN, str(uuid.uuid4())) if down else Talk(Key.UP))

    def _look_for_tray(self) -> None:
        """Closing the window may hide it only where there is a tray to bring it back from."""
        self.window.keeps_running = self.tray.available()

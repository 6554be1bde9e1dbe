"""Pictures of the real window fed with written-out conversations: `python -m tests.desktop.gallery FOLDER`.

Every scene in both languages and both themes. The platform and the scale are the environment's (QT_QPA_PLATFORM,
QT_SCALE_FACTOR). `--readme` writes assets/screenshot.png instead.
"""

import argparse
import itertools
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from agent.events import Choice, Event, Needs
from desktop import texts, theme
from desktop.overlay import Overlay
from desktop.window import MainWindow
from tests.desktop import scenes
from tests.desktop.scenes import Lines

SCENES: dict[str, Callable[[Lines], Iterable[Event]]] = {
    "empty": lambda lines: [],
    "answer": lambda lines: scenes.ask(lines),
    "draft": lambda lines: [*scenes.ask(lines), *scenes.draft(lines)],
    "booked": lambda lines: [*scenes.ask(lines), *scenes.book(lines)],
    "proposed": lambda lines: [*scenes.ask(lines), *scenes.book(lines), *scenes.move(lines)],
    "unsure": lambda lines: [
        *scenes.ask(lines),
        *list(scenes.book(lines))[:4],
        scenes.booking(
            needs=Needs.YES,
            reasons=("nearest_plate", "heard_unsurely"),
            choices=(Choice("1", lines.chip, {}), Choice("2", "AB 128 CD · Fiat Panda", {})),
        ),
    ],
    "trouble": lambda lines: [*scenes.ask(lines), *scenes.book(lines), *scenes.refused(lines), scenes.failed()],
}


def show(name: str, lines: Lines, *, key: str = "F9") -> MainWindow:
    """The window after the scene ``name``."""
    window = MainWindow(key=key, clock=scenes.clock)
    window.show()
    QTest.qWaitForWindowExposed(window)
    window.show_state("idle")
    window.show_ear("armed")
    for event in SCENES[name](lines):
        window.on_event(event)
    if name == "draft":
        for number in range(20):
            window.show_level(-50 + 35 * abs((number % 7) - 3) / 3)
    QTest.qWait(120)
    return window


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("build/gallery"))
    parser.add_argument("--readme", action="store_true")
    parser.add_argument("--only", nargs="*")
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    if options.readme:
        _take(application, "booked", "it", theme.Theme.LIGHT, theme.ASSETS / "screenshot.png")
        return
    options.folder.mkdir(parents=True, exist_ok=True)
    for name, language, look in itertools.product(options.only or SCENES, ("it", "en"), ("light", "dark")):
        _take(application, name, language, theme.Theme(look), options.folder / f"{name}-{language}-{look}.png")
    overlay = Overlay("F9")
    overlay.show_state("listening")
    overlay.show_heard(scenes.IT.interim)
    overlay.grab().save(str(options.folder / "overlay.png"))


def _take(application: QApplication, name: str, language: str, look: theme.Theme, file: Path) -> None:
    theme.apply(application, look)
    texts.use(application, language)
    window = show(name, scenes.LINES[language])
    window.grab().save(str(file))
    window.close()
    window.deleteLater()
    QTest.qWait(1)


if __name__ == "__main__":
    main()

"""The talk key on a real X server."""

from __future__ import annotations

import gc
import queue
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from Xlib import X, display

from desktop.hotkey import HotkeyError, NoHotkey, backend_for
from desktop.hotkey.x11 import X11Hotkey
from tests.rig import screen
from tests.rig.processes import Processes, wait_for
from tests.rig.screen import Screen

SOON = 3.0  # seconds


@pytest.fixture(scope="module")
def x11() -> Iterator[Screen]:
    lacking = [name for name in screen.PROGRAMS if not shutil.which(name)]
    if lacking:
        pytest.skip(f"this machine has no {', '.join(lacking)}")
    with tempfile.TemporaryDirectory(prefix="bancone-screen-") as folder:
        processes = Processes(Path(folder))
        try:
            yield Screen(processes, {"PATH": "/usr/bin:/bin", "HOME": folder})
        finally:
            processes.close()


class Edges:
    """What a backend reported, in order."""

    def __init__(self) -> None:
        self.seen: queue.Queue[tuple[str, float]] = queue.Queue()

    def pressed(self, at: float) -> None:
        self.seen.put(("down", at))

    def released(self, at: float) -> None:
        self.seen.put(("up", at))

    def cancelled(self) -> None:
        self.seen.put(("escape", 0.0))

    def next(self) -> str:
        return self.seen.get(timeout=SOON)[0]

    def nothing_more(self) -> bool:
        return self.seen.empty()


@pytest.fixture
def edges() -> Edges:
    return Edges()


@pytest.fixture
def watch(x11: Screen, edges: Edges) -> Iterator[Callable[[str], X11Hotkey]]:
    started: list[X11Hotkey] = []

    def build(key: str = "F9") -> X11Hotkey:
        started.append(X11Hotkey(x11.display))
        started[-1].start(key, edges.pressed, edges.released)
        return started[-1]

    yield build
    for backend in started:
        backend.stop()


class Front:
    """The application in front: a window that takes the keyboard and writes down what it gets."""

    def __init__(self, name: str) -> None:
        self._shown = display.Display(name)
        root = self._shown.screen().root
        self._window = root.create_window(0, 0, 50, 50, 0, X.CopyFromParent, event_mask=X.KeyPressMask | X.ExposureMask)
        self._window.map()
        self._shown.sync()
        while self._shown.next_event().type != X.Expose:
            pass
        self._window.set_input_focus(X.RevertToParent, X.CurrentTime)
        self._shown.sync()

    def got(self) -> list[int]:
        """Key codes since the last look."""
        self._shown.sync()
        events = [self._shown.next_event() for _ in range(self._shown.pending_events())]
        return [event.detail for event in events if event.type == X.KeyPress]

    def code(self, keysym: int) -> int:
        return self._shown.keysym_to_keycode(keysym)

    def close(self) -> None:
        self._shown.close()


@pytest.fixture
def front(x11: Screen) -> Iterator[Front]:
    window = Front(x11.display)
    yield window
    window.close()


def test_a_press_and_its_release_are_reported_in_time(
    x11: Screen, edges: Edges, watch: Callable[..., X11Hotkey]
) -> None:
    watch()
    with x11.holding("F9"):
        assert edges.next() == "down"
    assert edges.next() == "up"


def test_auto_repeat_is_one_press(x11: Screen, edges: Edges, watch: Callable[..., X11Hotkey], front: Front) -> None:
    watch()
    typed: list[int] = []
    began = time.monotonic()
    with x11.holding("a"):
        wait_for(lambda: typed.extend(front.got()) or len(typed) > 5, "the server's auto-repeat", SOON)
    repeats_within = time.monotonic() - began
    with x11.holding("F9"):
        assert edges.next() == "down"
        with pytest.raises(queue.Empty):
            edges.seen.get(timeout=repeats_within)
    assert edges.next() == "up"
    assert edges.nothing_more()


def test_every_other_key_reaches_the_application_and_ours_does_not(
    x11: Screen, edges: Edges, watch: Callable[..., X11Hotkey], front: Front
) -> None:
    watch()
    x11.press("a")
    x11.press("Escape")
    x11.press("F9")
    x11.press("b")
    letters = [front.code(0x61), front.code(0xFF1B), front.code(0x62)]
    got: list[int] = []
    wait_for(lambda: got.extend(front.got()) or len(got) >= 3, "what was typed", SOON)
    assert got == letters
    assert [edges.next(), edges.next()] == ["down", "up"]


def test_another_key_while_ours_is_held_ends_nothing(
    x11: Screen, edges: Edges, watch: Callable[..., X11Hotkey]
) -> None:
    watch()
    with x11.holding("F9"):
        assert edges.next() == "down"
        x11.press("a")
        x11.press("Escape")
        assert edges.nothing_more()
    assert edges.next() == "up"


@pytest.mark.parametrize("lock", ["Caps_Lock", "Num_Lock"])
def test_a_lock_key_does_not_matter(x11: Screen, edges: Edges, watch: Callable[..., X11Hotkey], lock: str) -> None:
    watch()
    x11.press(lock)
    try:
        x11.press("F9")
        assert [edges.next(), edges.next()] == ["down", "up"]
    finally:
        x11.press(lock)


@pytest.mark.parametrize("key", ["Ctrl+Alt+space", "ctrl + alt + Space"])
def test_a_chord_ends_with_its_key_whatever_is_let_go_first(
    x11: Screen, edges: Edges, watch: Callable[..., X11Hotkey], key: str
) -> None:
    watch(key)
    for word in ("Control_L", "Alt_L", "space"):
        x11.xdotool("keydown", word)
    assert edges.next() == "down"
    for word in ("Control_L", "Alt_L", "space"):
        x11.xdotool("keyup", word)
    assert edges.next() == "up"
    x11.press("space")
    assert edges.nothing_more()


def test_a_key_another_program_has_is_refused_by_name(watch: Callable[..., X11Hotkey]) -> None:
    watch("F8")
    before = threading.active_count()
    with pytest.raises(HotkeyError, match=r"F8: another program"):
        watch("F8")
    assert threading.active_count() == before


@pytest.mark.parametrize(("key", "said"), [("F99", "'F99'"), ("Hyper+F9", "'Hyper'"), ("", "''")])
def test_a_key_that_is_none_is_refused_by_name(watch: Callable[..., X11Hotkey], key: str, said: str) -> None:
    with pytest.raises(HotkeyError, match=said):
        watch(key)


# python-xlib leaves the sockets of a failed connection to the garbage collector
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_without_a_display_it_is_said() -> None:
    with pytest.raises(HotkeyError, match=r"F9: no X11 display ':4711'"):
        X11Hotkey(":4711").start("F9", lambda at: None, lambda at: None)
    gc.collect()


def test_escape_is_ours_only_while_talking(
    x11: Screen, edges: Edges, watch: Callable[..., X11Hotkey], front: Front
) -> None:
    backend = watch()
    escape = front.code(0xFF1B)
    backend.listen_for_cancel(edges.cancelled)
    wait_for(lambda: _taken(x11, "Escape"), "the grab of Escape", SOON)
    x11.press("Escape")
    assert edges.next() == "escape"
    assert escape not in front.got()
    backend.listen_for_cancel(None)
    wait_for(lambda: not _taken(x11, "Escape"), "its end", SOON)
    x11.press("Escape")
    wait_for(lambda: escape in front.got(), "Escape in the application", SOON)
    assert edges.nothing_more()


def _taken(x11: Screen, key: str) -> bool:
    probe = X11Hotkey(x11.display)
    try:
        probe.start(key, lambda at: None, lambda at: None)
    except HotkeyError:
        return True
    probe.stop()
    return False


def test_escape_cancels_while_the_key_is_held(x11: Screen, edges: Edges, watch: Callable[..., X11Hotkey]) -> None:
    backend = watch()
    with x11.holding("F9"):
        assert edges.next() == "down"
        backend.listen_for_cancel(edges.cancelled)
        x11.press("Escape")
        assert edges.next() == "escape"
        backend.listen_for_cancel(None)
    assert edges.next() == "up"


def test_stopping_lets_the_key_go_and_leaves_no_thread(x11: Screen, watch: Callable[..., X11Hotkey]) -> None:
    backend = watch("F7")
    backend.stop()
    backend.stop()
    assert "hotkey" not in {thread.name for thread in threading.enumerate()}
    assert not _taken(x11, "F7")


def test_stopping_while_it_is_held_says_that_it_ended(
    x11: Screen, edges: Edges, watch: Callable[..., X11Hotkey]
) -> None:
    backend = watch()
    with x11.holding("F9"):
        assert edges.next() == "down"
        backend.stop()
        assert edges.next() == "up"


def test_a_screen_that_goes_away_ends_the_press_and_the_thread(
    edges: Edges, tmp_path: Path, expect_log: Callable[[str], None]
) -> None:
    if shutil.which("Xvfb") is None:
        pytest.skip("this machine has no Xvfb")
    expect_log("ERROR desktop.hotkey.x11: the X11 display went away")
    processes = Processes(tmp_path)
    place = Screen(processes, {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)})
    backend = X11Hotkey(place.display)
    backend.start("F9", edges.pressed, edges.released)
    place.xdotool("keydown", "F9")
    assert edges.next() == "down"
    processes.close()
    assert edges.next() == "up"
    backend.stop()


def test_a_desktop_without_a_global_key_says_what_to_do() -> None:
    backend = backend_for(None)
    assert isinstance(backend, NoHotkey)
    with pytest.raises(HotkeyError, match=r"F9: .*talk button"):
        backend.start("F9", lambda at: None, lambda at: None)


def test_under_x11_the_key_is_grabbed(x11: Screen) -> None:
    assert isinstance(backend_for(x11.display), X11Hotkey)

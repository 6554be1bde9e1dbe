"""Reads the screen as a screen reader does. Runs under the system's Python, which has AT-SPI; speaks JSON lines.

Asked ``{"do": "read", "app": name}`` it answers with every accessible of that application, as a flat list of
``{path, role, name, id, description, text, states, actions}``; asked ``{"do": "act", "app", "path", "action"}`` it does
what a person would do to that one.
"""

import json
import sys

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

STATES = ("ENABLED", "VISIBLE", "SHOWING", "FOCUSED", "CHECKED", "SELECTED", "EDITABLE")
LONGEST = 20_000  # characters of one text


def applications(name):
    desktop = Atspi.get_desktop(0)
    desktop.clear_cache()
    for index in range(desktop.get_child_count()):
        application = desktop.get_child_at_index(index)
        if application is not None and application.get_name() == name:
            yield application


def text_of(node):
    if "Text" not in node.get_interfaces():
        return ""
    text = node.get_text_iface()
    return Atspi.Text.get_text(text, 0, min(LONGEST, Atspi.Text.get_character_count(text)))


def described(node, path):
    states = node.get_state_set()
    held = [state.lower() for state in STATES if states.contains(getattr(Atspi.StateType, state))]
    actions = node.get_action_iface() if "Action" in node.get_interfaces() else None
    return {
        "path": path,
        "role": node.get_role_name(),
        "name": node.get_name() or "",
        "id": node.get_accessible_id() or "",
        "description": node.get_description() or "",
        "text": text_of(node),
        "states": held,
        "actions": [Atspi.Action.get_action_name(actions, i) for i in range(actions.get_n_actions())]
        if actions
        else [],
    }


def walk(node, path):
    node.clear_cache()
    try:
        yield described(node, path)
        for index in range(node.get_child_count()):
            child = node.get_child_at_index(index)
            if child is not None:
                yield from walk(child, [*path, index])
    except GLib.Error:
        return  # it went away while it was being read


def read(request):
    return [node for application in applications(request["app"]) for node in walk(application, [])]


def act(request):
    for application in applications(request["app"]):
        node = application
        for index in request["path"]:
            node = node.get_child_at_index(index)
        actions = node.get_action_iface()
        names = [Atspi.Action.get_action_name(actions, i).lower() for i in range(actions.get_n_actions())]
        return bool(actions.do_action(names.index(request["action"].lower())))
    raise LookupError(f"no application {request['app']!r}")


def main():
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = {"answer": {"read": read, "act": act}[request["do"]](request)}
        except (GLib.Error, LookupError, ValueError, AttributeError) as error:
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


main()

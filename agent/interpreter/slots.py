"""What the finders' values mean to a plan: cars, people, ids, minutes."""

from typing import Any

from agent.interpreter._standin import *  # noqa: F403

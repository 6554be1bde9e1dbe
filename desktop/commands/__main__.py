"""`python -m desktop.commands say …`: the commands without the desktop."""

import sys

from desktop.commands import run

sys.exit(run(sys.argv[1:]))

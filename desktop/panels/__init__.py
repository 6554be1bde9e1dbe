"""The parts of the window: each takes events, and shows or asks."""

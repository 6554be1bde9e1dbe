"""The workshops, held to one contract."""

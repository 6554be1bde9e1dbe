"""The workshop: its contract and the places that keep it."""

"""The workshop kept in one SQLite file."""

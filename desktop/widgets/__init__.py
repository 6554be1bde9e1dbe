"""Parts the panels are made of. They know no events and no commands."""

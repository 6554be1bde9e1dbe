"""Files the program brings along; read with ``importlib.resources``."""

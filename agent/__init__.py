"""The conversation: hears, understands, calls the tools, answers."""

"""The desktop: tray, window, sound and the talk key."""

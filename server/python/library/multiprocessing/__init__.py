"""No other process is started: the rest is unknown."""

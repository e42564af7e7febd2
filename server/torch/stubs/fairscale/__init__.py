"""fairscale, as far as models ask for it."""

"""Pillow, as far as its constants are named."""

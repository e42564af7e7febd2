"""Modules wrapped."""

"""The backport: what the standard library has today."""
from importlib.metadata import *  # noqa: F403
from importlib.metadata import PackageNotFoundError, distribution, version  # noqa: F401

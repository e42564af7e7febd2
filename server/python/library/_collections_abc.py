"""Where `collections.abc` lies in CPython."""
from collections.abc import *

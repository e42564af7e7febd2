"""The generator that all share."""
from numpy.random import RandomState

_rand = RandomState()

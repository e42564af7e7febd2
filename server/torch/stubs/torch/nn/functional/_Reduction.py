"""`F._Reduction`: the module `torch.nn._reduction`, by the name that `functional` imports it by."""
from torch.nn._reduction import get_enum, legacy_get_enum, legacy_get_string

"""Of the one thread there is."""
from threading import Lock as allocate_lock, Lock as LockType, RLock
from _necktie import unknown as _unknown

error = RuntimeError
TIMEOUT_MAX = 9223372036.0


def get_ident():
    return 1


def start_new_thread(function, args, kwargs=None):
    return _unknown('_thread.start_new_thread')

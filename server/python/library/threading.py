"""One thread."""
from _necktie import unknown as _unknown


class local:
    pass


class Lock:
    def acquire(self, blocking=True, timeout=-1):
        return True

    def release(self):
        pass

    def locked(self):
        return False

    def __enter__(self):
        return True

    def __exit__(self, *exc_info):
        pass


RLock = Lock


class Thread:
    def __init__(self, *args, **kwargs):
        self.name = 'MainThread'
        self.daemon = False

    def start(self):
        _unknown('threading.Thread.start')


_main = Thread()


def current_thread():
    return _main


def main_thread():
    return _main


def get_ident():
    return 1

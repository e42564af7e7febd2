"""Logging that says nothing. What it would have to know of a run is not known."""
import _necktie_model


def print_log(msg, logger=None, level=20):
    pass


class _Silent:
    level = 20
    handlers = []

    def _nothing(self, *args, **kwargs):
        pass

    debug = info = warning = error = critical = log = exception = setLevel = addHandler = callHandlers = _nothing
    update_scalar = update_scalars = update_info = update_info_dict = _nothing

    @classmethod
    def get_instance(cls, *args, **kwargs):
        return cls()

    @classmethod
    def get_current_instance(cls):
        return cls()

    @classmethod
    def check_instance_created(cls, name):
        return False

    def __getattr__(self, name):
        _necktie_model.unknown(f'mmengine.logging.{type(self).__name__}.{name}')


class MMLogger(_Silent):
    @classmethod
    def get_current_device_id(cls):
        return 0


class MessageHub(_Silent):
    pass


class HistoryBuffer(_Silent):
    @classmethod
    def register_statistics(cls, method):
        return method

"""The default scope: in which library names without a prefix are looked for."""
from contextlib import contextmanager


class DefaultScope:
    _current = None

    def __init__(self, name, scope_name):
        assert isinstance(scope_name, str), f'scope_name should be a string, but got {scope_name}'
        self._instance_name = name
        self._scope_name = scope_name

    @property
    def scope_name(self):
        return self._scope_name

    @property
    def instance_name(self):
        return self._instance_name

    @classmethod
    def get_instance(cls, name, **kwargs):
        DefaultScope._current = cls(name, **kwargs)
        return DefaultScope._current

    @classmethod
    def get_current_instance(cls):
        return DefaultScope._current

    @classmethod
    def check_instance_created(cls, name):
        return DefaultScope._current is not None and DefaultScope._current.instance_name == name

    @classmethod
    @contextmanager
    def overwrite_default_scope(cls, scope_name):
        before = DefaultScope._current
        if scope_name is not None:
            DefaultScope._current = cls(f'overwrite-{scope_name}', scope_name)
        try:
            yield
        finally:
            DefaultScope._current = before

"""What reports on registries or sets their scope."""
from .default_scope import DefaultScope


def init_default_scope(scope):
    DefaultScope.get_instance(f'{scope}', scope_name=scope)

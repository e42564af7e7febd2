"""Objects from dicts with a `type`."""
import _necktie_model
from mmengine.config import Config, ConfigDict
from .registry import Registry

_MORE = 'https://mmengine.readthedocs.io/en/latest/advanced_tutorials/config.html#import-the-custom-module'


def build_from_cfg(cfg, registry, default_args=None):
    if not isinstance(cfg, (dict, ConfigDict, Config)):
        raise TypeError(f'cfg should be a dict, ConfigDict or Config, but got {type(cfg)}')
    if 'type' not in cfg:
        if default_args is None or 'type' not in default_args:
            raise KeyError(f'`cfg` or `default_args` must contain the key "type", but got {cfg}\n{default_args}')
    if not isinstance(registry, Registry):
        raise TypeError(f'registry must be a mmengine.Registry object, but got {type(registry)}')
    if not (isinstance(default_args, (dict, ConfigDict, Config)) or default_args is None):
        raise TypeError(f'default_args should be a dict, ConfigDict, Config or None, but got {type(default_args)}')
    _necktie_model.building(cfg)
    args = cfg.copy()
    if default_args is not None:
        for name, value in default_args.items():
            args.setdefault(name, value)
    scope = args.pop('_scope_', None)
    with registry.switch_scope_and_registry(scope) as registry:
        obj_type = args.pop('type')
        if isinstance(obj_type, str):
            obj_cls = registry.get(obj_type)
            if obj_cls is None:
                raise KeyError(f'{obj_type} is not in the {registry.scope}::{registry.name} registry. '
                               f'Please check whether the value of `{obj_type}` is correct or it was registered as expected. '
                               f'More details can be found at {_MORE}')
        elif callable(obj_type):
            obj_cls = obj_type
        else:
            raise TypeError(f'type must be a str or valid type, but got {type(obj_type)}')
        _necktie_model.builds(getattr(obj_cls, '__name__', ''))
        if _necktie_model.is_managed(obj_cls):
            built = obj_cls.get_instance(**args)
        else:
            built = obj_cls(**args)
        _necktie_model.built()
        return built


def build_model_from_cfg(cfg, registry, default_args=None):
    if isinstance(cfg, list):
        from mmengine.model import Sequential
        return Sequential(*[build_from_cfg(one, registry, default_args) for one in cfg])
    return build_from_cfg(cfg, registry, default_args)


def build_runner_from_cfg(cfg, registry):
    return build_from_cfg(cfg, registry)


def build_optimizer_from_cfg(cfg, registry, default_args=None):
    return build_from_cfg(cfg, registry, default_args)


def build_scheduler_from_cfg(cfg, registry, default_args=None):
    return build_from_cfg(cfg, registry, default_args)

"""
The tree of registries. mmengine imports a whole library before it looks for a name; here `_necktie_model` tells which modules register that name, and only those are
imported. A name is missing only where that is known: the index of the library is complete, and says so.
"""
from importlib import import_module

import _necktie_model
from .default_scope import DefaultScope


class _Switched:
    """The registry of the scope that is current within; both are as before afterwards."""

    def __init__(self, registry, scope):
        self.registry = registry
        self.scope = scope

    def __enter__(self):
        self.before = DefaultScope._current
        if self.scope is not None:
            DefaultScope._current = DefaultScope(f'overwrite-{self.scope}', self.scope)
        default = DefaultScope._current
        if default is None:
            return self.registry
        name = default.scope_name
        _necktie_model.import_quietly(f'{name}.registry')
        found = self.registry._get_root_registry()._search_child(name)
        return self.registry if found is None else found

    def __exit__(self, *raised):
        DefaultScope._current = self.before


class Registry:
    def __init__(self, name, build_func=None, parent=None, scope=None, locations=[]):
        from .build_functions import build_from_cfg
        self._name = name
        self._module_dict = dict()
        self._children = dict()
        self._locations = locations
        self._looked_for = set()
        self._forced = {}
        if scope is not None:
            assert isinstance(scope, str)
            self._scope = scope
        else:
            self._scope = _necktie_model.importing_package()
        self.parent = None
        if parent is not None:
            assert isinstance(parent, Registry)
            parent._add_child(self)
            self.parent = parent
        if build_func is None:
            self.build_func = build_from_cfg if self.parent is None else self.parent.build_func
        else:
            self.build_func = build_func

    def __len__(self):
        return len(self._module_dict)

    def __contains__(self, key):
        return self.get(key) is not None

    @staticmethod
    def infer_scope():
        return _necktie_model.importing_package()

    @staticmethod
    def split_scope_key(key):
        scope, dot, rest = key.partition('.')
        return (scope, rest) if dot else (None, key)

    @property
    def name(self):
        return self._name

    @property
    def scope(self):
        return self._scope

    @property
    def module_dict(self):
        return self._module_dict

    @property
    def children(self):
        return self._children

    @property
    def root(self):
        return self._get_root_registry()

    def _get_root_registry(self):
        root = self
        while root.parent is not None:
            root = root.parent
        return root

    def switch_scope_and_registry(self, scope):
        return _Switched(self, scope)

    def import_from_location(self):
        for location in self._locations:
            import_module(location)

    def _own(self, key):
        """What this registry alone has by that name."""
        if key not in self._module_dict and key not in self._looked_for:
            self._looked_for.add(key)
            for module in _necktie_model.modules_that_register(self._scope, self._get_root_registry()._name, key, self._locations):
                _necktie_model.import_registering(module)
                if key in self._module_dict:
                    break
        return self._module_dict.get(key)

    def get(self, key):
        if not isinstance(key, str):
            raise TypeError(f'The key argument of `Registry.get` must be a str, got {type(key)}')
        found = self._find(key)
        if found is None and '.' in key:
            found = _necktie_model.object_by_name(key)
        if found is None:
            _necktie_model.missing(self._scope, self._get_root_registry()._name, key)
        return found

    def _find(self, key):
        scope, own_key = self.split_scope_key(key)
        found = None
        if scope is None or scope == self._scope:
            found = self._own(own_key)
            parent = self.parent
            while found is None and scope is None and parent is not None:
                found, parent = parent._own(own_key), parent.parent
        else:
            _necktie_model.import_quietly(f'{scope}.registry')
            if scope in self._children:
                found = self._children[scope]._find(own_key)
            else:
                root = self._get_root_registry()
                if scope == root._scope or scope in root._children:
                    found = root._find(key)
        return found

    def _search_child(self, scope):
        if self._scope == scope:
            return self
        for child in self._children.values():
            found = child._search_child(scope)
            if found is not None:
                return found
        return None

    def build(self, cfg, *args, **kwargs):
        return self.build_func(cfg, *args, **kwargs, registry=self)

    def _add_child(self, registry):
        assert isinstance(registry, Registry)
        assert registry.scope is not None
        assert registry.scope not in self.children, f'scope {registry.scope} exists in {self.name} registry'
        self.children[registry.scope] = registry

    def _register_module(self, module, module_name=None, force=False):
        if not callable(module):
            raise TypeError(f'module must be Callable, but got {type(module)}')
        if module_name is None:
            module_name = module.__name__
        if isinstance(module_name, str):
            module_name = [module_name]
        for name in module_name:
            package = _necktie_model.importing_package()
            if not force and self._forced.get(name) == package:
                continue  # its modules are imported in another order here: theirs is forced last
            if force:
                self._forced[name] = package
            if not force and name in self._module_dict:
                existed = self.module_dict[name]
                raise KeyError(f'{name} is already registered in {self.name} at {existed.__module__}')
            self._module_dict[name] = module

    def register_module(self, name=None, force=False, module=None):
        if not isinstance(force, bool):
            raise TypeError(f'force must be a boolean, but got {type(force)}')
        if not (name is None or isinstance(name, str) or (isinstance(name, (list, tuple)) and all(isinstance(n, str) for n in name))):
            raise TypeError(f'name must be None, an instance of str, or a sequence of str, but got {type(name)}')
        if module is not None:
            self._register_module(module=module, module_name=name, force=force)
            return module

        def register(module):
            self._register_module(module=module, module_name=name, force=force)
            return module

        return register

"""
The tree of registries. mmengine imports a whole library before it looks for a name; here `_necktie_model` tells which modules register that name, and only those are
imported. A name is missing only where that is known: the index of the library is complete, and says so.
"""
from importlib import import_module

import _necktie_model


class _Registered:
    """What is in a registry by name: what was not looked for yet is looked for."""
    def __init__(self, registry):
        self._registry = registry

    def __getitem__(self, key):
        found = self.get(key)
        if found is None:
            raise KeyError(key)
        return found

    def __contains__(self, key):
        return self.get(key) is not None

    def __setitem__(self, key, module):
        self._registry._own(key)  # what it replaces must not come later
        self._registry._module_dict[key] = module

    def __delitem__(self, key):
        self[key]
        del self._registry._module_dict[key]

    def __getattr__(self, name):
        return _necktie_model.unknown(f'module_dict.{name}')

    def __eq__(self, other):
        return _necktie_model.unknown('all that is registered')

    def __len__(self):
        return _necktie_model.unknown('all that is registered')

    def __iter__(self):
        return _necktie_model.unknown('all that is registered')

    def get(self, key, default=None):
        registry = self._registry
        found = registry._own(key)
        if found is None:
            _necktie_model.missing(registry._scope, Registry._get_root_registry(registry)._name, key)
        return default if found is None else found

    def pop(self, key, *default):
        self.get(key)
        return self._registry._module_dict.pop(key, *default)


class Registry:
    def __init__(self, name, build_func=None, parent=None, scope=None, locations=[]):
        from .build_functions import build_from_cfg
        self._name = name
        self._module_dict = dict()
        self._children = dict()
        self._locations = locations
        self._looked_for = set()
        self._looked_for_alone = set()
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
        return _Registered(self)

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
        return _necktie_model.switched(self, scope)

    def import_from_location(self):
        for location in self._locations:
            import_module(location)

    def _own(self, key, is_above=False):
        """What this registry alone has by that name. `is_above`: a registry above has it, which what nobody imported does not hide."""
        looked = self._looked_for_alone if is_above else self._looked_for
        if key not in self._module_dict and key not in self._looked_for and key not in looked:
            looked.add(key)
            for module in _necktie_model.modules_that_register(self._scope, Registry._get_root_registry(self)._name, key, self._locations, is_above):
                _necktie_model.import_registering(module)
                if key in self._module_dict:
                    break
        return self._module_dict.get(key)

    def get(self, key):
        if not isinstance(key, str):
            raise TypeError(f'The key argument of `Registry.get` must be a str, got {type(key)}')
        if type(self).import_from_location is not Registry.import_from_location:
            self.import_from_location()  # here nothing has to be imported before a name is looked for
        found = _necktie_model.registered(self, key)
        if found is None:
            found = self._find(key)
        if found is None and '.' in key:
            found = _necktie_model.object_by_name(key)
        if found is None:
            _necktie_model.missing(self._scope, Registry._get_root_registry(self)._name, key)
        return found

    def _is_above(self, key):
        """Whether one of the registries above was given that name already."""
        parent = self.parent
        return parent is not None and (key in parent._module_dict or parent._is_above(key))

    def _find(self, key):
        scope, own_key = self.split_scope_key(key)
        found = None
        if scope is None or scope == self._scope:
            found = self._own(own_key, scope is None and self._is_above(own_key))
            parent = self.parent
            while found is None and scope is None and parent is not None:
                found, parent = parent._own(own_key, parent._is_above(own_key)), parent.parent
        else:
            _necktie_model.import_quietly(f'{scope}.registry')
            if scope in self._children:
                found = self._children[scope]._got(own_key)
            else:
                root = self._get_root_registry()
                if scope == root._scope or scope in root._children:
                    found = root._got(key)
        return found

    def _got(self, key):
        """Of another registry: a subclass may have its own way to get something."""
        return self._find(key) if type(self).get is Registry.get else self.get(key)

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
                existed = self._module_dict[name]
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

"""nn.Module: parameters, buffers and children by name, and calls that say which module runs."""
from collections import OrderedDict, namedtuple

import _necktie_model
import torch
from torch import Tensor
from torch.nn.parameter import Buffer, Parameter
from torch.utils.hooks import RemovableHandle


class _IncompatibleKeys(namedtuple('IncompatibleKeys', ['missing_keys', 'unexpected_keys'])):
    pass


_KINDS = ('_parameters', '_buffers', '_modules')


def _registers(kind):
    """A method that keeps a hook of this kind; how it is to be called matters to no shape."""
    def register(self, hook, *args, **kwargs):
        return self._hook(kind, hook)
    return register


class Module:
    dump_patches = False
    _version = 1
    call_super_init = False

    # What runs at every attribute and every module is native: see module-methods.ts.
    __init__ = _necktie_model.init
    __getattr__ = _necktie_model.getattr
    __setattr__ = _necktie_model.setattr
    __call__ = _call_impl = _wrapped_call_impl = _necktie_model.call

    def forward(self, *input):
        raise NotImplementedError(f'Module [{type(self).__name__}] is missing the required "forward" function')

    def _before(self, args, kwargs):
        for key, hook in list(self._forward_pre_hooks.items()):
            if key in self._forward_pre_hooks_with_kwargs:
                changed = hook(self, args, kwargs)
                if changed is not None:
                    if not (isinstance(changed, tuple) and len(changed) == 2):
                        raise RuntimeError(f'forward pre-hook must return None or a tuple of (new_args, new_kwargs), but got {changed}.')
                    args, kwargs = changed
            else:
                changed = hook(self, args)
                if changed is not None:
                    args = changed if isinstance(changed, tuple) else (changed,)
        return args, kwargs

    def _after(self, args, kwargs, result):
        for key, hook in list(self._forward_hooks.items()):
            changed = hook(self, args, kwargs, result) if key in self._forward_hooks_with_kwargs else hook(self, args, result)
            if changed is not None:
                result = changed
        return result

    def __delattr__(self, name):
        for kind in _KINDS:
            held = _necktie_model.own(self, kind)
            if held is not None and name in held:
                del held[name]
                self._non_persistent_buffers_set.discard(name)
                return
        object.__delattr__(self, name)

    def __dir__(self):
        return sorted({*dir(type(self)), *self.__dict__, *self._parameters, *self._modules, *self._buffers})

    def __repr__(self):
        return _necktie_model.text_of_module(self)

    # ------------------------------------------------------------ registering

    def register_parameter(self, name, param):
        _necktie_model.register_parameter(self, name, param)

    def register_buffer(self, name, tensor, persistent=True):
        _necktie_model.register_buffer(self, name, tensor, persistent)

    def add_module(self, name, module):
        _necktie_model.add_module(self, name, module)

    def register_module(self, name, module):
        self.add_module(name, module)

    def _hook(self, kind, hook, prepend=False):
        hooks = getattr(self, kind)
        handle = RemovableHandle(hooks)
        if prepend:
            before = list(hooks.items())
            hooks.clear()
            hooks[handle.id] = hook
            hooks.update(before)
        else:
            hooks[handle.id] = hook
        return handle

    def register_forward_pre_hook(self, hook, *, prepend=False, with_kwargs=False):
        handle = self._hook('_forward_pre_hooks', hook, prepend)
        if with_kwargs:
            self._forward_pre_hooks_with_kwargs[handle.id] = True
        return handle

    def register_forward_hook(self, hook, *, prepend=False, with_kwargs=False, always_call=False):
        handle = self._hook('_forward_hooks', hook, prepend)
        if with_kwargs:
            self._forward_hooks_with_kwargs[handle.id] = True
        return handle

    register_backward_hook = register_full_backward_hook = _registers('_backward_hooks')
    register_full_backward_pre_hook = _registers('_backward_pre_hooks')
    register_state_dict_post_hook = _register_state_dict_hook = _registers('_state_dict_hooks')
    register_state_dict_pre_hook = _registers('_state_dict_pre_hooks')
    register_load_state_dict_pre_hook = _register_load_state_dict_pre_hook = _registers('_load_state_dict_pre_hooks')
    register_load_state_dict_post_hook = _registers('_load_state_dict_post_hooks')

    # ------------------------------------------------------------ walking

    def named_children(self):
        return _necktie_model.named_children(self)

    def children(self):
        return _necktie_model.children(self)

    def named_modules(self, memo=None, prefix='', remove_duplicate=True):
        return _necktie_model.named_modules(self, memo, prefix, remove_duplicate)

    def modules(self):
        return _necktie_model.modules(self)

    def _named_members(self, get_members_fn, prefix='', recurse=True, remove_duplicate=True):
        seen = set()
        for place, module in self.named_modules(prefix=prefix, remove_duplicate=remove_duplicate) if recurse else [(prefix, self)]:
            for name, member in get_members_fn(module):
                if member is None or member in seen:
                    continue
                if remove_duplicate:
                    seen.add(member)
                yield f'{place}.{name}' if place else name, member

    def named_parameters(self, prefix='', recurse=True, remove_duplicate=True):
        return _necktie_model.named_members(self, '_parameters', prefix, recurse, remove_duplicate)

    def parameters(self, recurse=True):
        return _necktie_model.members(self, '_parameters', recurse)

    def named_buffers(self, prefix='', recurse=True, remove_duplicate=True):
        return _necktie_model.named_members(self, '_buffers', prefix, recurse, remove_duplicate)

    def buffers(self, recurse=True):
        return _necktie_model.members(self, '_buffers', recurse)

    def get_submodule(self, target):
        module = self
        for name in target.split('.') if target != '' else []:
            if not hasattr(module, name):
                raise AttributeError(f'{module._get_name()} has no attribute `{name}`')
            module = getattr(module, name)
            if not isinstance(module, Module):
                raise AttributeError(f'`{name}` is not an nn.Module')
        return module

    def _owner(self, target):
        place, _, name = target.rpartition('.')
        module = self.get_submodule(place)
        if not hasattr(module, name):
            raise AttributeError(f'{module._get_name()} has no attribute `{name}`')
        return module, name

    def get_parameter(self, target):
        module, name = self._owner(target)
        if name not in module._parameters:
            raise AttributeError(f'`{name}` is not an nn.Parameter')
        return module._parameters[name]

    def get_buffer(self, target):
        module, name = self._owner(target)
        if name not in module._buffers:
            raise AttributeError(f'`{name}` is not a buffer')
        return module._buffers[name]

    def _get_name(self):
        return type(self).__name__

    def extra_repr(self):
        return ''

    # ------------------------------------------------------------ states

    def state_dict(self, *args, destination=None, prefix='', keep_vars=False):
        if args:
            destination = args[0]
            prefix = args[1] if len(args) > 1 else prefix
            keep_vars = args[2] if len(args) > 2 else keep_vars
        if destination is None:
            destination = OrderedDict()
        for hook in list(self._state_dict_pre_hooks.values()):
            hook(self, prefix, keep_vars)
        _necktie_model.save(self, destination, prefix, keep_vars)
        for hook in list(self._state_dict_hooks.values()):
            changed = hook(self, destination, prefix, {})
            if changed is not None:
                destination = changed
        return destination

    def _save_to_state_dict(self, destination, prefix, keep_vars):
        for name, param in self._parameters.items():
            if param is not None:
                destination[prefix + name] = param
        for name, buffer in self._buffers.items():
            if buffer is not None and name not in self._non_persistent_buffers_set:
                destination[prefix + name] = buffer

    def load_state_dict(self, state_dict, strict=True, assign=False):
        """Weights have no values here: nothing changes but what waits for its sizes."""
        for prefix, module in list(self.named_modules()):
            if '_load_hook' in module.__dict__:
                module._lazy_load_hook(state_dict, f'{prefix}.' if prefix else '', {}, strict, [], [], [])
        return _IncompatibleKeys([], [])

    def _load_from_state_dict(self, state_dict, prefix, local_metadata, strict, missing_keys, unexpected_keys, error_msgs):
        pass

    # ------------------------------------------------------------ everything below

    def apply(self, fn):
        for module in self.children():
            module.apply(fn)
        fn(self)
        return self

    def train(self, mode=True):
        if not isinstance(mode, bool):
            raise ValueError('training mode is expected to be boolean')
        return _necktie_model.train(self, mode)

    def eval(self):
        return self.train(False)

    def requires_grad_(self, requires_grad=True):
        for param in self.parameters():
            param.requires_grad_(requires_grad)
        return self

    def zero_grad(self, set_to_none=True):
        pass

    def share_memory(self):
        for module in self.modules():
            for held in (module._parameters, module._buffers):
                for tensor in held.values():
                    if tensor is not None:
                        tensor.share_memory_()
        return self

    def cpu(self):
        return self

    def _same(self, *args, **kwargs):
        return self

    cuda = xpu = mps = ipu = _same

    def _as(self, dtype, numbers=False):
        """Floats in another type; with `numbers`, complex ones too."""
        for module in self.modules():
            for held in (module._parameters, module._buffers):
                for name, tensor in list(held.items()):
                    if tensor is not None and (tensor.is_floating_point() or numbers and tensor.is_complex()):
                        held[name] = _necktie_model.recast(tensor, dtype)
        return self

    def half(self):
        return self._as(torch.float16)

    def float(self):
        return self._as(torch.float32)

    def double(self):
        return self._as(torch.float64)

    def bfloat16(self):
        return self._as(torch.bfloat16)

    def type(self, dst_type):
        return self._as(dst_type)

    def to(self, *args, **kwargs):
        dtype = torch._C._nn._parse_to(*args, **kwargs)[1]
        if dtype is not None and not (dtype.is_floating_point or dtype.is_complex):
            raise TypeError(f'nn.Module.to only accepts floating point or complex dtypes, but got desired dtype={dtype}')
        return self if dtype is None else self._as(dtype, True)

    def _apply(self, fn, recurse=True):
        for module in self.modules() if recurse else [self]:
            for held in (module._parameters, module._buffers):
                for name, tensor in list(held.items()):
                    if tensor is not None:
                        changed = fn(tensor)
                        held[name] = Parameter(changed) if isinstance(tensor, Parameter) and not isinstance(changed, Parameter) else changed
        return self

    def compile(self, *args, **kwargs):
        pass

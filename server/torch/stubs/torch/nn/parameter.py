"""Parameters and buffers."""
import _necktie_model
import torch
from torch import Tensor


class Parameter(Tensor):
    def __new__(cls, data=None, requires_grad=True):
        return Tensor._make_subclass(cls, torch.empty(0) if data is None else data, requires_grad)

    def __deepcopy__(self, memo):
        if id(self) not in memo:
            memo[id(self)] = type(self)(self.data.clone(), self.requires_grad)
        return memo[id(self)]


class Buffer(Tensor):
    def __new__(cls, data=None, *, persistent=True):
        made = Tensor._make_subclass(cls, torch.empty(0) if data is None else data, False)
        made.persistent = persistent
        return made


class UninitializedTensorMixin:
    """A tensor whose sizes a first input will tell. What has no answer before that is refused: natively, by every method that is not here."""

    def materialize(self, shape, device=None, dtype=None):
        made = torch.empty(shape, device=device, dtype=self.dtype if dtype is None else dtype)
        _necktie_model.materialize(self, made, self.cls_to_become)

    @property
    def shape(self):
        raise RuntimeError(
            "Can't access the shape of an uninitialized parameter or buffer. This error usually happens in `load_state_dict` when trying to load "
            'an uninitialized parameter into an initialized one. Call `forward` to initialize the parameters before accessing their attributes.'
        )

    def share_memory_(self):
        raise RuntimeError(
            "Can't share memory on an uninitialized parameter or buffer. Call `forward` to initialize the parameters before calling `module.share_memory()`."
        )

    def __repr__(self):
        return f'<{type(self).__name__}>'

    def size(self, *args):
        return self.data.size(*args)

    def is_floating_point(self):
        return self.data.is_floating_point()

    def is_complex(self):
        return self.data.is_complex()


def is_lazy(param):
    return isinstance(param, UninitializedTensorMixin)


class UninitializedParameter(UninitializedTensorMixin, Parameter):
    cls_to_become = Parameter

    def __new__(cls, requires_grad=True, device=None, dtype=None):
        made = Tensor._make_subclass(cls, torch.empty(0, device=device, dtype=dtype), requires_grad)
        return _necktie_model.uninitialized(made)

    def __deepcopy__(self, memo):
        if id(self) not in memo:
            memo[id(self)] = type(self)(self.requires_grad, self.device, self.dtype)
        return memo[id(self)]


class UninitializedBuffer(UninitializedTensorMixin, Tensor):
    cls_to_become = Tensor

    def __new__(cls, requires_grad=False, device=None, dtype=None, persistent=True):
        made = Tensor._make_subclass(cls, torch.empty(0, device=device, dtype=dtype), requires_grad)
        made.persistent = persistent
        return _necktie_model.uninitialized(made)

    def __deepcopy__(self, memo):
        _necktie_model.refuse(self, '<function Tensor.__deepcopy__ at 0x7f0000000000>')

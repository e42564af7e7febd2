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


class UninitializedParameter(Parameter):
    """Lazy layers have them: nothing here is one."""

    def __new__(cls, *args, **kwargs):
        _necktie_model.unknown('torch.nn.UninitializedParameter')

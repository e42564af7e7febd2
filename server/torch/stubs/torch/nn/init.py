"""Fake weights have no values: filling one gives it back, with what it is said to hold forgotten."""
import math

import _necktie_model
import torch
from torch.nn.parameter import is_lazy


def _filled(tensor, method='fill_', kernel=None):
    """What the method of that name leaves; `kernel`: the one that has no integers."""
    fill = getattr(tensor, method)
    if is_lazy(tensor):
        fill(0.0) if method == 'fill_' else fill()
    if kernel is not None and tensor.numel() and not tensor.is_floating_point() and not tensor.is_complex():
        raise NotImplementedError(f'"{kernel}" not implemented for \'{_NAMES[tensor.dtype]}\'')
    return _necktie_model.refilled(tensor)


_filled = _necktie_model.filling(_filled)

_NAMES = {torch.bool: 'Bool', torch.uint8: 'Byte', torch.int8: 'Char', torch.int16: 'Short', torch.int32: 'Int', torch.int64: 'Long'}


def _uniform(tensor):
    return _filled(tensor, 'uniform_', 'check_uniform_bounds')


def _normal(tensor):
    return _filled(tensor, 'normal_', 'normal_kernel_cpu')


def _known(tensor, function):
    """torch asks a tensor of another class first: one that is not initialized refuses the function as a whole."""
    if is_lazy(tensor):
        _necktie_model.refuse(tensor, repr(function))


def uniform_(tensor, a=0.0, b=1.0, generator=None):
    _known(tensor, uniform_)
    return _uniform(tensor)


def normal_(tensor, mean=0.0, std=1.0, generator=None):
    _known(tensor, normal_)
    return _normal(tensor)


def trunc_normal_(tensor, mean=0.0, std=1.0, a=-2.0, b=2.0, generator=None):
    tensor.is_meta
    if is_lazy(tensor):
        _necktie_model.unknown('which method trunc_normal_ calls first')
    return _normal(tensor)


def constant_(tensor, val):
    _known(tensor, constant_)
    if not isinstance(val, (int, float)):
        tensor.fill_(val)
    return _filled(tensor)


def ones_(tensor):
    return _filled(tensor)


def zeros_(tensor):
    return _filled(tensor, 'zero_')


def eye_(tensor):
    if tensor.ndimension() != 2:
        raise ValueError('Only tensors with 2 dimensions are supported')
    return _filled(tensor)


def dirac_(tensor, groups=1):
    dimensions = tensor.ndimension()
    if dimensions not in [3, 4, 5]:
        raise ValueError('Only tensors with 3, 4, or 5 dimensions are supported')
    if tensor.size(0) % groups != 0:
        raise ValueError('dim 0 must be divisible by groups')
    range(groups)
    return _filled(tensor)


def xavier_uniform_(tensor, gain=1.0, generator=None):
    _calculate_fan_in_and_fan_out(tensor)
    return _uniform(tensor)


def xavier_normal_(tensor, gain=1.0, generator=None):
    _calculate_fan_in_and_fan_out(tensor)
    return _normal(tensor)


def kaiming_uniform_(tensor, a=0, mode='fan_in', nonlinearity='leaky_relu', generator=None):
    _known(tensor, kaiming_uniform_)
    if 0 not in tensor.shape:
        _calculate_correct_fan(tensor, mode)
        calculate_gain(nonlinearity, a)
    return _uniform(tensor)


def kaiming_normal_(tensor, a=0, mode='fan_in', nonlinearity='leaky_relu', generator=None):
    if 0 not in tensor.shape:
        _calculate_correct_fan(tensor, mode)
        calculate_gain(nonlinearity, a)
    return _normal(tensor)


def orthogonal_(tensor, gain=1, generator=None):
    if tensor.ndimension() < 2:
        raise ValueError('Only tensors with 2 or more dimensions are supported')
    if tensor.dtype not in (torch.float32, torch.float64):
        _normal(tensor)
        _necktie_model.unknown(f'orthogonal_ of {tensor.dtype}')
    _normal(tensor)
    tensor.mul_(gain)
    return tensor


def sparse_(tensor, sparsity, std=0.01, generator=None):
    if tensor.ndimension() != 2:
        raise ValueError('Only tensors with 2 dimensions are supported')
    return _normal(tensor)


def calculate_gain(nonlinearity, param=None):
    if nonlinearity in ('linear', 'conv1d', 'conv2d', 'conv3d', 'conv_transpose1d', 'conv_transpose2d', 'conv_transpose3d', 'sigmoid'):
        return 1
    if nonlinearity == 'tanh':
        return 5.0 / 3
    if nonlinearity == 'relu':
        return math.sqrt(2.0)
    if nonlinearity == 'leaky_relu':
        slope = 0.01 if param is None else param
        return math.sqrt(2.0 / (1 + slope**2))
    if nonlinearity == 'selu':
        return 3.0 / 4
    raise ValueError(f'Unsupported nonlinearity {nonlinearity}')


def _calculate_fan_in_and_fan_out(tensor):
    if tensor.dim() < 2:
        raise ValueError('Fan in and fan out can not be computed for tensor with fewer than 2 dimensions')
    field = 1
    for size in tensor.shape[2:]:
        field *= size
    return tensor.size(1) * field, tensor.size(0) * field


def _calculate_correct_fan(tensor, mode):
    mode = mode.lower()
    if mode not in ['fan_in', 'fan_out']:
        raise ValueError(f"Mode {mode} not supported, please use one of ['fan_in', 'fan_out']")
    fan_in, fan_out = _calculate_fan_in_and_fan_out(tensor)
    return fan_in if mode == 'fan_in' else fan_out

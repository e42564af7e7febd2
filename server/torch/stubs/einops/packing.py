"""Tensors of different dimensions in one, along an axis that `*` names, and back."""
import torch

from einops import EinopsError
from einops.einops import _product, _tensor
from einops.parsing import ParsedExpression


def analyze_pattern(pattern, opname):
    """How many axes stand before `*`, after it, and both."""
    axes = pattern.split()
    if len(axes) != len(set(axes)):
        raise EinopsError(f'Duplicates in axes names in {opname}(..., "{pattern}")')
    if '*' not in axes:
        raise EinopsError(f'No *-axis in {opname}(..., "{pattern}")')
    for axis in axes:
        if axis != '*' and not ParsedExpression.check_axis_name(axis):
            raise EinopsError(f'Invalid axis name {axis} in {opname}(..., "{pattern}")')
    before = axes.index('*')
    return before, len(axes) - before - 1, len(axes) - 1


def pack(tensors, pattern):
    before, after, least = analyze_pattern(pattern, 'pack')
    _tensor(tensors[0])
    reshaped, packed_shapes = [], []
    for i, tensor in enumerate(tensors):
        shape = tensor.shape
        if len(shape) < least:
            raise EinopsError(
                f'packed tensor #{i} (enumeration starts with 0) has shape {shape}, while pattern {pattern} assumes at least {least} axes')
        end = len(shape) - after
        packed_shapes.append(shape[before:end])
        reshaped.append(tensor.reshape((*shape[:before], -1, *shape[end:])))
    return torch.cat(reshaped, dim=before), packed_shapes


def unpack(tensor, packed_shapes, pattern):
    before, after, _ = analyze_pattern(pattern, opname='unpack')
    shape = _tensor(tensor).shape
    if len(shape) != before + 1 + after:
        raise EinopsError(f'unpack(..., {pattern}) received input of wrong dim with shape {shape}')
    lengths = [-1 if -1 in packed else _product(packed) for packed in packed_shapes]
    if lengths.count(-1) > 1:
        raise EinopsError(f"unpack(..., {pattern}) received more than one -1 in {packed_shapes} and can't infer dimensions")
    ends = [0] * len(packed_shapes) + [shape[before]]
    free = lengths.index(-1) if -1 in lengths else len(lengths) - 1
    for i in range(free):
        ends[i + 1] = ends[i] + lengths[i]
    for i in range(free + 1, len(lengths))[::-1]:
        ends[i] = ends[i + 1] - lengths[i]
    try:
        return [
            tensor[(*(slice(None),) * before, slice(ends[i], ends[i + 1]))].reshape((*shape[:before], *packed, *shape[before + 1:]))
            for i, packed in enumerate(packed_shapes)
        ]
    except Exception as e:
        raise EinopsError(
            f'Error during unpack(..., "{pattern}"): could not split axis of size {ends[-1]} into requested {packed_shapes}') from e

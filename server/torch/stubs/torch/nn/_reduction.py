"""How losses are reduced, by number and by name."""
import warnings

_NUMBERS = {'none': 0, 'mean': 1, 'elementwise_mean': 1, 'sum': 2}


def get_enum(reduction):
    if reduction == 'elementwise_mean':
        warnings.warn("reduction='elementwise_mean' is deprecated. Please use reduction='mean' instead.", stacklevel=2)
    for name, number in _NUMBERS.items():
        if reduction == name:
            return number
    raise ValueError(f'{reduction} is not a valid value for reduction')


def legacy_get_string(size_average, reduce, emit_warning=True):
    is_mean = size_average is None or size_average
    is_reduced = reduce is None or reduce
    reduction = 'none' if not is_reduced else 'mean' if is_mean else 'sum'
    if emit_warning:
        warnings.warn(f"size_average and reduce args will be deprecated, please use reduction='{reduction}' instead.", stacklevel=2)
    return reduction


def legacy_get_enum(size_average, reduce, emit_warning=True):
    return get_enum(legacy_get_string(size_average, reduce, emit_warning))

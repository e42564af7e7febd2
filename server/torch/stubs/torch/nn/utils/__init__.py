"""torch.nn.utils, as far as building and looking at a model goes."""
import torch


def clip_grad_norm_(parameters, max_norm, norm_type=2.0, error_if_nonfinite=False, foreach=None):
    return torch.tensor(0.0)


def clip_grad_value_(parameters, clip_value, foreach=None):
    pass


"""torch.nn.utils, as far as building and looking at a model goes."""
import torch

# Functions of modules that are torch's own where it is installed; two by the names of theirs.
from .fusion import fuse_conv_bn_eval, fuse_conv_bn_weights, fuse_linear_bn_eval, fuse_linear_bn_weights
from .spectral_norm import remove_spectral_norm, spectral_norm
from .weight_norm import remove_weight_norm, weight_norm


def clip_grad_norm_(parameters, max_norm, norm_type=2.0, error_if_nonfinite=False, foreach=None):
    return torch.tensor(0.0)


def clip_grad_value_(parameters, clip_value, foreach=None):
    pass


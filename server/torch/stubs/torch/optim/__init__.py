"""Optimizers can be named and derived from; no model needs one."""
import _necktie_model


class Optimizer:
    def __init__(self, *args, **kwargs):
        _necktie_model.unknown(f'torch.optim.{type(self).__name__}')


class SGD(Optimizer):
    pass


class Adam(Optimizer):
    pass


class AdamW(Optimizer):
    pass

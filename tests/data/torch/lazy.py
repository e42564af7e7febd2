"""Layers that get their sizes from the first input, and the parameters that wait for it."""
import copy
import re

import torch
import torch.nn as nn
import torch.nn.functional as F


def refused(function):
    """What is raised, without an address."""
    try:
        return function()
    except Exception as e:
        return type(e).__name__, re.sub(r' at 0x\w+', '', str(e))


def told(module):
    """Class, attributes that a first input sets, and the state."""
    sizes = [(name, getattr(module, name)) for name in ('in_channels', 'in_features', 'num_features', 'out_channels', 'out_features') if hasattr(module, name)]
    state = [(name, type(value).__name__ if nn.parameter.is_lazy(value) else tuple(value.shape)) for name, value in module.state_dict().items()]
    return type(module).__name__, sizes, state


def first(make, *size):
    """Before, what comes out, and after."""
    module = make()
    before = told(module)
    return before, module(torch.zeros(*size)), told(module)


def count(module):
    return sum(p.numel() for p in module.parameters())


class Net(nn.Module):
    def __init__(self, classes=10):
        super().__init__()
        self.body = nn.Sequential(nn.LazyConv2d(8, 3, padding=1), nn.LazyBatchNorm2d(), nn.ReLU(), nn.LazyConv2d(16, 3, stride=2))
        self.levels = nn.ModuleList([nn.LazyConv2d(4, 1) for _ in range(2)])
        self.fc = nn.LazyLinear(classes)

    def forward(self, x):
        x = self.body(x)
        return self.fc(torch.cat([level(x) for level in self.levels], 1).flatten(1))


class Ready(Net):
    def __init__(self):
        super().__init__()
        with torch.no_grad():
            self(torch.zeros(1, 3, 16, 16))


def after(module, *size):
    module(torch.zeros(*size))
    return module


def raw():
    return nn.LazyLinear(4).weight


# ---------------------------------------------------------------- layers
t('Conv1d', lambda: first(lambda: nn.LazyConv1d(8, 3), 2, 5, 20))
t('Conv2d', lambda: first(lambda: nn.LazyConv2d(8, 3, 2, 1), 2, 5, 20, 20))
t('Conv2d by name', lambda: first(lambda: nn.LazyConv2d(out_channels=8, kernel_size=(3, 1), padding='same', bias=False), 2, 5, 20, 20))
t('Conv2d groups', lambda: first(lambda: nn.LazyConv2d(8, 3, groups=4), 2, 12, 20, 20))
t('Conv2d groups channels', lambda: first(lambda: nn.LazyConv2d(8, 3, groups=4), 2, 6, 20, 20))
t('Conv2d groups out', lambda: first(lambda: nn.LazyConv2d(6, 3, groups=4), 2, 8, 20, 20))
t('Conv2d unbatched', lambda: first(lambda: nn.LazyConv2d(8, 3), 5, 20, 20))
t('Conv2d flat', lambda: first(lambda: nn.LazyConv2d(8, 3), 5, 20))
t('Conv2d 5D', lambda: first(lambda: nn.LazyConv2d(8, 3), 1, 5, 20, 20, 20))
t('Conv2d circular', lambda: first(lambda: nn.LazyConv2d(8, 3, padding=1, padding_mode='circular'), 1, 5, 20, 20))
t('Conv2d small', lambda: first(lambda: nn.LazyConv2d(8, 5), 1, 3, 4, 4))
t('Conv2d mode', lambda: refused(lambda: nn.LazyConv2d(8, 3, padding_mode='wrap'))[0])
t('Conv2d no kernel', lambda: nn.LazyConv2d(8))
t('Conv2d in_channels', lambda: nn.LazyConv2d(8, 3, in_channels=3))
t('Conv2d same strided', lambda: nn.LazyConv2d(8, 3, stride=2, padding='same'))
t('Conv2d double', lambda: after(nn.LazyConv2d(8, 3).double(), 1, 3, 8, 8))
t('Conv2d double input', lambda: nn.LazyConv2d(8, 3).double()(torch.zeros(1, 3, 8, 8, dtype=torch.float64)))
t('Conv3d', lambda: first(lambda: nn.LazyConv3d(8, 3), 1, 5, 8, 8, 8))
t('ConvTranspose1d', lambda: first(lambda: nn.LazyConvTranspose1d(8, 3, 2), 1, 5, 8))
t('ConvTranspose2d', lambda: first(lambda: nn.LazyConvTranspose2d(8, 4, 2, 1), 1, 5, 8, 8))
t('ConvTranspose2d groups', lambda: first(lambda: nn.LazyConvTranspose2d(8, 4, 2, 1, groups=2, output_padding=1), 1, 6, 8, 8))
t('ConvTranspose3d', lambda: first(lambda: nn.LazyConvTranspose3d(4, 2, 2, bias=False), 1, 5, 4, 4, 4))
t('ConvTranspose2d output_size', lambda: nn.LazyConvTranspose2d(8, 3, 2, 1)(torch.zeros(1, 5, 8, 8), output_size=[16, 16]))
t('ConvTranspose2d output_size wrong', lambda: nn.LazyConvTranspose2d(8, 3, 2, 1)(torch.zeros(1, 5, 8, 8), output_size=[18, 16]))
t('Linear', lambda: first(lambda: nn.LazyLinear(10), 2, 7))
t('Linear 4D', lambda: first(lambda: nn.LazyLinear(10, bias=False), 2, 3, 4, 7))
t('Linear vector', lambda: first(lambda: nn.LazyLinear(10), 7))
t('Linear two', lambda: nn.LazyLinear(10, 20) is None)
t('Linear in_features', lambda: nn.LazyLinear(in_features=3, out_features=10))
t('BatchNorm1d', lambda: first(nn.LazyBatchNorm1d, 2, 7))
t('BatchNorm1d 3D', lambda: first(nn.LazyBatchNorm1d, 2, 7, 5))
t('BatchNorm2d', lambda: first(nn.LazyBatchNorm2d, 2, 7, 5, 5))
t('BatchNorm2d plain', lambda: first(lambda: nn.LazyBatchNorm2d(affine=False), 2, 7, 5, 5))
t('BatchNorm2d no stats', lambda: first(lambda: nn.LazyBatchNorm2d(1e-3, 0.01, True, False), 2, 7, 5, 5))
t('BatchNorm2d nothing', lambda: first(lambda: nn.LazyBatchNorm2d(affine=False, track_running_stats=False), 2, 7, 5, 5))
t('BatchNorm2d 3D', lambda: first(nn.LazyBatchNorm2d, 2, 7, 5))
t('BatchNorm2d 1D', lambda: first(nn.LazyBatchNorm2d, 2))
t('BatchNorm2d features', lambda: nn.LazyBatchNorm2d(num_features=4))
t('BatchNorm3d', lambda: first(nn.LazyBatchNorm3d, 2, 7, 5, 5, 5))
t('InstanceNorm1d', lambda: first(nn.LazyInstanceNorm1d, 2, 7, 5))
t('InstanceNorm2d', lambda: first(nn.LazyInstanceNorm2d, 2, 7, 5, 5))
t('InstanceNorm2d plain', lambda: first(lambda: nn.LazyInstanceNorm2d(affine=False, track_running_stats=False), 2, 7, 5, 5))
t('InstanceNorm3d', lambda: first(nn.LazyInstanceNorm3d, 2, 7, 5, 5, 5))
t('InstanceNorm2d 3D', lambda: first(nn.LazyInstanceNorm2d, 2, 7, 5))
t('BatchNorm no bias', lambda: (told(nn.BatchNorm2d(4, bias=False)), nn.BatchNorm2d(4, bias=False).eval()(torch.zeros(1, 4, 2, 2))))
t('InstanceNorm no bias', lambda: told(nn.InstanceNorm2d(4, affine=True, bias=False)))
t('GroupNorm no bias', lambda: (told(nn.GroupNorm(2, 4, bias=False)), nn.GroupNorm(2, 4, bias=False)(torch.zeros(1, 4, 2, 2))))
t('BatchNorm bias by place', lambda: nn.BatchNorm2d(4, 1e-5, 0.1, True, True, None, None, False))

# ---------------------------------------------------------------- networks
t('Net', lambda: after(Net(), 1, 3, 16, 16)(torch.zeros(2, 3, 16, 16)))
t('Net count before', lambda: refused(lambda: count(Net())))
t('Net count after', lambda: count(after(Net(), 1, 3, 16, 16)))
t('Net count ready', lambda: (count(Ready()), sum(b.numel() for b in Ready().buffers())))
t('Net classes', lambda: ([type(m).__name__ for m in Net().modules()], [type(m).__name__ for m in Ready().modules()]))
t('Net state', lambda: told(Ready()))
t('Net again', lambda: Ready()(torch.zeros(1, 4, 16, 16)))
t('Net other size', lambda: Ready()(torch.zeros(1, 3, 32, 32)))
t('Conv2d again', lambda: after(nn.LazyConv2d(8, 3), 1, 3, 8, 8)(torch.zeros(1, 4, 8, 8)))
t('Linear again', lambda: after(nn.LazyLinear(8), 1, 3)(torch.zeros(1, 4)))
t('BatchNorm again', lambda: after(nn.LazyBatchNorm2d(), 2, 3, 8, 8)(torch.zeros(2, 4, 8, 8)))
t('shared', lambda: (lambda layer: after(nn.Sequential(layer, nn.ReLU(), layer), 1, 8, 5, 5)(torch.zeros(1, 8, 5, 5)))(nn.LazyConv2d(8, 1)))
t('shared other', lambda: (lambda layer: nn.Sequential(layer, nn.ReLU(), layer)(torch.zeros(1, 3, 5, 5)))(nn.LazyConv2d(8, 1)))
t('isinstance', lambda: [isinstance(m, nn.Conv2d) for m in (nn.LazyConv2d(4, 3), after(nn.LazyConv2d(4, 3), 1, 3, 8, 8))])
t('isinstance lazy', lambda: [isinstance(m, nn.LazyConv2d) for m in (nn.LazyConv2d(4, 3), after(nn.LazyConv2d(4, 3), 1, 3, 8, 8))])
t('hooks', lambda: (lambda m: (len(m._forward_pre_hooks), hasattr(m, '_initialize_hook'), len(after(m, 1, 3)._forward_pre_hooks), hasattr(m, '_initialize_hook'), hasattr(m, '_load_hook')))(nn.LazyLinear(4)))
t('has_uninitialized_params', lambda: (nn.LazyConv2d(4, 3).has_uninitialized_params(), hasattr(after(nn.LazyConv2d(4, 3), 1, 3, 8, 8), 'has_uninitialized_params')))
t('initialize_parameters', lambda: (lambda m: (m.initialize_parameters(torch.zeros(1, 3)), told(m)))(nn.LazyLinear(4)))
t('forward', lambda: refused(lambda: nn.LazyLinear(4).forward(torch.zeros(1, 3))))
t('forward by name', lambda: after(nn.LazyLinear(4), 1, 3)(input=torch.zeros(1, 3)))
t('first by name', lambda: nn.LazyLinear(4)(input=torch.zeros(1, 3)))
t('no input', lambda: nn.LazyLinear(4)())
t('deepcopy', lambda: told(copy.deepcopy(nn.LazyConv2d(4, 3))))
t('deepcopy runs', lambda: (lambda m: (told(after(copy.deepcopy(m), 1, 3, 8, 8)), told(m)))(nn.LazyConv2d(4, 3)))
t('deepcopy norm', lambda: refused(lambda: copy.deepcopy(nn.LazyBatchNorm2d())))
t('deepcopy ready', lambda: told(copy.deepcopy(Ready())) == told(Ready()))
t('half', lambda: (lambda m: (m.weight.dtype, m.bias.dtype, type(m.weight).__name__))(nn.LazyConv2d(4, 3).half()))
t('half norm', lambda: [(n, v.dtype, type(v).__name__) for n, v in nn.LazyBatchNorm2d().half().state_dict().items()])
t('to', lambda: (lambda m: (m.weight.dtype, after(m.float(), 1, 3).weight.dtype))(nn.LazyLinear(4).to(torch.float64)))
t('dtype', lambda: (lambda m: (m.weight.dtype, m(torch.zeros(1, 3, dtype=torch.float64)), m.weight.dtype))(nn.LazyLinear(4, dtype=torch.float64)))
t('requires_grad_', lambda: refused(lambda: Net().requires_grad_(False)))
t('requires_grad', lambda: [p.requires_grad for p in nn.LazyLinear(4).parameters()])
t('frozen', lambda: (lambda m: ([setattr(p, 'requires_grad', False) for p in m.parameters()], [p.requires_grad for p in after(m, 1, 3).parameters()]))(nn.LazyLinear(4)))
t('share_memory', lambda: refused(lambda: Net().share_memory()))
t('train', lambda: type(Net().train().eval()).__name__)
t('apply', lambda: refused(lambda: Net().apply(lambda m: nn.init.kaiming_normal_(m.weight) if isinstance(m, nn.Conv2d) else None)))
t('load', lambda: (lambda m: (m.load_state_dict(Ready().state_dict()) is None, told(m), told(after(m, 1, 3, 16, 16)) == told(Ready())))(Net()))
t('load linear', lambda: (lambda m: (m.load_state_dict(nn.Linear(3, 4).state_dict()) is None, told(m), m(torch.zeros(2, 3)), told(m)))(nn.LazyLinear(4)))
t('load linear other', lambda: (lambda m: (m.load_state_dict(nn.Linear(3, 4).state_dict()) is None, m(torch.zeros(2, 5))))(nn.LazyLinear(4)))
t('dict', lambda: nn.ModuleDict({'a': nn.LazyLinear(3)})['a'](torch.zeros(1, 5)))
t('reset', lambda: nn.LazyConv2d(4, 3).reset_parameters())
t('replaced', lambda: (lambda m: (setattr(m, 'weight', nn.Parameter(torch.zeros(4, 3))), m(torch.zeros(1, 3)))[0])(nn.LazyLinear(4, bias=False)))


# ---------------------------------------------------------------- classes of one's own
class Scale(nn.modules.lazy.LazyModuleMixin, nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.UninitializedParameter()
        self.register_buffer('seen', nn.UninitializedBuffer())

    def initialize_parameters(self, x):
        if self.has_uninitialized_params():
            self.weight.materialize((1, x.shape[1], 1, 1))
            self.seen.materialize(x.shape[1:])

    def forward(self, x):
        return x * self.weight


class Half(Scale):
    def initialize_parameters(self, x):
        self.weight.materialize((1, x.shape[1], 1, 1))


class Bare(nn.modules.lazy.LazyModuleMixin, nn.Module):
    def forward(self, x):
        return x


class Wide(nn.LazyLinear):
    def forward(self, input):
        return super().forward(input) * 2


t('own', lambda: first(Scale, 2, 3, 4, 4))
t('own half', lambda: first(Half, 2, 3, 4, 4))
t('own bare', lambda: first(Bare, 2, 3, 4, 4))
t('own subclass', lambda: first(lambda: Wide(4), 2, 3))

# ---------------------------------------------------------------- parameters
for name in ('numel', 'nelement', 'dim', 'ndimension', 'detach', 'clone', 'mean', 'sum', 'zero_', 'fill_', 'requires_grad_', 'contiguous', 'item', 'tolist', 't', 'abs', 'flatten', 'type', 'stride', 'element_size', 'is_contiguous', 'norm', 'unique'):
    t(f'weight.{name}', lambda: refused(lambda: getattr(raw(), name)(*[0.0] * (name == 'fill_'))))
for name in ('shape', 'dtype', 'ndim', 'device', 'grad', 'requires_grad', 'is_leaf', 'itemsize', 'nbytes', 'is_cuda', 'layout', 'data'):
    t(f'weight.{name}', lambda: refused(lambda: getattr(raw(), name)))
t('size', lambda: (raw().size(), raw().size(0), raw().is_floating_point(), raw().is_complex()))
t('data.mean', lambda: (raw().data.mean(), type(raw().data).__name__))
t('repr', lambda: (repr(raw()), str(raw()), repr(nn.UninitializedBuffer())))
t('kinds', lambda: [isinstance(raw(), c) for c in (torch.Tensor, nn.Parameter, nn.UninitializedParameter, nn.parameter.UninitializedTensorMixin, nn.UninitializedBuffer)])
t('kinds of a buffer', lambda: [isinstance(nn.UninitializedBuffer(), c) for c in (torch.Tensor, nn.Parameter, nn.parameter.UninitializedTensorMixin)])
t('is_lazy', lambda: [nn.parameter.is_lazy(v) for v in (raw(), nn.UninitializedBuffer(), nn.Parameter(torch.zeros(1)), None)])
t('made', lambda: (nn.UninitializedParameter(requires_grad=False).requires_grad, nn.UninitializedParameter(dtype=torch.float16).dtype, nn.UninitializedBuffer().requires_grad))
t('materialize', lambda: (lambda p: (p.materialize((2, 3)), type(p).__name__, p, p.requires_grad, p.numel()))(raw()))
t('materialize half', lambda: (lambda p: (p.materialize((5,), dtype=torch.float16), p))(raw()))
t('materialize buffer', lambda: (lambda p: (p.materialize((5,)), type(p).__name__, p))(nn.UninitializedBuffer(dtype=torch.float64)))
t('materialize twice', lambda: (lambda p: (p.materialize((5,)), p.materialize((5,))))(raw()))
t('same object', lambda: (lambda m: (lambda p: after(m, 1, 3).weight is p)(m.weight))(nn.LazyLinear(4)))
t('in a list', lambda: (lambda p: p in [p])(raw()))
t('deepcopy parameter', lambda: (lambda p: (copy.deepcopy(p) is p, type(copy.deepcopy(p)).__name__, copy.deepcopy(p).dtype))(raw()))
for name in ('normal_', 'uniform_', 'zeros_', 'ones_', 'xavier_uniform_', 'xavier_normal_', 'kaiming_uniform_', 'kaiming_normal_', 'orthogonal_', 'eye_', 'dirac_', 'trunc_normal_'):
    t(f'init.{name}', lambda: refused(lambda: getattr(nn.init, name)(raw())))
t('init.constant_', lambda: refused(lambda: nn.init.constant_(raw(), 0)))
t('weight_norm', lambda: nn.utils.weight_norm(nn.LazyConv2d(4, 3)))
t('clip_grad_norm_', lambda: nn.utils.clip_grad_norm_(nn.LazyConv2d(4, 3).parameters(), 1.0))
t('optimizer', lambda: type(torch.optim.SGD(nn.LazyConv2d(4, 3).parameters(), lr=0.1)).__name__)

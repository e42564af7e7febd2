"""Blocks of torchvision, as users put them into networks of their own."""
import torch
import torch.nn as nn
from torchvision.ops import misc
from torchvision.ops.misc import Conv2dNormActivation, Conv3dNormActivation, ConvNormActivation, FrozenBatchNorm2d, MLP, Permute, SqueezeExcitation

x = torch.zeros(2, 16, 8, 8)


def state(module):
    return [(name, tuple(value.shape)) for name, value in module.state_dict().items()]


for n, (args, named) in enumerate([
    ((16, 32), {}), ((16, 32, 1), {}), ((16, 32, 5, 2), {}), ((16, 32), dict(dilation=2)), ((16, 32, (3, 5)), {}), ((16, 32, 3), dict(dilation=(1, 2))),
    ((16, 32), dict(norm_layer=None)), ((16, 32), dict(activation_layer=None)), ((16, 32), dict(norm_layer=None, bias=False)), ((16, 32), dict(groups=16)),
    ((16, 32), dict(groups=3)), ((16, 32), dict(activation_layer=nn.Sigmoid)), ((16, 32), dict(activation_layer=nn.Sigmoid, inplace=None)),
    ((16, 32), dict(padding='same')), ((8, 32), {}), ((16,), {}), ((16, 32), dict(norm=None)), ((16, 32, None), {}), ((16, 32.0), {}), ((16, 32, (3,)), {}),
]):
    t(f'conv {n} state', lambda: state(Conv2dNormActivation(*args, **named)))
    t(f'conv {n}', lambda: Conv2dNormActivation(*args, **named)(x))
t('conv layer', lambda: ConvNormActivation(16, 32, conv_layer=nn.ConvTranspose2d)(x))
t('conv 3d', lambda: Conv3dNormActivation(16, 32)(torch.zeros(1, 16, 4, 8, 8)))
t('conv 3d of 2d', lambda: Conv3dNormActivation(16, 32)(torch.zeros(4, 16, 8, 8)))
t('conv out_channels', lambda: Conv2dNormActivation(16, 32).out_channels)
t('squeeze', lambda: SqueezeExcitation(16, 4)(x))
t('squeeze state', lambda: state(SqueezeExcitation(16, 4, activation=nn.SiLU, scale_activation=nn.Hardsigmoid)))
t('squeeze other channels', lambda: SqueezeExcitation(8, 4)(x))
t('squeeze without width', lambda: SqueezeExcitation(16))
t('mlp', lambda: MLP(16, [32, 8])(torch.zeros(2, 5, 16)))
t('mlp state', lambda: state(MLP(16, [32, 24, 8], norm_layer=nn.LayerNorm, activation_layer=nn.GELU, inplace=None)))
t('mlp in place', lambda: state(MLP(16, [32, 8], activation_layer=nn.GELU, inplace=True)))
t('mlp nothing', lambda: MLP(16, []))
t('mlp other width', lambda: MLP(16, [32, 8])(torch.zeros(2, 5, 8)))
t('permute', lambda: Permute([0, 2, 3, 1])(x))
t('permute short', lambda: Permute([0, 2, 1])(x))
t('frozen', lambda: FrozenBatchNorm2d(16)(x))
t('frozen other', lambda: FrozenBatchNorm2d(8)(x))
t('no such', lambda: misc.NoSuchBlock)

from torchvision.ops import DeformConv2d, StochasticDepth, deform_conv2d, stochastic_depth

offsets = torch.zeros(2, 18, 8, 8)
t('deformable', lambda: DeformConv2d(16, 32, 3, padding=1)(x, offsets))
t('deformable state', lambda: state(DeformConv2d(16, 32, (3, 1), groups=4, bias=False)))
t('deformable masked', lambda: DeformConv2d(16, 32, 3, padding=1, groups=2)(x, torch.zeros(2, 36, 8, 8), torch.zeros(2, 18, 8, 8)))
t('deformable few offsets', lambda: DeformConv2d(16, 32, 3, padding=1)(x, torch.zeros(2, 9, 8, 8)))
t('deformable groups', lambda: DeformConv2d(16, 32, 3, groups=3))
t('deformable out groups', lambda: DeformConv2d(16, 34, 3, groups=4))
t('deformable without offsets', lambda: DeformConv2d(16, 32, 3)(x))
t('deformable three sizes', lambda: DeformConv2d(16, 32, 3)(x[0], offsets))
t('deformable function', lambda: deform_conv2d(x, torch.zeros(2, 18, 4, 4), torch.zeros(4, 16, 3, 3), stride=2, padding=1))
t('depth', lambda: StochasticDepth(0.2, 'row').eval()(x))
t('depth in training', lambda: StochasticDepth(0.2, 'batch')(x))
t('depth all', lambda: stochastic_depth(x, 1.0, 'row'))
t('depth mode', lambda: StochasticDepth(0.2, 'rows')(x))
t('depth chance', lambda: StochasticDepth(1.2, 'row')(x))
t('depth without mode', lambda: StochasticDepth(0.2))
t('depth written', lambda: repr(StochasticDepth(0.2, 'row')))

"""torchvision.ops."""
from .deform_conv import DeformConv2d, deform_conv2d
from .misc import MLP, Conv2dNormActivation, Conv3dNormActivation, FrozenBatchNorm2d, Permute, SqueezeExcitation
from .stochastic_depth import StochasticDepth, stochastic_depth

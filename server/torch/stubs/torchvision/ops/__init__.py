"""torchvision.ops."""
from .misc import FrozenBatchNorm2d

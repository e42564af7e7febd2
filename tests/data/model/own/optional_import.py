import torch
import torch.nn as nn
from mmcls.registry import MODELS
try:
    import mamba_ssm_that_nobody_has
    HAS = True
except ImportError:
    HAS = False


@MODELS.register_module()
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8 if HAS else 16, 4, 4)

    def forward(self, x):
        return (self.conv(x),)

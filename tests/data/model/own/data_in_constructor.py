import torch
import torch.nn as nn
from mmcls.registry import MODELS
import numpy as np


@MODELS.register_module()
class Net(nn.Module):
    def __init__(self, table='table_that_is_elsewhere.npy'):
        super().__init__()
        self.table = np.load(table)
        self.conv = nn.Conv2d(3, self.table.shape[0], 4, 4)

    def forward(self, x):
        return (self.conv(x),)

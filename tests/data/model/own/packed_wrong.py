import torch
import torch.nn as nn
from mmcls.registry import MODELS
from torch.nn.utils.rnn import pack_padded_sequence


@MODELS.register_module()
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2d(3, 16, 16, 16)
        self.rows = nn.GRU(14, 8, batch_first=True)

    def forward(self, x):
        x = self.stem(x).mean(2).transpose(1, 2)
        out, last = self.rows(pack_padded_sequence(x, [x.size(1)], batch_first=True))
        return (last,)

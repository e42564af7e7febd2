import torch
import torch.nn as nn
from mmcls.registry import MODELS
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence


@MODELS.register_module()
class Net(nn.Module):
    """Rows of a map as sequences, of which those further down are shorter."""

    def __init__(self, width=16, hidden=12):
        super().__init__()
        self.stem = nn.Conv2d(3, width, 16, 16)
        self.rows = nn.LSTM(width, hidden, num_layers=2, batch_first=True, bidirectional=True)
        self.memory = nn.GRU(2 * hidden, 8, batch_first=True)
        self.head = nn.Conv2d(2 * hidden + 8, 32, 1)

    def forward(self, x):
        x = self.stem(x)
        b, c, h, w = x.shape
        lengths = torch.tensor([max(1, w - (i * 5) % w) for i in range(h)]).repeat(b)
        packed = pack_padded_sequence(x.permute(0, 2, 3, 1).reshape(b * h, w, c), lengths, batch_first=True, enforce_sorted=False)
        packed, (state, _) = self.rows(packed)
        assert state.shape == (4, b * h, 12)
        second, last = self.memory(packed)
        first, found = pad_packed_sequence(packed, batch_first=True, total_length=w)
        second, _ = pad_packed_sequence(second, batch_first=True, total_length=w)
        rows = torch.cat([first, second], -1).reshape(b, h, w, -1).permute(0, 3, 1, 2)
        return (self.head(rows),)

"""Sequences of different lengths, packed and padded, and recurrent layers that take them."""
import torch
import torch.nn as nn
from torch.nn.utils import rnn
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence, pack_sequence, pad_packed_sequence, pad_sequence, unpack_sequence, unpad_sequence

Z = torch.zeros


def known(values):
    return None if values is None else values.tolist()


def told(packed):
    return type(packed).__name__, packed.data, known(packed.batch_sizes), known(packed.sorted_indices), known(packed.unsorted_indices)


def through(layer, packed, hx=None, **kwargs):
    """What comes out, the states, and the same padded."""
    out, state = layer(packed, hx)
    padded, lengths = pad_packed_sequence(out, **kwargs)
    return told(out), state, padded, lengths.tolist()


def packed():
    return pack_padded_sequence(Z(5, 3, 2), [5, 3, 1])


def mixed():
    return pack_padded_sequence(Z(5, 3, 2), [3, 5, 1], enforce_sorted=False)


class Reader(nn.Module):
    def __init__(self, words=50, width=16, hidden=8, layers=1):
        super().__init__()
        self.embed = nn.Embedding(words, width, padding_idx=0)
        self.lstm = nn.LSTM(width, hidden, layers, batch_first=True, bidirectional=True)
        self.fc = nn.Linear(2 * hidden, 3)

    def forward(self, tokens, lengths):
        x = pack_padded_sequence(self.embed(tokens), lengths, batch_first=True, enforce_sorted=False)
        out, (h, c) = self.lstm(x)
        out, lengths = pad_packed_sequence(out, batch_first=True, total_length=tokens.size(1))
        return self.fc(out), self.fc(torch.cat([h[-2], h[-1]], dim=1)), lengths.tolist()


# ---------------------------------------------------------------- packing
t('pack', lambda: told(packed()))
t('pack batch_first', lambda: told(pack_padded_sequence(Z(3, 5, 2), [5, 3, 1], batch_first=True)))
t('pack tensor', lambda: told(pack_padded_sequence(Z(5, 3, 2), torch.tensor([5, 3, 1]))))
t('pack tuple', lambda: told(pack_padded_sequence(Z(5, 3, 2), (5, 3, 1))))
t('pack floats', lambda: told(pack_padded_sequence(Z(5, 3, 2), torch.tensor([5.0, 3.0, 1.0]))))
t('pack int32', lambda: told(pack_padded_sequence(Z(5, 3, 2), torch.tensor([5, 3, 1], dtype=torch.int32))))
t('pack short', lambda: told(pack_padded_sequence(Z(5, 3, 2), [4, 3, 1])))
t('pack equal', lambda: told(pack_padded_sequence(Z(5, 3, 2), [5, 5, 5])))
t('pack 2D', lambda: told(pack_padded_sequence(Z(5, 2), [4, 1])))
t('pack 4D', lambda: told(pack_padded_sequence(Z(5, 2, 3, 4), [4, 1])))
t('pack labels', lambda: told(pack_padded_sequence(torch.ones(3, 5, dtype=torch.long), [5, 3, 1], True)))
t('pack unsorted', lambda: pack_padded_sequence(Z(5, 3, 2), [3, 5, 1]))
t('pack unsorted right', lambda: told(mixed()))
t('pack unsorted batch_first', lambda: told(pack_padded_sequence(Z(4, 6, 2), [2, 6, 3, 1], True, False)))
t('pack ties', lambda: pack_padded_sequence(Z(5, 6, 2), [3, 5, 3, 5, 1, 3], enforce_sorted=False)[:2])
t('pack zero', lambda: pack_padded_sequence(Z(5, 3, 2), [5, 3, 0]))
t('pack zero unsorted', lambda: pack_padded_sequence(Z(5, 3, 2), [5, 0, 3], enforce_sorted=False))
t('pack negative', lambda: pack_padded_sequence(Z(5, 3, 2), [5, 3, -1]))
t('pack few', lambda: pack_padded_sequence(Z(5, 3, 2), [5, 3]))
t('pack few batch_first', lambda: pack_padded_sequence(Z(5, 3, 2), [2, 2, 1], batch_first=True))
t('pack few unsorted', lambda: told(pack_padded_sequence(Z(5, 3, 2), [3, 5], enforce_sorted=False)))
t('pack many', lambda: pack_padded_sequence(Z(5, 3, 2), [5, 3, 2, 2]))
t('pack many unsorted', lambda: pack_padded_sequence(Z(5, 3, 2), [5, 3, 2, 2], enforce_sorted=False))
t('pack empty', lambda: pack_padded_sequence(Z(5, 0, 2), []))
t('pack number', lambda: pack_padded_sequence(Z(5, 3, 2), 5))
t('pack matrix', lambda: pack_padded_sequence(Z(5, 3, 2), torch.tensor([[5, 3, 1]])))
t('pack vector', lambda: pack_padded_sequence(Z(5), [4]))
t('pack None', lambda: pack_padded_sequence(Z(5, 3, 2), None))
t('pack list', lambda: pack_padded_sequence([1, 2], [1]))
t('pack nothing', lambda: pack_padded_sequence(Z(5, 3, 2)))
t('pack_sequence', lambda: told(pack_sequence([Z(4, 2), Z(3, 2)])))
t('pack_sequence unsorted', lambda: pack_sequence([Z(3, 2), Z(4, 2)]))
t('pack_sequence unsorted right', lambda: told(pack_sequence([Z(3, 2), Z(4, 2)], enforce_sorted=False)))
t('pack_sequence empty', lambda: pack_sequence([]))
t('pack_sequence widths', lambda: pack_sequence([Z(3, 2), Z(2, 3)]))

# ---------------------------------------------------------------- padding
t('pad', lambda: (lambda r: (r[0], r[1].tolist()))(pad_packed_sequence(packed())))
t('pad batch_first', lambda: (lambda r: (r[0], r[1].tolist()))(pad_packed_sequence(packed(), True)))
t('pad unsorted', lambda: (lambda r: (r[0], r[1].tolist()))(pad_packed_sequence(mixed(), batch_first=True, padding_value=-1)))
t('pad ties', lambda: pad_packed_sequence(pack_padded_sequence(Z(5, 6, 2), [3, 5, 3, 5, 1, 3], enforce_sorted=False)))
t('pad total', lambda: pad_packed_sequence(packed(), total_length=7))
t('pad total short', lambda: pad_packed_sequence(packed(), total_length=4))
t('pad labels', lambda: pad_packed_sequence(pack_padded_sequence(torch.ones(3, 5, dtype=torch.long), [5, 3, 1], True)))
t('pad tensor', lambda: pad_packed_sequence(Z(5, 3, 2)))
t('pad tuple', lambda: pad_packed_sequence((Z(3, 2), torch.tensor([1, 2]))))
t('unpack_sequence', lambda: (unpack_sequence(packed()), unpack_sequence(mixed())))
t('pad_sequence', lambda: (pad_sequence([Z(4, 2), Z(3, 2)]), pad_sequence([Z(4, 2), Z(3, 2)], batch_first=True)))
t('pad_sequence left', lambda: pad_sequence([Z(4), Z(3), Z(6)], True, -1.0, 'left'))
t('pad_sequence empty', lambda: pad_sequence([]))
t('pad_sequence tensor', lambda: pad_sequence(Z(3, 4, 2)))
t('pad_sequence number', lambda: pad_sequence(5))
t('pad_sequence side', lambda: pad_sequence([Z(4), Z(3)], padding_side='top'))
t('pad_sequence text', lambda: pad_sequence([Z(4), 'a']))

# ---------------------------------------------------------------- what is packed
t('fields', lambda: (packed()._fields, len(packed()), isinstance(packed(), tuple), isinstance(packed(), PackedSequence)))
t('parts', lambda: (lambda d, b, s, u: (d, b.tolist(), s, u))(*packed()))
t('data', lambda: packed().data * 2)
t('replace', lambda: told(packed()._replace(data=Z(9, 4))))
t('made', lambda: told(PackedSequence(Z(9, 4), packed().batch_sizes)))
t('made of two', lambda: told(PackedSequence((Z(9, 4), packed().batch_sizes))))
t('made of one', lambda: PackedSequence(Z(9, 4)))
t('made again', lambda: told(PackedSequence(nn.Linear(2, 6)(mixed().data), *mixed()[1:])))
t('to', lambda: (lambda p: (p.to('cpu') is p, p.float() is p, told(p.half()), p.is_cuda, p.cpu() is p))(packed()))
t('shape', lambda: packed().shape)
t('size', lambda: packed().size(0))
t('Linear', lambda: nn.Linear(2, 4)(packed()))
t('invert_permutation', lambda: (rnn.invert_permutation(torch.tensor([2, 0, 1])).tolist(), rnn.invert_permutation(None)))

# ---------------------------------------------------------------- recurrent layers
t('LSTM', lambda: through(nn.LSTM(2, 4), packed()))
t('LSTM batch_first', lambda: through(nn.LSTM(2, 4, batch_first=True), pack_padded_sequence(Z(3, 5, 2), [5, 3, 1], True), batch_first=True))
t('LSTM unsorted', lambda: through(nn.LSTM(2, 4), mixed()))
t('LSTM ties', lambda: nn.LSTM(2, 4)(pack_padded_sequence(Z(5, 4, 2), [2, 3, 2, 5], enforce_sorted=False))[1])
t('LSTM two ways', lambda: through(nn.LSTM(2, 4, 2, bidirectional=True, dropout=0.1), packed()))
t('LSTM proj', lambda: through(nn.LSTM(2, 4, proj_size=3), packed()))
t('LSTM state', lambda: through(nn.LSTM(2, 4), packed(), (Z(1, 3, 4), Z(1, 3, 4))))
t('LSTM state unsorted', lambda: through(nn.LSTM(2, 4), mixed(), (Z(1, 3, 4), Z(1, 3, 4))))
t('LSTM state batch', lambda: nn.LSTM(2, 4)(packed(), (Z(1, 3, 4), Z(1, 2, 4))))
t('LSTM width', lambda: nn.LSTM(3, 4)(packed()))
t('GRU', lambda: through(nn.GRU(2, 4), packed()))
t('GRU two ways', lambda: through(nn.GRU(2, 4, 3, bidirectional=True), mixed()))
t('GRU state', lambda: through(nn.GRU(2, 4), packed(), Z(1, 3, 4)))
t('GRU state batch', lambda: nn.GRU(2, 4)(packed(), Z(1, 2, 4)))
t('GRU state width', lambda: nn.GRU(2, 4)(packed(), Z(1, 3, 5)))
t('GRU width', lambda: nn.GRU(3, 4)(packed()))
t('GRU 4D', lambda: nn.GRU(2, 4)(pack_padded_sequence(Z(5, 3, 2, 2), [5, 3, 1])))
t('GRU 2D', lambda: nn.GRU(2, 4)(pack_padded_sequence(Z(5, 3), [5, 3, 1])))
t('GRU double', lambda: nn.GRU(2, 4)(pack_padded_sequence(Z(5, 3, 2).double(), [5, 3, 1])))
t('GRU long', lambda: nn.GRU(2, 4)(pack_padded_sequence(Z(5, 3, 2).long(), [5, 3, 1])))
t('GRU tuple', lambda: nn.GRU(2, 4)((Z(5, 3, 2),)))
t('RNN', lambda: through(nn.RNN(2, 4), packed()))
t('RNN relu', lambda: through(nn.RNN(2, 4, nonlinearity='relu', bidirectional=True), mixed()))
t('twice', lambda: through(nn.GRU(4, 3), nn.LSTM(2, 4)(packed())[0]))
t('Reader', lambda: Reader()(torch.ones(3, 7, dtype=torch.long), torch.tensor([2, 7, 4])))
t('Reader list', lambda: Reader(layers=2)(torch.ones(3, 7, dtype=torch.long), [2, 6, 4]))
t('Reader zero', lambda: Reader()(torch.ones(3, 7, dtype=torch.long), [2, 0, 4]))
t('Reader batch', lambda: Reader()(torch.ones(2, 7, dtype=torch.long), [2, 1, 4]))
t('unpad_sequence', lambda: unpad_sequence(Z(2, 4, 3), torch.tensor([4, 4]), batch_first=True))

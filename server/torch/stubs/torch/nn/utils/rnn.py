"""Sequences of different lengths in one tensor: padded to the longest, or packed step by step. What is packed is as long as the lengths say: they must be known."""
from collections import namedtuple
from collections.abc import Iterable

import _necktie_model
import torch

PackedSequence_ = namedtuple('PackedSequence_', ['data', 'batch_sizes', 'sorted_indices', 'unsorted_indices'])


class PackedSequence(PackedSequence_):
    """All first steps, then all second steps, …: `batch_sizes` counts the sequences that are as long as that."""

    def __new__(cls, data, batch_sizes=None, sorted_indices=None, unsorted_indices=None):
        if unsorted_indices is None:
            unsorted_indices = invert_permutation(sorted_indices)
        if batch_sizes is None:
            if not (isinstance(data, (list, tuple)) and len(data) == 2):
                raise AssertionError('Expected data to be a list or tuple of length 2')
            data, batch_sizes = data
        return super().__new__(cls, data, batch_sizes, sorted_indices, unsorted_indices)

    def to(self, *args, **kwargs):
        data = self.data.to(*args, **kwargs)
        return self if data is self.data else type(self)(data, self.batch_sizes, self.sorted_indices, self.unsorted_indices)

    def cpu(self, *args, **kwargs):
        return self.to(*args, device='cpu', **kwargs)

    def cuda(self, *args, **kwargs):
        _necktie_model.unknown('a tensor on another device')

    def double(self):
        return self.to(dtype=torch.double)

    def float(self):
        return self.to(dtype=torch.float)

    def half(self):
        return self.to(dtype=torch.half)

    def long(self):
        return self.to(dtype=torch.long)

    def int(self):
        return self.to(dtype=torch.int)

    def short(self):
        return self.to(dtype=torch.short)

    def char(self):
        return self.to(dtype=torch.int8)

    def byte(self):
        return self.to(dtype=torch.uint8)

    @property
    def is_cuda(self):
        return self.data.is_cuda

    def is_pinned(self):
        return self.data.is_pinned()

    def pin_memory(self):
        return self


def invert_permutation(permutation):
    if permutation is None:
        return None
    places = permutation.tolist()
    if any(_necktie_model.is_unseen(place) for place in places):
        return torch.empty_like(permutation)
    if sorted(places) != list(range(len(places))):
        _necktie_model.unknown('the inverse of what is no permutation')
    return torch.tensor([places.index(i) for i in range(len(places))], dtype=permutation.dtype)


def _known(numbers, what):
    if any(_necktie_model.is_unseen(n) for n in numbers):
        _necktie_model.unknown(what)
    return numbers


def pack_padded_sequence(input, lengths, batch_first=False, enforce_sorted=True):
    lengths = lengths.to(dtype=torch.int64) if isinstance(lengths, torch.Tensor) else torch.as_tensor(lengths, dtype=torch.int64, device='cpu')
    if lengths.dim() != 1:
        if not enforce_sorted:
            _necktie_model.unknown('lengths that are no vector')
        raise RuntimeError(f"'lengths' argument should be a 1D CPU int64 tensor, but got {lengths.dim()}D cpu Long tensor")
    if not isinstance(input, torch.Tensor):
        if not enforce_sorted:
            _necktie_model.unknown('pack_padded_sequence of what is no tensor')
        raise TypeError(f"_pack_padded_sequence(): argument 'input' (position 1) must be Tensor, not {type(input).__name__}")
    along = 0 if batch_first else 1
    known = _known(lengths.tolist(), 'the lengths of sequences')
    order = None
    if not enforce_sorted:
        places = sorted(range(len(known)), key=lambda i: -known[i])
        known = [known[i] for i in places]
        # Which of two that are equally long comes first is left to the kernel.
        order = torch.tensor(places) if len(set(known)) == len(known) else torch.empty(len(known), dtype=torch.int64)
        if input.dim() > along and len(known) > input.size(along):
            _necktie_model.unknown('more lengths than sequences')
        input = input.index_select(along, order)
    if input.numel() == 0:
        raise RuntimeError('Cannot pack empty tensors.')
    if input.dim() < 2:
        if batch_first:
            _necktie_model.unknown('pack_padded_sequence of a vector')
        input.size(along)
    batch, steps = input.size(along), input.size(1 - along)
    if len(known) != batch:
        raise RuntimeError(f'Expected `len(lengths)` to be equal to batch_size, but got {len(known)} (batch_size={batch})')
    if known[-1] <= 0:
        raise RuntimeError("Length of all samples has to be greater than 0, but found an element in 'lengths' that is <= 0")
    if any(a < b for a, b in zip(known, known[1:])):
        raise RuntimeError(
            '`lengths` array must be sorted in decreasing order when `enforce_sorted` is True. You can pass `enforce_sorted=False` to pack_padded_sequence '
            'and/or pack_sequence to sidestep this requirement if you do not need ONNX exportability.'
        )
    if known[0] > steps:
        _necktie_model.unknown('sequences that are longer than they were padded to')
    sizes = [sum(length > step for length in known) for step in range(known[0])]
    return PackedSequence(input.new_empty((sum(known), *input.shape[2:])), torch.tensor(sizes), order)


def pad_packed_sequence(sequence, batch_first=False, padding_value=0.0, total_length=None):
    steps = sequence.batch_sizes.size(0)
    if total_length is not None:
        if total_length < steps:
            raise ValueError(
                'Expected total_length to be at least the length of the longest sequence in input, but got '
                f'total_length={total_length} and max sequence length being {steps}'
            )
        steps = total_length
    sizes = _known(sequence.batch_sizes.tolist(), 'the lengths of sequences')
    if not isinstance(padding_value, (int, float)) or not sizes or sum(sizes) != sequence.data.size(0) or any(a < b for a, b in zip(sizes, sizes[1:])) or sizes[-1] < 1:
        _necktie_model.unknown('pad_packed_sequence of these')
    batch = sizes[0]
    lengths = [sum(size > i for size in sizes) for i in range(batch)]
    places = None
    if sequence.unsorted_indices is not None:
        places = sequence.unsorted_indices.tolist()
        batch = len(places)
    shape = (batch, steps) if batch_first else (steps, batch)
    padded = sequence.data.new_empty((*shape, *sequence.data.shape[1:]))
    if places is None:
        return padded, torch.tensor(lengths)
    if any(_necktie_model.is_unseen(place) for place in places):
        return padded, torch.empty(batch, dtype=torch.int64)
    if any(not 0 <= place < len(lengths) for place in places):
        _necktie_model.unknown('pad_packed_sequence of these')
    return padded, torch.tensor([lengths[place] for place in places])


def pack_sequence(sequences, enforce_sorted=True):
    lengths = torch.as_tensor([sequence.size(0) for sequence in sequences])
    return pack_padded_sequence(pad_sequence(sequences), lengths, enforce_sorted=enforce_sorted)


def unpack_sequence(packed_sequences):
    padded, lengths = pad_packed_sequence(packed_sequences, batch_first=True)
    return [sequence[:length] for sequence, length in zip(padded, _known(lengths.tolist(), 'the lengths of sequences'))]


def pad_sequence(sequences, batch_first=False, padding_value=0.0, padding_side='right'):
    """T × B × *, or B × T × *: as long as the longest, of the first one's type and further sizes."""
    if not isinstance(sequences, Iterable):
        raise RuntimeError(f'pad_sequence: Expected iterable for input sequences, but got arg of type: {type(sequences)}')
    sequences = tuple(sequences)
    for i, sequence in enumerate(sequences):
        if not isinstance(sequence, torch.Tensor):
            raise TypeError(f'expected Tensor as element {i} in argument 0, but got {type(sequence).__name__}')
    if not sequences:
        raise RuntimeError('received an empty list of sequences')
    if padding_side not in ('left', 'right'):
        raise RuntimeError(f'Expected padding_side to be one of left or right, but got {padding_side}.')
    if any(sequence.ndim == 0 for sequence in sequences):
        _necktie_model.unknown('pad_sequence of numbers')
    longest = max(sequence.shape[0] for sequence in sequences)
    out = sequences[0].new_full((len(sequences), longest, *sequences[0].shape[1:]), padding_value)
    for i, sequence in enumerate(sequences):
        start = longest - sequence.shape[0] if padding_side == 'left' else 0
        out[i, start:start + sequence.shape[0]].zero_().add_(sequence.to(out.dtype))
    return out if batch_first else out.transpose(0, 1)


def unpad_sequence(padded_sequences, lengths, batch_first=False):
    if not batch_first:
        padded_sequences.transpose_(0, 1)
    places, cut = torch.arange(padded_sequences.shape[1], device=lengths.device), []
    for sequence, length in zip(padded_sequences, lengths, strict=True):
        cut.append(sequence[places < length])
    return cut

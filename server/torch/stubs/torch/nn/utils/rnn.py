"""Sequences of different lengths in one tensor."""
from collections.abc import Iterable

import _necktie_model
import torch


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

"""Recurrent networks: their parameters as torch names them, and the shapes of what they give."""
import numbers

import _necktie_model
import torch
from torch import Tensor
from torch.nn import functional as F
from torch.nn.parameter import Parameter
from .module import Module

_GATES = {'LSTM': 4, 'GRU': 3, 'RNN_TANH': 1, 'RNN_RELU': 1}


class RNNBase(Module):
    def __init__(self, mode, input_size, hidden_size, num_layers=1, bias=True, batch_first=False, dropout=0.0, bidirectional=False, proj_size=0, device=None, dtype=None):
        super().__init__()
        self.mode = mode
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.num_layers = num_layers
        self.bias = bias
        self.batch_first = batch_first
        self.dropout = float(dropout)
        self.bidirectional = bidirectional
        self.proj_size = proj_size
        if not isinstance(dropout, numbers.Number) or not 0 <= dropout <= 1 or isinstance(dropout, bool):
            raise ValueError('dropout should be a number in range [0, 1] representing the probability of an element being zeroed')
        for name, value, wanted in (('bias', bias, bool), ('batch_first', batch_first, bool), ('input_size', input_size, int), ('hidden_size', hidden_size, int)):
            if not isinstance(value, wanted):
                raise TypeError(f'{name} should be of type {wanted.__name__}, got: {type(value).__name__}')
            if wanted is int and value <= 0:
                raise ValueError(f'{name} must be greater than zero')
        if num_layers <= 0:
            raise ValueError('num_layers must be greater than zero')
        if proj_size < 0:
            raise ValueError('proj_size should be a positive integer or zero to disable projections')
        if proj_size >= hidden_size:
            raise ValueError('proj_size has to be smaller than hidden_size')
        if mode not in _GATES:
            raise ValueError('Unrecognized RNN mode: ' + mode)
        gates = _GATES[mode] * hidden_size
        given = proj_size or hidden_size
        directions = 2 if bidirectional else 1
        for layer in range(num_layers):
            taken = input_size if layer == 0 else given * directions
            for suffix in ('', '_reverse')[:directions]:
                shapes = {'weight_ih': (gates, taken), 'weight_hh': (gates, given)}
                if bias:
                    shapes.update(bias_ih=gates, bias_hh=gates)
                if proj_size > 0:
                    shapes['weight_hr'] = (proj_size, hidden_size)
                for name, shape in shapes.items():
                    setattr(self, f'{name}_l{layer}{suffix}', Parameter(torch.empty(shape, device=device, dtype=dtype)))
        self.reset_parameters()

    def reset_parameters(self):
        pass

    def flatten_parameters(self):
        pass

    def check_input(self, input, dims=3):
        own = self.weight_ih_l0.dtype
        if input.dtype != own:
            raise ValueError(f'RNN input dtype ({input.dtype}) does not match weight dtype ({own}). Convert input: input.to({own}), or convert model: model.to({input.dtype})')
        if input.dim() != dims:
            raise RuntimeError(f'input must have {dims} dimensions, got {input.dim()}')
        if self.input_size != input.size(-1):
            raise RuntimeError(f'input.size(-1) must be equal to input_size. Expected {self.input_size}, got {input.size(-1)}')

    def _run(self, input, hx, states):
        """Output of the last layer, and so many states of every layer."""
        name = type(self).__name__
        if isinstance(input, tuple):
            return self._run_packed(input, hx, states)
        dims = input.dim()
        if dims not in (2, 3):
            raise ValueError(f'{name}: Expected input to be 2D or 3D, got {dims}D instead')
        batched = dims == 3
        along = 0 if self.batch_first else 1
        if not batched:
            input = input.unsqueeze(along)
        if not isinstance(self.bidirectional, bool):
            _necktie_model.unknown(f'{name} with such a direction')
        directions = 2 if self.bidirectional else 1
        given = self.proj_size or self.hidden_size
        batch, length = input.size(along), input.size(1 - along)
        widths = [given, self.hidden_size][:states]
        if hx is not None:
            held = hx if states == 2 else (hx,)
            if not isinstance(held, tuple) or len(held) != states or not all(isinstance(h, Tensor) for h in held):
                _necktie_model.unknown(f'{name} with a state of another kind')
            if any(h.dim() != dims or h.dtype != input.dtype for h in held):
                _necktie_model.unknown(f'{name} with a state of another kind')
            held = held if batched else tuple(h.unsqueeze(1) for h in held)
        self.check_input(input)
        for i, width in enumerate(widths if hx is not None else []):
            wanted = (self.num_layers * directions, batch, width)
            if held[i].size() != wanted:
                what = 'Expected hidden size' if states == 1 else f'Expected hidden[{i}] size'
                raise RuntimeError(f'{what} {wanted}, got {list(held[i].size())}')
        shape = (batch, length) if self.batch_first else (length, batch)
        output = input.new_empty((*shape, given * directions))
        last = tuple(input.new_empty((self.num_layers * directions, batch, width)) for width in widths)
        if not batched:
            output, last = output.squeeze(along), tuple(h.squeeze(1) for h in last)
        return output, last if states == 2 else last[0]

    def _run_packed(self, packed, hx, states):
        """The same of a `PackedSequence`, which comes out as one; states in the order in which the sequences were given."""
        from torch.nn.utils.rnn import PackedSequence

        if not isinstance(packed, PackedSequence):
            packed.dim
        data, batch_sizes, order, back = packed
        sizes = batch_sizes.tolist()
        if not isinstance(self.bidirectional, bool) or any(_necktie_model.is_unseen(n) for n in sizes) or sum(sizes) != data.size(0) or sizes != sorted(sizes, reverse=True):
            _necktie_model.unknown(f'{type(self).__name__} of such a sequence')
        directions = 2 if self.bidirectional else 1
        given = self.proj_size or self.hidden_size
        shapes = [(self.num_layers * directions, sizes[0], width) for width in (given, self.hidden_size)[:states]]
        held = () if hx is None else hx if states == 2 else (hx,)
        fits = [isinstance(h, Tensor) and h.dim() == 3 and h.dtype == data.dtype and h.size(1) >= (0 if order is None else len(order)) for h in held]
        if not all(fits) or hx is not None and len(held) != states:
            _necktie_model.unknown(f'{type(self).__name__} with a state of another kind')
        held = tuple(h if order is None else h.index_select(1, order) for h in held)
        if states == 1:
            self.check_input(data, 2)
            if held and held[0].size() != shapes[0]:
                raise RuntimeError(f'Expected hidden size {shapes[0]}, got {list(held[0].size())}')
        elif data.dim() != 2 or data.dtype != self.weight_ih_l0.dtype or any(h.size() != shape for h, shape in zip(held, shapes)):
            _necktie_model.unknown('LSTM of sizes that do not fit')  # here torch asks nothing before it computes
        elif data.size(1) != self.input_size and len(set(sizes)) < 2:
            _necktie_model.unknown('LSTM of sizes that do not fit')  # what is no shorter anywhere goes to a kernel that may not look
        else:
            F.linear(data, self.weight_ih_l0)
        last = tuple(data.new_empty(shape) for shape in shapes)
        if back is not None:
            last = tuple(h.index_select(1, back) for h in last)
        return PackedSequence(data.new_empty((data.size(0), given * directions)), batch_sizes, order, back), last if states == 2 else last[0]


class RNN(RNNBase):
    def __init__(self, *args, **kwargs):
        if 'proj_size' in kwargs:
            raise ValueError('proj_size argument is only supported for LSTM, not RNN or GRU')
        if len(args) > 3:
            self.nonlinearity = args[3]
            args = args[:3] + args[4:]
        else:
            self.nonlinearity = kwargs.pop('nonlinearity', 'tanh')
        if self.nonlinearity not in ('tanh', 'relu'):
            raise ValueError(f"Unknown nonlinearity '{self.nonlinearity}'. Select from 'tanh' or 'relu'.")
        super().__init__('RNN_' + self.nonlinearity.upper(), *args, **kwargs)

    def forward(self, input, hx=None):
        return self._run(input, hx, 1)


class LSTM(RNNBase):
    def __init__(self, *args, **kwargs):
        super().__init__('LSTM', *args, **kwargs)

    def forward(self, input, hx=None):
        return self._run(input, hx, 2)


class GRU(RNNBase):
    def __init__(self, *args, **kwargs):
        if 'proj_size' in kwargs:
            raise ValueError('proj_size argument is only supported for LSTM, not RNN or GRU')
        super().__init__('GRU', *args, **kwargs)

    def forward(self, input, hx=None):
        return self._run(input, hx, 1)


class RNNCellBase(Module):
    def __init__(self, input_size, hidden_size, bias, num_chunks, device=None, dtype=None):
        super().__init__()
        self.input_size = input_size
        self.hidden_size = hidden_size
        self.bias = bias
        self.weight_ih = Parameter(torch.empty((num_chunks * hidden_size, input_size), device=device, dtype=dtype))
        self.weight_hh = Parameter(torch.empty((num_chunks * hidden_size, hidden_size), device=device, dtype=dtype))
        if bias:
            self.bias_ih = Parameter(torch.empty(num_chunks * hidden_size, device=device, dtype=dtype))
            self.bias_hh = Parameter(torch.empty(num_chunks * hidden_size, device=device, dtype=dtype))
        else:
            self.register_parameter('bias_ih', None)
            self.register_parameter('bias_hh', None)
        self.reset_parameters()

    def reset_parameters(self):
        pass

    def _step(self, input, hx, states):
        name = type(self).__name__
        dims = input.dim()
        if dims not in (1, 2):
            raise ValueError(f'{name}: Expected input to be 1D or 2D, got {dims}D instead')
        held = () if hx is None else hx if states == 2 else (hx,)
        if not isinstance(held, (tuple, list)) or not all(isinstance(h, Tensor) for h in held):
            _necktie_model.unknown(f'{name} with a state of another kind')
        wanted = (*input.shape[:-1], self.hidden_size)
        if input.size(-1) != self.input_size or input.dtype != self.weight_ih.dtype or any(h.shape != wanted or h.dtype != input.dtype for h in held):
            _necktie_model.unknown(f'{name} of sizes that do not fit')
        made = tuple(input.new_empty(wanted) for _ in range(states))
        return made if states == 2 else made[0]


class RNNCell(RNNCellBase):
    def __init__(self, input_size, hidden_size, bias=True, nonlinearity='tanh', device=None, dtype=None):
        super().__init__(input_size, hidden_size, bias, num_chunks=1, device=device, dtype=dtype)
        self.nonlinearity = nonlinearity

    def forward(self, input, hx=None):
        if self.nonlinearity not in ('tanh', 'relu'):
            _necktie_model.unknown('RNNCell with another nonlinearity')
        return self._step(input, hx, 1)


class LSTMCell(RNNCellBase):
    def __init__(self, input_size, hidden_size, bias=True, device=None, dtype=None):
        super().__init__(input_size, hidden_size, bias, num_chunks=4, device=device, dtype=dtype)

    def forward(self, input, hx=None):
        return self._step(input, hx, 2)


class GRUCell(RNNCellBase):
    def __init__(self, input_size, hidden_size, bias=True, device=None, dtype=None):
        super().__init__(input_size, hidden_size, bias, num_chunks=3, device=device, dtype=dtype)

    def forward(self, input, hx=None):
        return self._step(input, hx, 1)

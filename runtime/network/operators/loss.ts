/** Losses, for whoever calls one in a forward pass: only their shapes are known. `reduction`: 0 none, 1 mean, 2 sum. */
import { type DType, isFloating, sentenceName } from '../dtype.ts';
import { fail, unknown } from '../fault.ts';
import { type Operator, operator } from '../operator.ts';
import { count, type Dim, type Draft, sizes, type Tensor, written } from '../tensor.ts';
import { broadcast } from './elementwise.ts';

const reduced = (shape: readonly Dim[], reduction: number, dtype: DType): Draft => ({ shape: reduction === 0 ? shape : [], dtype });

/** Of two tensors that were stretched to one shape before. */
const ofDifference = (called: string, more = ''): Operator =>
  operator(`${called}(Tensor self, Tensor target, int reduction=1${more})` as 'f(Tensor self, Tensor target, int reduction=1)', {
    names: [`torch._C._nn.${called}`],
    infer({ self, target, reduction }) {
      if (self.dtype !== target.dtype || !isFloating(self.dtype)) unknown(`${called} of ${self.dtype} and ${target.dtype}`);
      return reduced(broadcast(self.shape, target.shape), reduction, self.dtype);
    },
  });

export const LOSSES: readonly Operator[] = [
  ofDifference('l1_loss'),
  ofDifference('mse_loss'),
  ofDifference('smooth_l1_loss', ', float beta=1.0'),
  ofDifference('huber_loss', ', float delta=1.0'),
];

export const binaryCrossEntropy = operator(
  'binary_cross_entropy(Tensor self, Tensor target, Tensor? weight=None, int reduction=1, *, Tensor? out=None)',
  {
    names: ['torch._C._nn.binary_cross_entropy'],
    infer({ self, target, reduction }) {
      if (self.dtype !== target.dtype || !isFloating(self.dtype)) unknown(`binary_cross_entropy of ${self.dtype} and ${target.dtype}`);
      return reduced(self.shape, reduction, self.dtype);
    },
  },
);
export const binaryCrossEntropyWithLogits = operator(
  'binary_cross_entropy_with_logits(Tensor input, Tensor target, Tensor? weight=None, Tensor? pos_weight=None, int reduction=1)',
  {
    names: ['torch.binary_cross_entropy_with_logits'],
    infer({ input, target, weight, pos_weight, reduction }) {
      if (input.dtype !== target.dtype || !isFloating(input.dtype))
        unknown(`binary_cross_entropy_with_logits of ${input.dtype} and ${target.dtype}`);
      if (pos_weight) broadcast(pos_weight.shape, target.shape);
      const shape = weight ? broadcast(input.shape, weight.shape) : input.shape;
      return reduced(shape, reduction, input.dtype);
    },
  },
);
export const klDiv = operator('kl_div(Tensor self, Tensor target, int reduction=1, *, bool log_target=False)', {
  names: ['torch.kl_div'],
  infer({ self, target, reduction }) {
    if (self.dtype !== target.dtype || !isFloating(self.dtype)) unknown(`kl_div of ${self.dtype} and ${target.dtype}`);
    return reduced(broadcast(target.shape, self.shape), reduction, self.dtype); // target comes first in its formula, and so in what it says
  },
});

/** Classes as numbers: a target for each place of the input. */
function byClass(input: Tensor, target: Tensor, weight: Tensor | null, reduction: number, ignored: number): Draft {
  const [batch, classes] = input.shape,
    rank = input.shape.length,
    [targets] = target.shape;
  if (!batch) fail('RuntimeError', `Expected 1 or more dimensions (got ${rank})`);
  if (rank !== 1 && !target.shape.length) unknown('a loss by a single class');
  if (rank !== 1 && batch.size !== targets?.size)
    fail(
      'ValueError',
      `Expected input batch_size (${batch.size}) to match target batch_size (${targets?.size}).`,
      batch,
      ...target.shape.slice(0, 1),
    );
  const own = rank === 1 ? batch : classes;
  if (!own || rank === 4) return unknown('a loss of pictures by class');
  if (rank <= 2) {
    if (target.shape.length > 1) fail('RuntimeError', '0D or 1D target tensor expected, multi-target not supported');
    if (rank === 1 && target.shape.length) unknown('a loss of one sample by several classes');
  } else if (sizes(target.shape.slice(1)).join() !== sizes(input.shape.slice(2)).join())
    fail('RuntimeError', `Expected target size ${written([batch, ...input.shape.slice(2)])}, got ${written(target.shape)}`);
  if (weight && (weight.shape.length !== 1 || count(weight.shape) !== own.size))
    fail(
      'RuntimeError',
      `weight tensor should be defined either for all ${own.size} classes or no classes but got weight tensor of shape: ${written(weight.shape)}`,
      ...weight.shape,
      own,
    );
  if (target.dtype !== 'int64' && target.dtype !== 'uint8')
    fail('RuntimeError', `expected target dtype to be Long or Byte, but got ${sentenceName(target.dtype)}`);
  if (!isFloating(input.dtype)) unknown(`a loss of ${input.dtype}`);
  if (weight && weight.dtype !== input.dtype)
    fail('RuntimeError', `expected scalar type ${sentenceName(input.dtype)} but found ${sentenceName(weight.dtype)}`);
  const outside = target.values?.find(v => v !== ignored && (v < 0 || v >= own.size));
  if (outside !== undefined) fail('IndexError', `Target ${outside} is out of bounds.`);
  return reduced(target.shape, reduction, input.dtype);
}
export const nllLoss = operator(
  'nll_loss_nd(Tensor input, Tensor target, Tensor? weight=None, int reduction=1, SymInt ignore_index=-100)',
  {
    names: ['torch._C._nn.nll_loss_nd'],
    infer: ({ input, target, weight, reduction, ignore_index }) => byClass(input, target, weight, reduction, ignore_index.size),
  },
);
export const crossEntropyLoss = operator(
  'cross_entropy_loss(Tensor input, Tensor target, Tensor? weight=None, int reduction=1, SymInt ignore_index=-100, float label_smoothing=0.0)',
  {
    names: ['torch._C._nn.cross_entropy_loss'],
    infer({ input, target, weight, reduction, ignore_index, label_smoothing }) {
      if (sizes(input.shape).join() !== sizes(target.shape).join()) {
        if (label_smoothing < 0 || label_smoothing > 1) unknown('label smoothing beyond its range');
        return byClass(input, target, weight, reduction, ignore_index.size);
      }
      // shares of the classes in place of a class
      if (!isFloating(target.dtype) || !isFloating(input.dtype) || input.shape.length < 1) return unknown('cross entropy of these');
      if (ignore_index.size >= 0) fail('RuntimeError', 'ignore_index is not supported for floating point target');
      if (weight) unknown('cross entropy of shares with weights');
      return reduced(input.shape.length === 1 ? [] : input.shape.toSpliced(1, 1), reduction, input.dtype);
    },
  },
);

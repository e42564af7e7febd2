/** Comparisons, logic and bits, element by element: truths come out, or integers. */
import { made } from '../constant.ts';
import { isComplex, isIntegral, resultType, sentenceName } from '../dtype.ts';
import { fail, unknown } from '../fault.ts';
import { forms, type OnnxWriter, type Operator, operator } from '../operator.ts';
import { count, type Draft, sizes, type Tensor } from '../tensor.ts';
import { broadcast, elementwise, type Fold, operand, type Side, shapeOf, valuesOf } from './elementwise.ts';

const names = (name: string): string[] => [`torch.${name}`, `Tensor.${name}`];

const comparison = (called: string, onnx: string, fold: Fold, ordered: boolean): Operator =>
  operator([`${called}(Tensor self, Tensor other, *, Tensor? out=None)`, `${called}(Tensor self, Scalar other, *, Tensor? out=None)`], {
    names: names(called),
    infer({ self, other }) {
      const type = resultType([operand(self), operand(other)]);
      broadcast(shapeOf(self), shapeOf(other));
      if (ordered && isComplex(type))
        fail('NotImplementedError', `"${ORDERED[called] ?? called}_cpu" not implemented for '${sentenceName(type)}'`);
      return compared(self, other, fold);
    },
    onnx({ self, other }, [out], to) {
      if (!out) return;
      const type = resultType([operand(self), operand(other)]),
        like = { ...self, dtype: type === 'bool' ? ('int32' as const) : type };
      const inputs = [to.cast(self, like.dtype), other.kind === 'scalar' ? to.number(other.value, like) : to.cast(other, like.dtype)];
      if (onnx === 'NotEqual') to.node('Not', [to.node('Equal', inputs)], {}, out);
      else to.node(onnx, inputs, {}, out);
    },
  });
const ORDERED: Readonly<Record<string, string>> = { greater: 'gt', less: 'lt', greater_equal: 'ge', less_equal: 'le' };

const logical = (called: string, onnx: string, fold: Fold): Operator =>
  operator(`${called}(Tensor self, Tensor other, *, Tensor? out=None)`, {
    names: names(called),
    infer: ({ self, other }) => compared(self, other, fold),
    onnx: ({ self, other }, [out], to) => void to.node(onnx, [to.cast(self, 'bool'), to.cast(other, 'bool')], {}, out),
  });

const bitwise = (called: string, sign: string, onnx: string | null, fold: Fold): Operator =>
  forms<'f(Operand self, Operand other)'>(
    [
      `${called}(Tensor self, Tensor other, *, Tensor? out=None)`,
      `${called}(Tensor self, Scalar other, *, Tensor? out=None)`,
      `${called}(Scalar self, Tensor other)`,
    ],
    {
      names: names(called),
      infer({ self, other }) {
        const draft = elementwise(self, other, fold);
        if (!isIntegral(draft.dtype) || (sign.length === 2 && draft.dtype === 'bool'))
          fail('NotImplementedError', `"${BITWISE[called] ?? called}_cpu" not implemented for '${sentenceName(draft.dtype)}'`);
        return draft;
      },
      ...(onnx && {
        onnx: ({ self, other }: { self: Side; other: Side }, [out]: readonly Tensor[], to: OnnxWriter): void => {
          if (out?.dtype !== 'bool' || self.kind === 'scalar' || other.kind === 'scalar') unknown('writing bits of numbers');
          to.node(onnx, [self, other], {}, out);
        },
      }),
    },
  );
const BITWISE: Readonly<Record<string, string>> = {
  bitwise_left_shift: 'lshift',
  bitwise_right_shift: 'rshift',
  bitwise_and: 'bitwise_and',
  bitwise_or: 'bitwise_or',
  bitwise_xor: 'bitwise_xor',
};

const bits = (a: number, b: number, fold: (x: bigint, y: bigint) => bigint): number =>
  Number.isSafeInteger(a) && Number.isSafeInteger(b) ? Number(fold(BigInt(a), BigInt(b))) : NaN;

function compared(a: Side, b: Side, fold: Fold): Draft {
  const shape = broadcast(shapeOf(a), shapeOf(b)),
    to = sizes(shape),
    wraps = a.dtype === 'uint8' || b.dtype === 'uint8',
    x = wraps ? null : valuesOf(a, to),
    y = valuesOf(b, to);
  return { shape, dtype: 'bool', strides: null, values: x && y && made(count(shape), 'bool', i => fold(x[i] ?? 0, y[i] ?? 0)) };
}

export const COMPARING: readonly Operator[] = [
  comparison('eq', 'Equal', (a, b) => Number(a === b), false),
  comparison('ne', 'NotEqual', (a, b) => Number(a !== b), false),
  comparison('not_equal', 'NotEqual', (a, b) => Number(a !== b), false),
  ...['lt', 'less'].map(n => comparison(n, 'Less', (a, b) => Number(a < b), true)),
  ...['le', 'less_equal'].map(n => comparison(n, 'LessOrEqual', (a, b) => Number(a <= b), true)),
  ...['gt', 'greater'].map(n => comparison(n, 'Greater', (a, b) => Number(a > b), true)),
  ...['ge', 'greater_equal'].map(n => comparison(n, 'GreaterOrEqual', (a, b) => Number(a >= b), true)),
  logical('logical_and', 'And', (a, b) => Number(a && b)),
  logical('logical_or', 'Or', (a, b) => Number(a || b)),
  logical('logical_xor', 'Xor', (a, b) => Number(!a !== !b)),
  bitwise('bitwise_and', '&', 'And', (a, b) => bits(a, b, (x, y) => x & y)),
  bitwise('bitwise_or', '|', 'Or', (a, b) => bits(a, b, (x, y) => x | y)),
  bitwise('bitwise_xor', '^', 'Xor', (a, b) => bits(a, b, (x, y) => x ^ y)),
  bitwise('bitwise_left_shift', '<<', null, () => NaN),
  bitwise('bitwise_right_shift', '>>', null, () => NaN),
];

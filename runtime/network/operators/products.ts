/** Sums of products beyond plain matrices: mm, addmm, baddbmm, attention. */
import { isFloating, resultType, sentenceName } from '../dtype.ts';
import { fail, unknown } from '../fault.ts';
import { forms, type OnnxInput, type OnnxWriter, type Operator, operator } from '../operator.ts';
import type { Scalar } from '../schema.ts';
import { type Dim, dim, type Tensor, written } from '../tensor.ts';
import { broadcast } from './elementwise.ts';
import { expanded } from './expanding.ts';
import { batchMismatch, product } from './matrices.ts';

const both = (name: string): string[] => [`torch.${name}`, `Tensor.${name}`];

export const mm = operator(
  ['mm(Tensor self, Tensor mat2, *, Tensor? out=None)', 'mm(Tensor self, Tensor mat2, dtype out_dtype, *, Tensor? out=None)'],
  {
    names: both('mm'),
    infer(args) {
      const { self, mat2 } = args;
      if ('out_dtype' in args) unknown('mm with out_dtype');
      if (self.shape.length !== 2) fail('RuntimeError', `mm: self must be a matrix, got ${self.shape.length}-D tensor`);
      if (mat2.shape.length !== 2) fail('RuntimeError', `mm: mat2 must be a matrix, got ${mat2.shape.length}-D tensor`);
      const [n, k] = self.shape,
        [k2, m] = mat2.shape;
      if (k?.size !== k2?.size)
        fail(
          'RuntimeError',
          `mm: mat1 and mat2 shapes cannot be multiplied (${n?.size}x${k?.size} and ${k2?.size}x${m?.size})`,
          ...self.shape,
          ...mat2.shape,
        );
      return product(self, mat2);
    },
    onnx: ({ self, mat2 }, [out], to) => void to.node('MatMul', [self, mat2], {}, out),
  },
);
export const mv = operator('mv(Tensor self, Tensor vec, *, Tensor? out=None)', {
  names: both('mv'),
  infer({ self, vec }) {
    if (self.shape.length !== 2 || vec.shape.length !== 1)
      fail('RuntimeError', `vector + matrix @ vector expected, got 1, ${self.shape.length}, ${vec.shape.length}`);
    return product(self, vec);
  },
  onnx: ({ self, vec }, [out], to) => void to.node('MatMul', [self, vec], {}, out),
});
export const dot = operator('dot(Tensor self, Tensor tensor, *, Tensor? out=None)', {
  names: both('dot'),
  infer({ self, tensor }) {
    if (self.shape.length !== 1 || tensor.shape.length !== 1)
      fail('RuntimeError', `1D tensors expected, but got ${self.shape.length}D and ${tensor.shape.length}D tensors`);
    if (self.dtype !== tensor.dtype)
      fail(
        'RuntimeError',
        `dot : expected both vectors to have same dtype, but found ${sentenceName(self.dtype)} and ${sentenceName(tensor.dtype)}`,
      );
    return product(self, tensor);
  },
  onnx: ({ self, tensor }, [out], to) => void to.node('MatMul', [self, tensor], {}, out),
});
export const outer = operator('outer(Tensor self, Tensor vec2, *, Tensor? out=None)', {
  names: both('outer'),
  infer({ self, vec2 }) {
    if (self.shape.length !== 1) fail('RuntimeError', `outer: Expected 1-D argument self, but got ${self.shape.length}-D`);
    if (vec2.shape.length !== 1) fail('RuntimeError', `outer: Expected 1-D argument vec2, but got ${vec2.shape.length}-D`);
    return { shape: [...self.shape, ...vec2.shape], dtype: resultType([self, vec2].map(t => ({ dtype: t.dtype, rank: 1 }))) };
  },
  onnx: ({ self, vec2 }, [out], to) =>
    void (out && to.node('Mul', [to.node('Unsqueeze', [to.cast(self, out.dtype), to.ints([1])]), to.cast(vec2, out.dtype)], {}, out)),
});

const scaled = (x: OnnxInput, by: Scalar, like: Tensor, to: OnnxWriter): OnnxInput =>
  by.value === 1 ? x : to.node('Mul', [x, to.number(by.value, like)]);
const added = (called: 'addmm' | 'baddbmm', a: string, b: string): Operator =>
  forms<'addmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1, Tensor? out=None)'>(
    [`${called}(Tensor self, Tensor ${a}, Tensor ${b}, *, Scalar beta=1, Scalar alpha=1, Tensor? out=None)`],
    {
      names: both(called),
      infer(args) {
        const { self } = args,
          [x, y] = operands(args),
          rank = called === 'addmm' ? 2 : 3;
        if (rank === 2) {
          if (x.shape.length !== 2 || y.shape.length !== 2) fail('RuntimeError', `mat1 must be a matrix, got ${x.shape.length}-D tensor`);
          const [n, k] = x.shape,
            [k2, m] = y.shape;
          if (k?.size !== k2?.size)
            fail(
              'RuntimeError',
              `addmm: mat1 and mat2 shapes cannot be multiplied (${n?.size}x${k?.size} and ${k2?.size}x${m?.size})`,
              ...x.shape,
              ...y.shape,
            );
        } else {
          if (x.shape.length !== 3) fail('RuntimeError', 'batch1 must be a 3D tensor');
          if (y.shape.length !== 3) fail('RuntimeError', 'batch2 must be a 3D tensor');
          if (x.shape[0]?.size !== y.shape[0]?.size || x.shape[2]?.size !== y.shape[1]?.size)
            fail('RuntimeError', batchMismatch(x.shape, y.shape), ...x.shape, ...y.shape);
        }
        if (self.dtype !== x.dtype || x.dtype !== y.dtype) unknown(`${called} of several types`);
        if (!isFloating(self.dtype)) unknown(`${called} of ${self.dtype}`);
        const draft = product(x, y),
          shape = draft.shape.map(d => (typeof d === 'number' ? dim(d) : d));
        expanded(self, shape);
        return draft;
      },
      onnx(args, [out], to) {
        if (!out) return;
        const [x, y] = operands(args);
        to.node('Add', [scaled(args.self, args.beta, out, to), scaled(to.node('MatMul', [x, y]), args.alpha, out, to)], {}, out);
      },
    },
  );
/** The two that are multiplied, whatever their names. */
function operands(args: object): readonly [Tensor, Tensor] {
  const [, x, y] = Object.values(args).filter(
    (v): v is Tensor => typeof v === 'object' && v !== null && 'kind' in v && v.kind === 'tensor',
  );
  const order = Object.keys(args)
      .filter(k => k.endsWith('1') || k.endsWith('2'))
      .sort(),
    [first = '', second = ''] = order,
    table = args as Readonly<Record<string, Tensor>>;
  return [table[first] ?? x ?? unknown('a product without operands'), table[second] ?? y ?? unknown('a product without operands')];
}
export const ADDED: readonly Operator[] = [added('addmm', 'mat1', 'mat2'), added('baddbmm', 'batch1', 'batch2')];

/** softmax(q · kᵀ / √d + mask) · v. */
export const attention = operator(
  'scaled_dot_product_attention(Tensor query, Tensor key, Tensor value, Tensor? attn_mask=None, float dropout_p=0.0, bool is_causal=False, *, float? scale=None, bool enable_gqa=False)',
  {
    names: ['torch._C._nn.scaled_dot_product_attention', 'F.scaled_dot_product_attention'],
    infer({ query, key, value, attn_mask, is_causal, enable_gqa }) {
      if (query.dtype !== key.dtype || query.dtype !== value.dtype)
        fail(
          'RuntimeError',
          `Expected query, key, and value to have the same dtype, but got query.dtype: ${cName(query)} key.dtype: ${cName(key)} and value.dtype: ${cName(value)} instead.`,
        );
      if (query.shape.length < 2 || key.shape.length < 2 || value.shape.length < 2)
        fail(
          'RuntimeError',
          `Expected query, key, and value to all be  at least 2 dimensional, but got query.dim: ${query.shape.length} key.dim: ${key.shape.length} and value.dim: ${value.shape.length} instead.`,
        );
      if (attn_mask && is_causal)
        fail('RuntimeError', '_scaled_dot_product_attention: Explicit attn_mask should not be set when is_causal=True');
      if (enable_gqa || !isFloating(query.dtype)) return unknown('attention of this kind');
      const [q, k, v] = [query.shape, key.shape, value.shape],
        width = q.at(-1),
        keys = k.at(-1);
      if (attn_mask && attn_mask.dtype !== 'bool' && attn_mask.dtype !== 'float32' && attn_mask.dtype !== query.dtype)
        unknown('attention with a mask of another type');
      if (attn_mask && attn_mask.shape.length < 2) return unknown('attention with such a mask');
      // Of no values nothing is computed: what the keys are does not matter.
      if (v.some(d => d.size === 0))
        return attn_mask ? unknown('attention with such a mask') : { shape: [...q.slice(0, -1), v.at(-1) ?? dim(1)], dtype: query.dtype };
      if (width?.size !== keys?.size || k.at(-2)?.size !== v.at(-2)?.size) return unknown('attention of sizes that do not fit');
      if (attn_mask) addMask(attn_mask, q, k);
      const batch = broadcast(broadcast(q.slice(0, -2), k.slice(0, -2)), v.slice(0, -2));
      // By which kernel it is computed, and how that one lays it out, is the device's choice.
      return { shape: [...batch, q.at(-2) ?? dim(1), v.at(-1) ?? dim(1)], dtype: query.dtype, strides: null };
    },
    onnx({ query, key, value, attn_mask, is_causal, scale }, [out], to) {
      if (!out || is_causal || attn_mask?.dtype === 'bool') return unknown('writing attention with a mask of truths');
      const rank = key.shape.length,
        perm = Array.from({ length: rank }, (_, i) => (i === rank - 2 ? rank - 1 : i === rank - 1 ? rank - 2 : i));
      const by = scale ?? 1 / Math.sqrt(query.shape.at(-1)?.size ?? 1),
        scores = to.node('MatMul', [to.node('Mul', [query, to.number(by, query)]), to.node('Transpose', [key], { perm })]);
      to.node('MatMul', [to.node('Softmax', [attn_mask ? to.node('Add', [scores, attn_mask]) : scores], { axis: -1 }), value], {}, out);
    },
  },
);
/** It is added to the products in place, to those of three dimensions as to one batch. */
function addMask(mask: Tensor, q: readonly Dim[], k: readonly Dim[]): void {
  const products = [...broadcast(q.slice(0, -2), k.slice(0, -2)), q.at(-2) ?? dim(1), k.at(-2) ?? dim(1)],
    into = q.length === 3 && k.length === 3 ? [dim(1), ...products] : products,
    sum = broadcast(into, mask.shape);
  if (sum.length !== into.length || sum.some((d, i) => d.size !== into[i]?.size))
    fail('RuntimeError', `output with shape ${written(into)} doesn't match the broadcast shape ${written(sum)}`, ...mask.shape);
}
const cName = (t: Tensor): string =>
  (
    ({ float32: 'float', float64: 'double', float16: 'c10::Half', bfloat16: 'c10::BFloat16', int64: 'int64_t', bool: 'bool' }) as Readonly<
      Record<string, string>
    >
  )[t.dtype] ?? unknown('a type in a message');

/** Tables of places, and places in tables: tril_indices, searchsorted, bucketize, take. */
import { made } from '../constant.ts';
import { sentenceName } from '../dtype.ts';
import { fail, unknown } from '../fault.ts';
import { forms, type Operator, operator } from '../operator.ts';
import { count, type Draft, FOLDED, sizes, type Tensor } from '../tensor.ts';

const both = (name: string): string[] => [`torch.${name}`, `Tensor.${name}`];

const indices = (called: 'tril_indices' | 'triu_indices', keep: (row: number, column: number, offset: number) => boolean): Operator =>
  operator(
    `${called}(int row, int col, int offset=0, *, dtype? dtype=None, layout? layout=None, device? device=None, bool? pin_memory=None, bool? requires_grad=False)`,
    {
      names: [`torch.${called}`],
      infer({ row, col, offset, dtype }) {
        if (row < 0) fail('RuntimeError', `row must be non-negative, got${row}`);
        if (col < 0) fail('RuntimeError', `col must be non-negative, got${col}`);
        if (row * col > FOLDED) unknown('a large table of indices');
        const found: [number, number][] = [];
        for (let r = 0; r < row; r++) for (let c = 0; c < col; c++) if (keep(r, c, offset)) found.push([r, c]);
        const flat = [...found.map(([r]) => r), ...found.map(([, c]) => c)],
          type = dtype ?? 'int64';
        return { shape: [2, found.length], dtype: type, values: made(flat.length, type, i => flat[i] ?? 0) };
      },
    },
  );

/** How many of the sorted numbers come before each. */
function placed(sorted: Tensor, given: Tensor | { readonly kind: 'scalar' }, narrow: boolean): Draft {
  const shape = given.kind === 'tensor' ? given.shape : [];
  if (sorted.shape.length !== 1 && given.kind === 'scalar') unknown('places of a number in several rows');
  if (given.kind === 'tensor' && given.dtype !== sorted.dtype) unknown('places of another type');
  if (sorted.shape.length !== 1 && given.kind === 'tensor') {
    if (sizes(sorted.shape.slice(0, -1)).join() !== sizes(given.shape.slice(0, -1)).join()) unknown('places in rows that do not fit');
  }
  return { shape, dtype: narrow ? 'int32' : 'int64' };
}

export const searchsorted = forms<'f(Tensor sorted_sequence, Tensor? self, Tensor? input, bool out_int32=False)'>(
  [
    'searchsorted(Tensor sorted_sequence, Tensor input, *, bool out_int32=False, bool right=False, str? side=None, Tensor? sorter=None, Tensor? out=None)',
    'searchsorted(Tensor sorted_sequence, Scalar self, *, bool out_int32=False, bool right=False, str? side=None, Tensor? sorter=None, Tensor? out=None)',
  ],
  {
    names: ['torch.searchsorted'],
    infer: args => placed(args.sorted_sequence, args.input ?? { kind: 'scalar' }, args.out_int32),
  },
);
export const bucketize = forms<'f(Operand self, Tensor boundaries, bool out_int32=False)'>(
  [
    'bucketize(Tensor self, Tensor boundaries, *, bool out_int32=False, bool right=False, Tensor? out=None)',
    'bucketize(Scalar self, Tensor boundaries, *, bool out_int32=False, bool right=False)',
  ],
  {
    names: ['torch.bucketize'],
    infer({ self, boundaries, out_int32 }) {
      if (boundaries.shape.length !== 1)
        fail('RuntimeError', `bucketize(): boundaries tensor must be 1 dimension, but got dim(${boundaries.shape.length})`);
      return placed(boundaries, self, out_int32);
    },
  },
);

export const take = operator('take(Tensor self, Tensor index, *, Tensor? out=None)', {
  names: both('take'),
  infer({ self, index }) {
    const n = count(self.shape);
    if (index.dtype !== 'int64') fail('RuntimeError', `take(): Expected a long tensor for index, but got ${sentenceName(index.dtype)}`);
    if (n === 0) unknown('take from nothing');
    const outside = index.values?.find(i => i < -n || i >= n);
    if (outside !== undefined) fail('IndexError', `out of range: tried to access index ${outside} on a tensor of ${n} elements.`);
    const values = (self.values && index.values?.map(i => self.values?.[i < 0 ? i + n : i] ?? 0)) ?? null;
    return { shape: index.shape, dtype: self.dtype, values };
  },
});

export const TABLES: readonly Operator[] = [
  indices('tril_indices', (r, c, offset) => c - r <= offset),
  indices('triu_indices', (r, c, offset) => c - r >= offset),
];

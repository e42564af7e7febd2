/** repeat_interleave: each element so often, all alike or each by its own number. */
import { walked } from '../constant.ts';
import { isIntegral, sentenceName } from '../dtype.ts';
import { axis, fail, unknown } from '../fault.ts';
import { operator } from '../operator.ts';
import { contiguous, count, type Dim, type Draft, dim, FOLDED, sizes, type Tensor } from '../tensor.ts';

/** So often each; one number stands for all. Null where they are not known. */
function times(repeats: Tensor, own: number): readonly number[] | null {
  const { values } = repeats;
  return (
    values && (values.length === 1 && (repeats.shape.length === 0 || own !== 1) ? Array<number>(own).fill(values[0] ?? 0) : [...values])
  );
}
const indices = (repeats: readonly number[]): number[] => repeats.flatMap((n, i) => Array<number>(n).fill(i));

/** How many there will be: what the repeats say, or whoever calls. */
function total(repeats: readonly number[] | null, told: Dim | null): Dim {
  if (repeats?.some(n => n < 0)) fail('RuntimeError', 'repeats can not be negative');
  const sum = repeats?.reduce((a, b) => a + b, 0) ?? null;
  if (told && sum !== null && told.size !== sum) fail('RuntimeError', 'allocated size does not match required size');
  return told ?? dim(sum ?? unknown('repeat_interleave by numbers that are not known'));
}
function integers(repeats: Tensor): void {
  if (isIntegral(repeats.dtype) && repeats.dtype !== 'bool') return;
  if (count(repeats.shape) === 0) unknown('repeat_interleave by no integers');
  fail('NotImplementedError', `"repeat_interleave_cpu" not implemented for '${sentenceName(repeats.dtype)}'`);
}
/** `[0, 1, 1]` of `[1, 2]`. */
function places(repeats: Tensor, told: Dim | null): Draft {
  if (repeats.shape.length !== 1) fail('RuntimeError', 'repeat_interleave only accept 1D vector as repeat');
  integers(repeats);
  const known = repeats.values && [...repeats.values],
    size = total(known, told);
  return { shape: [size], dtype: repeats.dtype, values: known && size.size <= FOLDED ? indices(known) : null };
}
/** Each by its own number. */
function repeatedEach({
  self,
  repeats,
  dim: given,
  output_size,
}: {
  readonly self: Tensor;
  readonly repeats: Tensor;
  readonly dim: number | null;
  readonly output_size: Dim | null;
}): Draft {
  const at = given === null ? 0 : axis(given, self.shape.length),
    shape = given === null ? [dim(count(self.shape), ...self.shape)] : self.shape,
    own = shape[at] ?? unknown('repeat_interleave of a tensor without dimensions'),
    [first] = repeats.shape;
  if (repeats.shape.length > 1) fail('RuntimeError', 'repeats must be 0-dim or 1-dim tensor');
  if (first && first.size !== 1 && first.size !== own.size)
    fail(
      'RuntimeError',
      `repeats must have the same size as input along dim, but got repeats.size(0) = ${first.size} and input.size(${at}) = ${own.size}`,
      first,
      own,
    );
  integers(repeats);
  const known = times(repeats, own.size),
    out = shape.with(at, total(known, output_size)),
    inner = count(shape.slice(at + 1));
  const picked = known && self.values && count(out) <= FOLDED ? indices(known) : null;
  const values = picked
    ? Array.from({ length: count(out) }, (_, p) => {
        const along = picked[Math.floor(p / inner) % picked.length] ?? 0,
          outer = Math.floor(p / (inner * picked.length));
        return self.values?.[(outer * own.size + along) * inner + (p % inner)] ?? 0;
      })
    : null;
  return { shape: out, dtype: self.dtype, values };
}

export const repeatInterleave = operator(
  [
    'repeat_interleave(Tensor self, Tensor repeats, int? dim=None, *, SymInt? output_size=None)',
    'repeat_interleave(Tensor repeats, *, SymInt? output_size=None)',
    'repeat_interleave(Tensor self, SymInt repeats, int? dim=None, *, SymInt? output_size=None)',
  ],
  {
    names: ['torch.repeat_interleave', 'Tensor.repeat_interleave'],
    infer(args) {
      const { repeats } = args;
      if (!('size' in repeats)) return 'self' in args ? repeatedEach({ ...args, repeats }) : places(repeats, args.output_size);
      if (!('self' in args)) return unknown('repeat_interleave of nothing');
      const { self, dim: given } = args;
      if (repeats.size < 0) fail('RuntimeError', 'Repeats must be non-negative');
      const shape = given === null ? [dim(count(self.shape), ...self.shape)] : self.shape,
        at = given === null ? 0 : axis(given, shape.length),
        own = shape[at];
      if (!own) return unknown('repeat_interleave of a tensor without dimensions');
      const out = shape.with(at, dim(own.size * repeats.size, own, repeats)),
        inner = count(shape.slice(at + 1));
      const values =
        self.values && count(out) <= FOLDED
          ? walked(sizes(out), contiguous(sizes(out))).map(p => {
              const i = Math.floor(p / inner),
                within = p % inner,
                along = Math.floor((i % (own.size * repeats.size)) / repeats.size),
                outer = Math.floor(i / (own.size * repeats.size));
              return self.values?.[(outer * own.size + along) * inner + within] ?? 0;
            })
          : null;
      return { shape: out, dtype: self.dtype, values };
    },
    onnx(args, [out], to) {
      if (!out) return;
      const { repeats } = args;
      if (!('self' in args))
        return void to.node('Identity', [to.ints([...(out.values ?? unknown('writing repeats that are not known'))])], {}, out);
      if (!('size' in repeats)) {
        const { self } = args,
          flat = args.dim === null ? to.node('Reshape', [self, to.ints([-1])], { allowzero: 0 }) : self,
          at = args.dim === null ? 0 : axis(args.dim, self.shape.length),
          own = args.dim === null ? count(self.shape) : (self.shape[at]?.size ?? 0);
        return void to.node(
          'Gather',
          [flat, to.ints(indices(times(repeats, own) ?? unknown('writing repeats that are not known')))],
          { axis: at },
          out,
        );
      }
      const shape = sizes(args.dim === null ? [dim(count(args.self.shape))] : args.self.shape),
        at = (args.dim === null ? 0 : axis(args.dim, shape.length)) + 1;
      const apart = to.node('Reshape', [args.self, to.ints(shape.toSpliced(at, 0, 1))], { allowzero: 1 });
      const wide = to.node('Expand', [apart, to.ints(shape.toSpliced(at, 0, repeats.size))]);
      to.node('Reshape', [wide, to.ints(sizes(out.shape))], { allowzero: 1 }, out);
    },
  },
);

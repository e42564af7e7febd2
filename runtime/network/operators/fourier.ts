/** Complex numbers, and the spectra that are made of them. */
import { category, complexOf, type DType, isComplex, isFloating, isIntegral, realOf, sentenceName } from '../dtype.ts';
import { axis, fail, unknown } from '../fault.ts';
import { forms, type Operator, operator } from '../operator.ts';
import { count, type Dim, dim as part, type Tensor } from '../tensor.ts';
import { broadcast } from './elementwise.ts';

/** Whose halves make a complex number. */
const isHalf = (type: DType): boolean => type === 'float16' || type === 'float32' || type === 'float64';

export const viewAsComplex = operator('view_as_complex(Tensor self)', {
  names: ['torch.view_as_complex'],
  infer({ self }) {
    if (isComplex(self.dtype)) fail('TypeError', 'view_as_complex is not supported for complex tensors');
    if (!isHalf(self.dtype))
      fail(
        'NotImplementedError',
        `view_as_complex is only supported for half, float and double tensors, but got a tensor of scalar type: ${sentenceName(self.dtype)}`,
      );
    if (!self.shape.length) fail('RuntimeError', 'Input tensor must have one or more dimensions');
    if (self.shape.at(-1)?.size !== 2) fail('RuntimeError', 'Tensor must have a last dimension of size 2', ...self.shape.slice(-1));
    const strides = self.strides ?? unknown('view_as_complex of what lies in memory in a way that is not followed');
    if (strides.at(-1) !== 1) fail('RuntimeError', 'Tensor must have a last dimension with stride 1');
    if (strides.slice(0, -1).some(step => step % 2))
      fail('RuntimeError', 'Tensor must have a stride divisible by 2 for all but last dimension');
    return { shape: self.shape.slice(0, -1), dtype: complexOf(self.dtype), strides: strides.slice(0, -1).map(step => step / 2) };
  },
});
export const viewAsReal = operator('view_as_real(Tensor self)', {
  names: ['torch.view_as_real'],
  infer: ({ self }) =>
    isComplex(self.dtype)
      ? { shape: [...self.shape, 2], dtype: realOf(self.dtype), strides: self.strides && [...self.strides.map(step => step * 2), 1] }
      : fail('TypeError', 'view_as_real is only supported for complex tensors'),
});
export const real = operator('real(Tensor self)', {
  names: ['torch.real'],
  infer: ({ self }) => ({ shape: self.shape, dtype: realOf(self.dtype), strides: null }),
});
export const imag = operator('imag(Tensor self)', {
  names: ['torch.imag'],
  infer: ({ self }) =>
    isComplex(self.dtype)
      ? { shape: self.shape, dtype: realOf(self.dtype), strides: null }
      : fail('TypeError', 'imag is not implemented for tensors with non-complex dtypes.'),
});
export const conj = operator('conj(Tensor self)', {
  names: ['torch.conj', 'Tensor.conj'],
  infer: ({ self }) => ({ shape: self.shape, dtype: self.dtype, strides: self.strides }),
});

/** Of two halves that must be alike. */
function paired(a: Tensor, b: Tensor): DType {
  if (!isHalf(a.dtype) || !isHalf(b.dtype))
    fail(
      'RuntimeError',
      `Expected both inputs to be Half, Float or Double tensors but got ${sentenceName(a.dtype)} and ${sentenceName(b.dtype)}`,
    );
  if (a.dtype !== b.dtype)
    fail(
      'RuntimeError',
      `Expected object of scalar type ${sentenceName(a.dtype)} but got scalar type ${sentenceName(b.dtype)} for second argument`,
    );
  return complexOf(a.dtype);
}
export const complex = operator('complex(Tensor real, Tensor imag, *, Tensor? out=None)', {
  names: ['torch.complex'],
  infer: ({ real: a, imag: b }) => ({ dtype: paired(a, b), shape: broadcast(a.shape, b.shape) }),
});
export const polar = operator('polar(Tensor abs, Tensor angle, *, Tensor? out=None)', {
  names: ['torch.polar'],
  infer: ({ abs, angle }) => ({ dtype: paired(abs, angle), shape: broadcast(abs.shape, angle.shape) }),
});

type Kind = 'fft' | 'ifft' | 'rfft' | 'irfft';

/** What is transformed, and to what size each: `s` of -1 leaves a size as it is. */
interface Asked {
  readonly dims: readonly number[];
  readonly sizes: readonly (Dim | null)[];
}
function within(dims: readonly number[], rank: number): readonly number[] {
  return dims.map(d => (rank ? axis(d, rank) : fail('IndexError', `Dimension specified as ${d} but tensor has no dimensions`)));
}
function several(self: Tensor, dim: readonly number[] | null, s: readonly Dim[] | null): Asked {
  const rank = self.shape.length;
  if (dim) {
    const dims = within(dim, rank);
    if (new Set(dims).size !== dims.length) fail('RuntimeError', 'FFT dims must be unique');
    if (s && s.length !== dim.length) fail('RuntimeError', 'When given, dim and shape arguments must have the same length');
    return { dims, sizes: dims.map((_, i) => kept(s?.[i])) };
  }
  if (s && s.length > rank) fail('RuntimeError', `Got shape with ${s.length} values but input tensor only has ${rank} dimensions.`);
  const many = s?.length ?? rank;
  return { dims: Array.from({ length: many }, (_, i) => rank - many + i), sizes: Array.from({ length: many }, (_, i) => kept(s?.[i])) };
}
const kept = (size: Dim | undefined): Dim | null => (size === undefined || size.size === -1 ? null : size);

function transformed(kind: Kind, called: string, self: Tensor, asked: (self: Tensor) => Asked, norm: string | null) {
  const oneWay = kind === 'rfft' || kind === 'irfft';
  if (kind === 'rfft' && isComplex(self.dtype))
    fail(
      'TypeError',
      called === 'rfft'
        ? `rfft expects a real input tensor, but got ${sentenceName(self.dtype)}`
        : `rfftn expects a real-valued input tensor, but got ${sentenceName(self.dtype)}`,
    );
  const dtype = isIntegral(self.dtype) ? 'float32' : self.dtype;
  if (dtype === 'float16' || dtype === 'bfloat16' || dtype === 'complex32')
    fail('NotImplementedError', `Unsupported dtype ${sentenceName(dtype)}`);
  const { dims, sizes } = asked(self);
  const last = dims.at(-1);
  if (oneWay && last === undefined) fail('RuntimeError', `${kind}n must transform at least one axis`);
  const given = dims.reduce((shape, d, i) => (sizes[i] ? shape.with(d, sizes[i]) : shape), [...self.shape]);
  let shape = given;
  if (oneWay && last !== undefined) {
    const own = given[last] ?? part(1),
      size = sizes.at(-1);
    shape = given.with(
      last,
      kind === 'rfft' ? own : size ? own : part(2 * (own.size - 1), own), // back from half a spectrum
    );
  }
  for (const d of dims)
    if ((shape[d]?.size ?? 1) < 1)
      fail('RuntimeError', `Invalid number of data points (${shape[d]?.size}) specified`, ...shape.slice(d, d + 1));
  if (norm !== null && !['backward', 'forward', 'ortho'].includes(norm)) fail('RuntimeError', `Invalid normalization mode: "${norm}"`);
  if (dims.length && !count(shape)) return unknown('a spectrum of nothing');
  if (kind === 'rfft' && last !== undefined) {
    const own = shape[last] ?? part(1);
    shape = shape.with(last, part(Math.floor(own.size / 2) + 1, own));
  }
  return { shape, dtype: kind === 'irfft' ? realOf(dtype) : isComplex(dtype) ? dtype : complexOf(dtype) };
}

const alongOne = (kind: Kind): Operator =>
  forms<'f(Tensor self, SymInt? n=None, int dim=-1, str? norm=None)'>(
    [`fft_${kind}(Tensor self, SymInt? n=None, int dim=-1, str? norm=None, *, Tensor? out=None)`],
    {
      names: [`torch.fft.${kind}`],
      // A size of -1 is none here.
      infer: ({ self, n, dim, norm }) => transformed(kind, kind, self, x => ({ dims: within([dim], x.shape.length), sizes: [n] }), norm),
    },
  );
const alongSeveral = (kind: Kind, two: boolean): Operator =>
  forms<'f(Tensor self, SymInt[1]? s=None, int[1]? dim=None, str? norm=None)'>(
    [
      two
        ? `fft_${kind}2(Tensor self, SymInt[1]? s=None, int[1] dim=[-2,-1], str? norm=None, *, Tensor? out=None)`
        : `fft_${kind}n(Tensor self, SymInt[1]? s=None, int[1]? dim=None, str? norm=None, *, Tensor? out=None)`,
    ],
    {
      names: [`torch.fft.${kind}${two ? '2' : 'n'}`],
      infer: ({ self, s, dim, norm }) => transformed(kind, `${kind}n`, self, x => several(x, dim, s), norm),
    },
  );
const shifted = (name: 'fftshift' | 'ifftshift'): Operator =>
  forms<'f(Tensor self, int[1]? dim=None)'>([`fft_${name}(Tensor self, int[1]? dim=None)`], {
    names: [`torch.fft.${name}`],
    infer({ self, dim }) {
      if (!(dim ?? self.shape).length) fail('RuntimeError', '`shifts` required');
      within(dim ?? [], self.shape.length);
      return { shape: self.shape, dtype: self.dtype };
    },
  });
const frequencies = (name: 'fftfreq' | 'rfftfreq'): Operator =>
  forms<'f(int n, float d=1.0, *, dtype? dtype=None)'>(
    [
      `fft_${name}(int n, float d=1.0, *, Tensor? out=None, dtype? dtype=None, layout? layout=torch.strided, device? device=None, bool? requires_grad=False)`,
    ],
    {
      names: [`torch.fft.${name}`],
      infer({ n, dtype }) {
        const type = dtype ?? 'float32';
        if (category(type) < 2) fail('RuntimeError', `${name} requires a floating point or complex dtype`);
        if (!isFloating(type)) return unknown(`${name} of ${type}`);
        if (name === 'fftfreq' && n < 0) fail('RuntimeError', `Trying to create tensor with negative dimension ${n}: [${n}]`);
        return { shape: [name === 'fftfreq' ? n : Math.trunc(n / 2) + 1], dtype: type };
      },
    },
  );

const KINDS: readonly Kind[] = ['fft', 'ifft', 'rfft', 'irfft'];
export const SPECTRA: readonly Operator[] = [
  ...KINDS.flatMap(kind => [alongOne(kind), alongSeveral(kind, true), alongSeveral(kind, false)]),
  shifted('fftshift'),
  shifted('ifftshift'),
  frequencies('fftfreq'),
  frequencies('rfftfreq'),
];

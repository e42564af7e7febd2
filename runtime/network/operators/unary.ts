/** Functions of one number, element by element. */
import { made } from '../constant.ts';
import { type DType, isComplex, isFloating, isIntegral, sentenceName } from '../dtype.ts';
import { fail, unknown } from '../fault.ts';
import { preserved } from '../layout.ts';
import { type OnnxWriter, type Operator, operator } from '../operator.ts';
import { checkFormat, type Draft, type Tensor } from '../tensor.ts';

type Write = (x: Parameters<OnnxWriter['node']>[1][number], out: Tensor, to: OnnxWriter) => void;
interface Told {
  readonly fold?: (n: number) => number;
  readonly onnx?: string | Write;
  readonly also?: readonly string[];
}

const notFor = (kernel: string, type: DType): never =>
  fail('NotImplementedError', `"${kernel}" not implemented for '${sentenceName(type)}'`);
const of = (self: Tensor, dtype: DType, fold?: (n: number) => number): Draft => ({
  shape: self.shape,
  dtype,
  strides: preserved(self),
  values: fold && self.values ? made(self.values.length, dtype, i => fold(self.values?.[i] ?? 0)) : null,
});
const names = (called: string, also: readonly string[] = []): string[] => [called, ...also].flatMap(n => [`torch.${n}`, `Tensor.${n}`]);
const writing = (told: Told) =>
  told.onnx && {
    onnx: ({ self }: { self: Tensor }, [out]: readonly Tensor[], to: OnnxWriter): void => {
      if (!out) return;
      const x = to.cast(self, out.dtype);
      if (typeof told.onnx === 'string') to.node(told.onnx, [x], {}, out);
      else told.onnx?.(x, out, to);
    },
  };

/** Integers become floats. */
const real = (called: string, told: Told = {}, refuses: (t: DType) => void = () => {}): Operator =>
  operator(`${called}(Tensor self, *, Tensor? out=None)`, {
    names: names(called, told.also),
    infer({ self }) {
      refuses(self.dtype);
      return of(self, isIntegral(self.dtype) ? 'float32' : self.dtype, told.fold);
    },
    ...writing(told),
  });
/** The type stays. */
const same = (called: string, told: Told = {}, refuses: (t: DType) => void = () => {}): Operator =>
  operator(`${called}(Tensor self, *, Tensor? out=None)`, {
    names: names(called, told.also),
    infer({ self }) {
      refuses(self.dtype);
      return of(self, self.dtype, told.fold);
    },
    ...writing(told),
  });
const noComplex =
  (kernel: string) =>
  (t: DType): void => {
    if (isComplex(t)) notFor(kernel, t);
  };

/** Rounds floats, leaves integers. */
const rounded = (called: string, onnx: string | Write, fold: (n: number) => number): Operator => {
  const write: Write = typeof onnx === 'string' ? (x, out, to) => void to.node(onnx, [x], {}, out) : onnx;
  const written: Write = (x, out, to) => (isIntegral(out.dtype) ? void to.node('Identity', [x], {}, out) : write(x, out, to));
  return same(called, { fold, onnx: written }, t => {
    if (isComplex(t)) fail('NotImplementedError', `${called} is not supported for complex inputs`);
    if (t === 'bool') notFor(`${called}_vml_cpu`, t);
  });
};

const truth = (called: string, fold: (n: number) => number, onnx?: Write): Operator =>
  operator(`${called}(Tensor self)`, {
    names: names(called),
    infer: ({ self }) => of(self, 'bool', fold),
    ...(onnx && {
      onnx: ({ self }: { self: Tensor }, [out]: readonly Tensor[], to: OnnxWriter): void => {
        if (out) onnx(self, out, to);
      },
    }),
  });

const half = (n: number): number => {
  const r = Math.round(n);
  return Math.abs(n % 1) === 0.5 && r % 2 !== 0 ? r - 1 : r;
};

export const abs = operator('abs(Tensor self, *, Tensor? out=None)', {
  names: ['torch.abs', 'Tensor.abs', 'torch.absolute', 'Tensor.absolute', 'Tensor.__abs__'],
  infer: ({ self }) =>
    self.dtype === 'bool'
      ? notFor('abs_cpu', self.dtype)
      : of(self, self.dtype === 'complex64' ? 'float32' : self.dtype === 'complex128' ? 'float64' : self.dtype, Math.abs),
  onnx: ({ self }, [out], to) => void to.node('Abs', [self], {}, out),
});

export const round = operator(['round(Tensor self, *, Tensor? out=None)', 'round(Tensor self, *, int decimals, Tensor? out=None)'], {
  names: names('round'),
  infer(args) {
    const { self } = args;
    if (isComplex(self.dtype) && !('decimals' in args)) notFor('round_vml_cpu', self.dtype);
    if ('decimals' in args) return isFloating(self.dtype) ? of(self, self.dtype) : unknown('round to decimals of integers');
    if (self.dtype === 'bool') notFor('round_vml_cpu', self.dtype);
    return of(self, self.dtype, half);
  },
  onnx: (args, [out], to) => ('decimals' in args ? unknown('writing round to decimals') : void to.node('Round', [args.self], {}, out)),
});

export const clone = operator('clone(Tensor self, *, memory_format? memory_format=None)', {
  names: ['torch.clone', 'Tensor.clone'],
  infer({ self, memory_format }) {
    checkFormat(memory_format, self.shape);
    return {
      shape: self.shape,
      dtype: self.dtype,
      values: self.values,
      ...(memory_format === null || memory_format === 'preserve_format'
        ? { strides: preserved(self) }
        : memory_format === 'contiguous_format'
          ? {}
          : { strides: null }),
    };
  },
  onnx: ({ self }, [out], to) => void to.node('Identity', [self], {}, out),
});
export const detach = operator('detach(Tensor self)', {
  names: ['torch.detach', 'Tensor.detach'],
  view: true,
  infer: ({ self }) => of(self, self.dtype, n => n),
  onnx: ({ self }, [out], to) => void to.node('Identity', [self], {}, out),
});
/** `x.to(dtype)`, where it has another type. */
export const toDtype = operator('_to_dtype(Tensor self, dtype dtype)', {
  names: ['torch._to_dtype'],
  infer: ({ self, dtype }) => of(self, dtype, isIntegral(dtype) && dtype !== 'bool' ? Math.trunc : n => n),
  onnx: ({ self }, [out], to) => void (out && to.node('Identity', [to.cast(self, out.dtype)], {}, out)),
});

export const nanToNum = operator('nan_to_num(Tensor self, float? nan=None, float? posinf=None, float? neginf=None, *, Tensor? out=None)', {
  names: names('nan_to_num'),
  infer: ({ self }) => of(self, self.dtype),
});

export const UNARY: readonly Operator[] = [
  ...(
    [
      ['exp', Math.exp, 'Exp'],
      ['log', Math.log, 'Log'],
      ['sqrt', Math.sqrt, 'Sqrt'],
      ['sin', Math.sin, 'Sin'],
      ['cos', Math.cos, 'Cos'],
      ['tan', Math.tan, 'Tan'],
      ['asin', Math.asin, 'Asin'],
      ['acos', Math.acos, 'Acos'],
      ['atan', Math.atan, 'Atan'],
      ['sinh', Math.sinh, 'Sinh'],
      ['cosh', Math.cosh, 'Cosh'],
      ['asinh', Math.asinh, 'Asinh'],
      ['acosh', Math.acosh, 'Acosh'],
      ['atanh', Math.atanh, 'Atanh'],
      ['tanh', Math.tanh, 'Tanh'],
      ['reciprocal', (n: number) => 1 / n, 'Reciprocal'],
    ] as const
  ).map(([n, fold, onnx]) => real(n, { fold, onnx })),
  real('rsqrt', { fold: n => 1 / Math.sqrt(n), onnx: (x, out, to) => void to.node('Reciprocal', [to.node('Sqrt', [x])], {}, out) }),
  ...(['log2', 'log10', 'log1p', 'expm1'] as const).map(n => real(n, { fold: Math[n] })),
  real('exp2', { fold: n => 2 ** n }),
  real('erf', { onnx: 'Erf' }, noComplex('erf_vml_cpu')),
  real('erfinv', {}, noComplex('erfinv_vml_cpu')),
  real('erfc', {}, noComplex('erfc_vml_cpu')),
  real('digamma', {}, noComplex('digamma')),
  real('lgamma', {}, noComplex('lgamma_vml_cpu')),
  real('deg2rad', {}, t => {
    if (isComplex(t)) fail('NotImplementedError', 'deg2rad is not supported for complex tensors.');
  }),
  real('rad2deg', {}, t => {
    if (isComplex(t)) fail('NotImplementedError', 'rad2deg is not supported for complex tensors.');
  }),
  same('neg', { fold: n => -n + 0, onnx: 'Neg', also: ['negative'] }, t => {
    if (t === 'bool')
      fail(
        'NotImplementedError',
        'Negation, the `-` operator, on a bool tensor is not supported. If you are trying to invert a mask, use the `~` or `logical_not()` operator instead.',
      );
  }),
  same('sign', { fold: Math.sign, onnx: 'Sign' }, t => {
    if (isComplex(t))
      fail('NotImplementedError', 'Unlike NumPy, torch.sign is not intended to support complex numbers. Please use torch.sgn instead.');
  }),
  same('sgn', { fold: Math.sign }),
  operator('square(Tensor self, *, Tensor? out=None)', {
    names: names('square'),
    infer: ({ self }) => of(self, self.dtype === 'bool' ? 'int64' : self.dtype, n => n * n),
    onnx: ({ self }, [out], to) => void (out && to.node('Mul', [to.cast(self, out.dtype), to.cast(self, out.dtype)], {}, out)),
  }),
  same('frac', { fold: n => n % 1 }, t => {
    if (!isFloating(t)) notFor('frac_cpu', t);
  }),
  rounded('floor', 'Floor', Math.floor),
  rounded('ceil', 'Ceil', Math.ceil),
  rounded(
    'trunc',
    (x, out, to) => void to.node('Mul', [to.node('Sign', [x]), to.node('Floor', [to.node('Abs', [x])])], {}, out),
    Math.trunc,
  ),
  operator('positive(Tensor self)', {
    names: names('positive'),
    infer({ self }) {
      if (self.dtype === 'bool') fail('NotImplementedError', 'The `+` operator, on a bool tensor is not supported.');
      return of(self, self.dtype, n => n);
    },
    onnx: ({ self }, [out], to) => void to.node('Identity', [self], {}, out),
  }),
  operator('bitwise_not(Tensor self, *, Tensor? out=None)', {
    names: names('bitwise_not'),
    infer({ self }) {
      if (!isIntegral(self.dtype)) notFor('bitwise_not_cpu', self.dtype);
      return of(self, self.dtype, n => (self.dtype === 'bool' ? 1 - n : -n - 1));
    },
    onnx: ({ self }, [out], to) => (self.dtype === 'bool' ? void to.node('Not', [self], {}, out) : unknown('writing bits of numbers')),
  }),
  operator('logical_not(Tensor self, *, Tensor? out=None)', {
    names: names('logical_not'),
    infer: ({ self }) => of(self, 'bool', n => Number(n === 0)),
    onnx: ({ self }, [out], to) => void to.node('Not', [to.cast(self, 'bool')], {}, out),
  }),
  truth(
    'isnan',
    n => Number(Number.isNaN(n)),
    (x, out, to) => void to.node('IsNaN', [x], {}, out),
  ),
  truth(
    'isinf',
    n => Number(Math.abs(n) === Infinity),
    (x, out, to) => void to.node('IsInf', [x], {}, out),
  ),
  truth('isfinite', n => Number(Number.isFinite(n))),
];

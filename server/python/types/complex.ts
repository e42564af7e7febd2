/** complex: enough to be held, shown, compared and reckoned with. */
import { raise } from '../exception.ts';
import { methods } from '../native.ts';
import { abilities, typeName } from '../operate.ts';
import { plain } from '../origin.ts';
import { nativeType, type Type } from '../type.ts';
import { Obj, type Value } from '../value.ts';
import { complexPower } from './complex-power.ts';
import { atan2, cos, exp, ln, raised, sin } from './exact-functions.ts';
import { Float, floatText } from './float.ts';
import { integerOf } from './int.ts';
import { floatFrom } from './number-text.ts';
import { trim } from './whitespace.ts';

export class Complex extends Obj {
  readonly real: number;
  readonly imaginary: number;
  constructor(real: number, imaginary: number, type: Type = COMPLEX) {
    super(type);
    this.real = real;
    this.imaginary = imaginary;
  }
}
const short = (x: number): string => floatText(x).replace(/\.0$/, '');
const complexOf = (v: Value): Complex | undefined => {
  if (v instanceof Complex) return v;
  const n = integerOf(v),
    f = plain(v);
  return f instanceof Float ? new Complex(f.value, 0) : n === undefined ? undefined : new Complex(Number(n), 0);
};

/** Also what is no number by itself and says which it is. */
function asked(v: Value): Complex | undefined {
  const own = complexOf(v);
  if (own) return own;
  const { complex, float, index } = abilities(v);
  if (complex) {
    const made = complex(v);
    if (!(made instanceof Complex)) throw raise('TypeError', `__complex__ returned non-complex (type ${typeName(made)})`);
    return made;
  }
  return float ? new Complex(float(v), 0) : index ? new Complex(Number(index(v)), 0) : undefined;
}
function read(text: string): Complex {
  const number = '(?:\\d[\\d_]*\\.?[\\d_]*|\\.\\d[\\d_]*)(?:e[+-]?\\d[\\d_]*)?|inf(?:inity)?|nan',
    bare = trim(text).replace(/^\(\s*([\s\S]*?)\s*\)$/, '$1');
  const found = new RegExp(`^([+-]?(?:${number}))?(?:([+-]?(?:${number})?)j)?$`, 'i').exec(bare),
    both = new RegExp(`^([+-]?(?:${number}))([+-](?:${number})?)j$`, 'i').exec(bare),
    only = new RegExp(`^([+-]?(?:${number})?)j$`, 'i').exec(bare);
  const n = (t: string): number => floatFrom([t === '' || t === '+' ? '1' : t === '-' ? '-1' : t]);
  if (both) return new Complex(n(both[1] ?? ''), n(both[2] ?? ''));
  if (only) return new Complex(0, n(only[1] ?? ''));
  if (found?.[1] !== undefined && found[2] === undefined) return new Complex(n(found[1]), 0);
  throw raise('ValueError', 'complex() arg is a malformed string');
}
/** As C does it, so that the last bit is the same. */
function quotient(a: Complex, b: Complex, byZero: string): Complex {
  const x = Math.abs(b.real),
    y = Math.abs(b.imaginary);
  if (x === 0 && y === 0) throw raise('ZeroDivisionError', byZero);
  if (x >= y) {
    const ratio = b.imaginary / b.real,
      under = b.real + b.imaginary * ratio;
    return new Complex((a.real + a.imaginary * ratio) / under, (a.imaginary - a.real * ratio) / under);
  }
  const ratio = b.real / b.imaginary,
    under = b.real * ratio + b.imaginary;
  return new Complex((a.real * ratio + a.imaginary) / under, (a.imaginary * ratio - a.real) / under);
}
const product = (a: Complex, b: Complex): Complex =>
  new Complex(a.real * b.real - a.imaginary * b.imaginary, a.real * b.imaginary + a.imaginary * b.real);
function finite(result: Complex, ...given: readonly Complex[]): Complex {
  const ends = (z: Complex): boolean => Number.isFinite(z.real) && Number.isFinite(z.imaginary);
  if ((Math.abs(result.real) === Infinity || Math.abs(result.imaginary) === Infinity) && given.every(ends))
    throw raise('OverflowError', 'complex exponentiation');
  return result;
}
export function power(a: Complex, b: Complex): Complex {
  if (b.imaginary === 0 && Number.isInteger(b.real) && Math.abs(b.real) <= 100) {
    const n = Math.abs(b.real);
    let result = new Complex(1, 0);
    for (let mask = 1, square = a; mask <= n; mask *= 2, square = product(square, square)) if (n & mask) result = product(result, square);
    return finite(b.real < 0 ? quotient(new Complex(1, 0), result, '0.0 to a negative or complex power') : result, a, b);
  }
  if (a.real === 0 && a.imaginary === 0) {
    if (b.imaginary !== 0 || b.real < 0) throw raise('ZeroDivisionError', '0.0 to a negative or complex power');
    return new Complex(0, 0);
  }
  const size = Math.hypot(a.real, a.imaginary),
    angle = atan2(a.imaginary, a.real);
  let length = raised(size, b.real),
    phase = angle * b.real;
  if (b.imaginary !== 0) {
    length /= exp(angle * b.imaginary);
    phase += b.imaginary * ln(size);
  }
  return finite(new Complex(length * cos(phase), length * sin(phase)), a, b);
}

export const COMPLEX: Type = nativeType<Complex>(
  'complex',
  {
    repr: self =>
      self.real === 0 && !Object.is(self.real, -0)
        ? `${short(self.imaginary)}j`
        : `(${short(self.real)}${self.imaginary < 0 || Object.is(self.imaginary, -0) ? '' : '+'}${short(self.imaginary)}j)`,
    truth: self => self.real !== 0 || self.imaginary !== 0,
    hash: self => (self.imaginary === 0 ? self.real : `\0c${self.real},${self.imaginary}`),
    unary: (self, operator) => (operator === '-' ? new Complex(-self.real, -self.imaginary) : operator === '+' ? self : undefined),
    binary(self, operator, other, reflected) {
      const o = complexOf(other);
      if (!o) return undefined;
      const [a, b] = reflected ? [o, self] : [self, o];
      switch (operator) {
        case '+':
          return new Complex(a.real + b.real, a.imaginary + b.imaginary);
        case '-':
          return new Complex(a.real - b.real, a.imaginary - b.imaginary);
        case '*':
          return new Complex(a.real * b.real - a.imaginary * b.imaginary, a.real * b.imaginary + a.imaginary * b.real);
        case '/':
          return quotient(a, b, 'complex division by zero');
        case '**':
          return power(a, b);
        default:
          return undefined;
      }
    },
    compare(self, operator, other) {
      const n = integerOf(other);
      if (n !== undefined && (operator === '==' || operator === '!='))
        // Exact, whatever its size.
        // biome-ignore lint/suspicious/noDoubleEquals: across number and bigint
        return (self.imaginary === 0 && self.real == n) === (operator === '==');
      const o = complexOf(other);
      if (!o || (operator !== '==' && operator !== '!=')) return undefined;
      return (self.real === o.real && self.imaginary === o.imaginary) === (operator === '==');
    },
  },
  {
    make: (type, args, named) => {
      for (const name of named?.keys() ?? [])
        if (name !== 'real' && name !== 'imag') throw raise('TypeError', `'${name}' is an invalid keyword argument for complex()`);
      const count = args.length + (named?.size ?? 0);
      if (count > 2) throw raise('TypeError', `complex() takes at most 2 arguments (${count} given)`);
      const first = args[0] === undefined ? named?.get('real') : args[0],
        real = first === undefined ? 0 : first,
        imaginary = args[1] === undefined ? named?.get('imag') : args[1],
        text = plain(real);
      if (typeof text === 'string') {
        if (imaginary !== undefined) throw raise('TypeError', "complex() can't take second arg if first is a string");
        const told = read(text);
        return type === COMPLEX ? told : new Complex(told.real, told.imaginary, type);
      }
      if (typeof plain(imaginary ?? null) === 'string') throw raise('TypeError', "complex() second arg can't be a string");
      const a = asked(real),
        b = imaginary === undefined ? new Complex(0, 0) : asked(imaginary),
        whole = plain(real) instanceof Complex,
        other = plain(imaginary ?? null) instanceof Complex;
      if (!a) throw raise('TypeError', `complex() first argument must be a string or a number, not '${typeName(real)}'`);
      if (!b) throw raise('TypeError', `complex() second argument must be a number, not '${typeName(imaginary ?? null)}'`);
      if (type === COMPLEX && real instanceof Complex && real.type === COMPLEX && imaginary === undefined) return real;
      const down = other ? a.real - b.imaginary : a.real,
        up = imaginary === undefined ? a.imaginary : whole ? a.imaginary + b.real : b.real;
      return new Complex(down, up, type);
    },
  },
);
complexPower.of = (a, b) => power(new Complex(a, 0), new Complex(b, 0));
methods<Complex>(COMPLEX, {
  'conjugate()': self => new Complex(self.real, -self.imaginary),
  '__abs__()': self => {
    const size = Math.hypot(self.real, self.imaginary);
    if (!Number.isFinite(size) && Number.isFinite(self.real) && Number.isFinite(self.imaginary))
      throw raise('OverflowError', 'absolute value too large');
    return new Float(size);
  },
  '__complex__()': self => (self.type === COMPLEX ? self : new Complex(self.real, self.imaginary)),
  '__neg__()': self => new Complex(-self.real, -self.imaginary),
  '__pos__()': self => self,
});

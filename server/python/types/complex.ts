/** complex: enough to be held, shown, compared and reckoned with. */
import { raise } from '../exception.ts';
import { methods } from '../native.ts';
import { abilities, typeName } from '../operate.ts';
import { plain } from '../origin.ts';
import { unknown } from '../stop.ts';
import { nativeType, type Type } from '../type.ts';
import { Obj, type Value } from '../value.ts';
import { Float, floatText } from './float.ts';
import { integerOf } from './int.ts';
import { floatFrom } from './number-text.ts';

export class Complex extends Obj {
  readonly real: number;
  readonly imaginary: number;
  constructor(real: number, imaginary: number) {
    super(COMPLEX);
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
  const number = '(?:\\d[\\d_]*\\.?[\\d_]*|\\.\\d[\\d_]*)(?:e[+-]?\\d+)?|inf(?:inity)?|nan',
    bare = text.trim().replace(/^\(\s*([\s\S]*?)\s*\)$/, '$1');
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
export function power(a: Complex, b: Complex): Complex {
  if (b.imaginary === 0 && Number.isInteger(b.real) && Math.abs(b.real) <= 100) {
    const n = Math.abs(b.real);
    let result = new Complex(1, 0);
    for (let mask = 1, square = a; mask <= n; mask *= 2, square = product(square, square)) if (n & mask) result = product(result, square);
    return b.real < 0 ? quotient(new Complex(1, 0), result, '0.0 to a negative or complex power') : result;
  }
  if (a.real === 0 && a.imaginary === 0) {
    if (b.imaginary !== 0 || b.real < 0) throw raise('ZeroDivisionError', '0.0 to a negative or complex power');
    return new Complex(0, 0);
  }
  const size = Math.hypot(a.real, a.imaginary),
    angle = Math.atan2(a.imaginary, a.real);
  let length = size ** b.real,
    phase = angle * b.real;
  if (b.imaginary !== 0) {
    length *= Math.exp(-angle * b.imaginary);
    phase += b.imaginary * Math.log(size);
  }
  return new Complex(length * Math.cos(phase), length * Math.sin(phase));
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
        case '//':
          throw raise(
            'TypeError',
            `unsupported operand type(s) for //: '${reflected ? typeName(other) : 'complex'}' and '${reflected ? 'complex' : typeName(other)}'`,
          );
        default:
          return undefined;
      }
    },
    compare(self, operator, other) {
      const o = complexOf(other);
      if (!o || (operator !== '==' && operator !== '!=')) return undefined;
      return (self.real === o.real && self.imaginary === o.imaginary) === (operator === '==');
    },
    attribute: (self, name) => (name === 'real' ? new Float(self.real) : name === 'imag' ? new Float(self.imaginary) : undefined),
  },
  {
    make: (_, [real = 0, imaginary = 0], named) => {
      if (named?.size) return unknown('complex() by names');
      const text = plain(real);
      if (typeof text === 'string') return read(text);
      const a = asked(real),
        b = asked(imaginary);
      if (!a) throw raise('TypeError', `complex() first argument must be a string or a number, not '${typeName(real)}'`);
      if (!b) throw raise('TypeError', `complex() second argument must be a number, not '${typeName(imaginary)}'`);
      return new Complex(a.real - b.imaginary, a.imaginary + b.real);
    },
  },
);
methods<Complex>(COMPLEX, {
  'conjugate()': self => new Complex(self.real, -self.imaginary),
  '__abs__()': self => new Float(Math.hypot(self.real, self.imaginary)),
});

/** `'…' % values`, of texts and of bytes. */
import { exceptionType, Raised, raise } from './exception.ts';
import { asciiText, floatFormatted, integerText, pad, type Spec } from './format.ts';
import { meter } from './meter.ts';
import { abilities, asSize, getItem, repr, str, typeName } from './operate.ts';
import { plain } from './origin.ts';
import { Float, floatText } from './types/float.ts';
import { Tuple } from './types/tuple.ts';
import { Texts, Unseen } from './unseen.ts';
import type { Value } from './value.ts';

/** How `%s` and its like write a value. */
export interface Writes {
  readonly isText: (v: Value) => boolean;
  readonly text: (v: Value, code: string) => string;
  readonly character: (v: Value) => string;
  /** A name in parentheses, as what is looked up. */
  readonly key: (name: string) => Value;
}
const TEXTS: Writes = {
  key: name => name,
  isText: v => typeof plain(v) === 'string',
  text: (v, code) => (code === 's' ? str(v) : code === 'r' ? repr(v) : asciiText(repr(v))),
  character(v) {
    const c = plain(v);
    if (typeof c === 'number' || typeof c === 'boolean') {
      if (Number(c) < 0 || Number(c) > 0x10ffff) throw raise('OverflowError', '%c arg not in range(0x110000)');
      return String.fromCodePoint(Number(c));
    }
    if (typeof c !== 'string' || [...c].length !== 1) throw raise('TypeError', '%c requires int or char');
    return c;
  },
};

export function percent(template: string, values: Value, writes: Writes = TEXTS): string {
  const given = values instanceof Tuple ? values.items : [values],
    // A scalar that is not known is a number or a text, and none that is looked into.
    isOne = values instanceof Tuple || values instanceof Unseen || writes.isText(values),
    mapping = isOne || !abilities(values).item ? null : values;
  const texts = new Texts();
  let used = 0,
    out = '';
  const next = (): Value => {
    const v = given[used++];
    if (v === undefined) throw raise('TypeError', 'not enough arguments for format string');
    return v;
  };
  for (let i = 0; i < template.length; ) {
    const at = template.indexOf('%', i);
    if (at < 0) {
      out += template.slice(i);
      break;
    }
    out += template.slice(i, at);
    i = at + 1;
    let key: string | null = null;
    if (template[i] === '(') {
      const start = i + 1;
      let depth = 1;
      while (depth > 0 && ++i < template.length) depth += template[i] === '(' ? 1 : template[i] === ')' ? -1 : 0;
      if (depth > 0) throw raise('ValueError', 'incomplete format key');
      if (!mapping) throw raise('TypeError', 'format requires a mapping');
      key = template.slice(start, i++);
    }
    const first = i;
    let flags = '';
    while (i < template.length && '-+ 0#'.includes(template[i] ?? '')) flags += template[i++];
    const number = (): number | null => {
      if (template[i] === '*') {
        i++;
        const v = next();
        if (!['number', 'bigint', 'boolean'].includes(typeof plain(v))) throw raise('TypeError', '* wants int');
        return asSize(v);
      }
      const [digits = ''] = /^\d*/.exec(template.slice(i)) ?? [];
      i += digits.length;
      return digits ? Number(digits) : null;
    };
    const width = number() ?? 0;
    let precision: number | null = null;
    if (template[i] === '.') {
      i++;
      precision = Math.max(0, number() ?? 0);
    }
    meter.allocate(Math.max(Math.abs(width), precision ?? 0), 1);
    if ('hlL'.includes(template[i] ?? 'x')) i++;
    const code = template[i++];
    if (code === undefined) throw raise('ValueError', 'incomplete format');
    if (code === '%' && i === first + 1 && key === null) {
      out += '%';
      continue;
    }
    const left = flags.includes('-') || width < 0,
      zero = flags.includes('0') && !left && !'srac'.includes(code);
    const spec: Spec = {
      fill: zero ? '0' : ' ',
      align: left ? '<' : zero ? '=' : '>',
      sign: flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '',
      alternate: flags.includes('#'),
      positiveZero: false,
      width: Math.abs(width),
      grouping: '',
      precision,
      type: code,
      zeroed: zero,
    };
    const value = key === null ? next() : getItem(mapping, writes.key(key));
    if (key !== null) used = given.length;
    const place = i - 1;
    out += texts.text(() => one(value, code, spec, writes, place));
  }
  if (used < given.length && !mapping)
    throw raise('TypeError', `not all arguments converted during ${writes === TEXTS ? 'string' : 'bytes'} formatting`);
  return texts.whole(out);
}

function one(value: Value, code: string, s: Spec, writes: Writes, at: number): string {
  switch (code) {
    case 's':
    case 'r':
    case 'a':
    case 'b': {
      if (code === 'b' && writes === TEXTS) break;
      const text = writes.text(value, code);
      return pad(s.precision === null ? text : [...text].slice(0, s.precision).join(''), s, '>');
    }
    case 'c':
      return pad(writes.character(value), s, '>');
    case 'd':
    case 'i':
    case 'u':
    case 'o':
    case 'x':
    case 'X':
      return digits(integer(value, code), code, s, value);
    case 'e':
    case 'E':
    case 'f':
    case 'F':
    case 'g':
    case 'G': {
      const v = plain(value),
        { float, index } = abilities(value);
      const x = v instanceof Float ? v.value : float ? float(value) : index ? Number(index(value)) : null;
      if (x === null)
        throw raise(
          'TypeError',
          writes === TEXTS ? `must be real number, not ${typeName(value)}` : `float argument required, not ${typeName(value)}`,
        );
      return floatFormatted(x, { ...s, precision: s.precision ?? 6 }, value);
    }
  }
  throw raise('ValueError', `unsupported format character '${code}' (0x${(code.codePointAt(0) ?? 0).toString(16)}) at index ${at}`);
}

function integer(value: Value, code: string): number | bigint {
  const v = plain(value),
    decimal = 'diu'.includes(code);
  if (typeof v === 'number' || typeof v === 'bigint') return v;
  if (typeof v === 'boolean') return Number(v);
  if (v instanceof Float && decimal) {
    if (Number.isNaN(v.value)) throw raise('ValueError', 'cannot convert float NaN to integer');
    if (!Number.isFinite(v.value)) throw raise('OverflowError', 'cannot convert float infinity to integer');
    const whole = Math.trunc(v.value) + 0;
    return Number.isSafeInteger(whole) ? whole : BigInt(floatText(whole).includes('e') ? whole : whole);
  }
  const { index, int } = abilities(value),
    // As `int()` does, and for octal and hexadecimal numbers `operator.index`.
    read = decimal ? (int ?? index) : index;
  const required = `%${code} format: ${decimal ? 'a real number' : 'an integer'} is required, not ${typeName(value)}`;
  if (!read || typeof v === 'string') throw raise('TypeError', required);
  try {
    return read(value);
  } catch (e) {
    // What is no number after all.
    throw e instanceof Raised && e.exception.type.isA(exceptionType('TypeError')) ? raise('TypeError', required) : e;
  }
}
/** A precision is the fewest digits. */
function digits(n: number | bigint, code: string, s: Spec, value: Value): string {
  const type = 'diu'.includes(code) ? 'd' : code;
  if (s.precision === null) return integerText(n, { ...s, type }, value);
  const bare: Spec = { ...s, type, precision: null, width: 0, alternate: false, sign: '' },
    size = integerText(n < 0 ? -n : n, bare, value).padStart(s.precision, '0');
  const sign = n < 0 ? '-' : s.sign,
    prefix = s.alternate && type !== 'd' ? `0${code}` : '';
  return pad(sign + prefix + size, s, '>');
}

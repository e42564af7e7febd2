/** Exceptions that know more than their arguments: of the system, of imports, names, encodings and syntax. */
import { classOf, EXCEPTIONS, Exception, exceptionType, raise } from '../exception.ts';
import { Native } from '../native-object.ts';
import { repr, str, typeName } from '../operate.ts';
import { plain } from '../origin.ts';
import { unknown } from '../stop.ts';
import type { Type } from '../type.ts';
import type { Named, Value } from '../value.ts';
import { bytesOf } from './bytes.ts';
import { integerOf } from './int.ts';
import { Tuple } from './tuple.ts';

type Details = Readonly<Record<string, Value>>;
/** What is told when one is made; `args` where these are not all that it was given. */
interface Told {
  readonly details: Details;
  readonly args?: readonly Value[];
}
const texts: (readonly [Type, (self: Exception) => string])[] = [];
function define(
  name: string,
  tell: (self: Exception, args: readonly Value[], named: Named | null) => Told,
  show?: (self: Exception) => string,
): void {
  const type = exceptionType(name);
  type.members.set(
    '__init__',
    new Native(
      '__init__',
      `${name}.__init__`,
      ([self, ...args], named) => {
        if (!(self instanceof Exception))
          throw raise('TypeError', `descriptor '__init__' requires a '${name}' object but received a '${typeName(self ?? null)}'`);
        const { details, args: kept = args } = tell(self, args, named);
        self.args = kept;
        self.details = new Map(Object.entries(details));
        return null;
      },
      true,
    ),
  );
  if (show) texts.push([type, show]);
}
/** What each says of itself. Called when all have what they have in common. */
export function showTexts(): void {
  for (const [type, show] of texts)
    for (const t of EXCEPTIONS.values())
      if (t.isA(type)) t.abilities = { ...t.abilities, str: v => (v instanceof Exception ? show(v) : '') };
}
const plainText = (self: Exception): string =>
  self.args.length === 1 ? str(self.args[0] ?? null) : self.args.length ? repr(new Tuple(self.args)) : '';
const detail = (self: Exception, name: string): Value => self.attributes.get(name) ?? self.details?.get(name) ?? null;

function noNames(self: Exception, named: Named | null): void {
  if (named?.size) throw raise('TypeError', `${typeName(self)}() takes no keyword arguments`);
}
/** Those that take some of these by name alone. */
function byName(owner: string, named: Named | null, names: readonly string[]): Details {
  for (const key of named?.keys() ?? [])
    if (!names.includes(key)) throw raise('TypeError', `'${key}' is an invalid keyword argument for ${owner}()`);
  return Object.fromEntries(names.map(n => [n, named?.get(n) ?? null]));
}

/** Linux's numbers. */
const BY_NUMBER: Readonly<Record<number, string>> = {
  1: 'PermissionError',
  2: 'FileNotFoundError',
  3: 'ProcessLookupError',
  4: 'InterruptedError',
  10: 'ChildProcessError',
  11: 'BlockingIOError',
  13: 'PermissionError',
  17: 'FileExistsError',
  20: 'NotADirectoryError',
  21: 'IsADirectoryError',
  32: 'BrokenPipeError',
  103: 'ConnectionAbortedError',
  104: 'ConnectionResetError',
  108: 'BrokenPipeError',
  110: 'TimeoutError',
  111: 'ConnectionRefusedError',
  114: 'BlockingIOError',
  115: 'BlockingIOError',
};
/** The class that `OSError(number, text)` makes one of. */
function systemError(type: Type, args: readonly Value[]): Type {
  const n = args.length >= 2 && args.length <= 5 && type === exceptionType('OSError') ? integerOf(args[0] ?? null) : undefined,
    name = n === undefined ? undefined : BY_NUMBER[Number(n)];
  return name === undefined ? type : exceptionType(name);
}
classOf.of = systemError;
define(
  'OSError',
  (self, args, named) => {
    noNames(self, named);
    if (args.length < 2 || args.length > 5) return { details: { errno: null, strerror: null, filename: null, filename2: null } };
    const [errno = null, strerror = null, filename = null, , filename2 = null] = args;
    return { details: { errno, strerror, filename, filename2 }, args: args.length > 2 && filename !== null ? args.slice(0, 2) : args };
  },
  self => {
    const [errno, strerror, filename, filename2] = ['errno', 'strerror', 'filename', 'filename2'].map(n => detail(self, n));
    if (filename !== null && filename !== undefined)
      return `[Errno ${str(errno ?? null)}] ${str(strerror ?? null)}: ${repr(filename)}${filename2 === null ? '' : ` -> ${repr(filename2 ?? null)}`}`;
    return errno !== null && strerror !== null ? `[Errno ${str(errno ?? null)}] ${str(strerror ?? null)}` : plainText(self);
  },
);
define(
  'ImportError',
  (_, args, named) => ({
    details: { msg: args.length === 1 ? (args[0] ?? null) : null, ...byName('ImportError', named, ['name', 'path']) },
  }),
  self => (typeof plain(detail(self, 'msg')) === 'string' ? String(plain(detail(self, 'msg'))) : plainText(self)),
);
define('AttributeError', (_, _args, named) => ({ details: byName('AttributeError', named, ['name', 'obj']) }));
define('NameError', (_, _args, named) => ({ details: byName('NameError', named, ['name']) }));
define('StopIteration', (self, args, named) => {
  noNames(self, named);
  return { details: { value: args[0] ?? null } };
});
define('SystemExit', (self, args, named) => {
  noNames(self, named);
  return { details: { code: args.length > 1 ? new Tuple(args) : (args[0] ?? null) } };
});

const unicodeNames = ['encoding', 'object', 'start', 'end', 'reason'];
for (const [name, translating] of [
  ['UnicodeDecodeError', false],
  ['UnicodeEncodeError', false],
  ['UnicodeTranslateError', true],
] as const) {
  const names = translating ? unicodeNames.slice(1) : unicodeNames;
  define(
    name,
    (self, args, named) => {
      noNames(self, named);
      if (args.length !== names.length) throw raise('TypeError', `function takes exactly ${names.length} arguments (${args.length} given)`);
      for (const [i, n] of names.entries()) {
        const v = args[i] ?? null,
          wanted = n === 'start' || n === 'end' ? 'int' : n === 'object' && name === 'UnicodeDecodeError' ? 'bytes' : 'str';
        const fits =
          wanted === 'int' ? integerOf(v) !== undefined : wanted === 'bytes' ? bytesOf(v) !== undefined : typeof plain(v) === 'string';
        if (fits) continue;
        throw raise(
          'TypeError',
          wanted === 'int'
            ? `'${typeName(v)}' object cannot be interpreted as an integer`
            : wanted === 'bytes'
              ? `a bytes-like object is required, not '${typeName(v)}'`
              : `argument ${i + 1} must be str, not ${typeName(v)}`,
        );
      }
      return { details: Object.fromEntries(names.map((n, i) => [n, args[i] ?? null])) };
    },
    unicodeText,
  );
}
function unicodeText(self: Exception): string {
  if (!self.details && self.args.length) return fromArguments(self);
  if (!self.details) return '';
  const [encoding, object, start, end, reason] = unicodeNames.map(n => detail(self, n)),
    from = Number(integerOf(start ?? null) ?? 0),
    to = Number(integerOf(end ?? null) ?? 0),
    decoding = self.type.isA(exceptionType('UnicodeDecodeError')),
    bytes = bytesOf(object ?? null),
    what = decoding ? 'byte' : 'character';
  const codec = encoding === null ? '' : `'${str(encoding ?? null)}' codec `,
    verb = decoding ? "can't decode" : encoding === null ? "can't translate" : "can't encode";
  const point = decoding ? bytes?.[from] : [...String(plain(object ?? null))][from]?.codePointAt(0),
    why = str(reason ?? null);
  if (to !== from + 1 || point === undefined) return `${codec}${verb} ${what}s in position ${from}-${to - 1}: ${why}`;
  const hex = point.toString(16),
    shown = decoding
      ? `0x${hex.padStart(2, '0')}`
      : `'\\${point < 256 ? `x${hex.padStart(2, '0')}` : point < 65536 ? `u${hex.padStart(4, '0')}` : `U${hex.padStart(8, '0')}`}'`;
  return `${codec}${verb} ${what} ${shown} in position ${from}: ${why}`;
}
/** One that we raised: it has arguments, and was not called to be made. */
function fromArguments(self: Exception): string {
  const names = self.args.length === 4 ? unicodeNames.slice(1) : unicodeNames;
  self.details = new Map(names.map((n, i) => [n, self.args[i] ?? null]));
  return unicodeText(self);
}

define(
  'SyntaxError',
  (self, args, named) => {
    noNames(self, named);
    const [msg = null, place] = args,
      names = ['filename', 'lineno', 'offset', 'text', 'end_lineno', 'end_offset'],
      told = place instanceof Tuple ? place.items : [];
    return { details: { msg, print_file_and_line: null, ...Object.fromEntries(names.map((n, i) => [n, told[i] ?? null])) } };
  },
  self => {
    const msg = self.details ? detail(self, 'msg') : (self.args[0] ?? null),
      file = detail(self, 'filename'),
      line = detail(self, 'lineno');
    const place = [typeof plain(file) === 'string' ? String(plain(file)).split('/').at(-1) : '', line === null ? '' : `line ${str(line)}`]
      .filter(Boolean)
      .join(', ');
    return `${str(msg)}${place ? ` (${place})` : ''}`;
  },
);

/** An attribute that its class has; also of one that we raised, which was not called to be made. */
export function detailOf(self: Exception, name: string): Value | undefined {
  const known = self.details?.get(name);
  // CPython tells an AttributeError of the program's own whose attribute it is, where it comes by.
  if (!known && self.traceback.length && (name === 'name' || name === 'obj') && self.type.isA(exceptionType('AttributeError')))
    return unknown(`AttributeError.${name}`);
  if (known !== undefined) return known;
  for (const [owner, names] of KNOWN) {
    const at = names.indexOf(name);
    if (at < 0 || !self.type.isA(exceptionType(owner))) continue;
    return owner.startsWith('Unicode') || owner === 'StopIteration' || owner === 'SystemExit' || name === 'msg'
      ? (self.args[at] ?? null)
      : null;
  }
  return undefined;
}
const KNOWN: readonly (readonly [string, readonly string[]])[] = [
  ['UnicodeDecodeError', unicodeNames],
  ['UnicodeEncodeError', unicodeNames],
  ['UnicodeTranslateError', unicodeNames.slice(1)],
  ['StopIteration', ['value']],
  ['SystemExit', ['code']],
  ['OSError', ['errno', 'strerror', 'filename', 'filename2']],
  ['ImportError', ['msg', 'name', 'path']],
  ['SyntaxError', ['msg', 'filename', 'lineno', 'offset', 'text', 'end_lineno', 'end_offset', 'print_file_and_line']],
];

import { globalsOf } from '../attribute.ts';
import { handling, raise } from '../exception.ts';
import { type Frame, type Running, running } from '../frame.ts';
import { type NativeModule, nativeModule } from '../import/native-module.ts';
import type { Interpreter } from '../interpreter.ts';
import { changing } from '../journal.ts';
import { meter } from '../meter.ts';
import { Module } from '../module.ts';
import { methods, Native, native } from '../native.ts';
import { asSize, repr, str, toArray, typeName } from '../operate.ts';
import { plain } from '../origin.ts';
import { unknown } from '../stop.ts';
import { nativeType, type Type } from '../type.ts';
import { attributes } from '../types/attribute-of-type.ts';
import { tracebackOf } from '../types/exception-methods.ts';
import { Float } from '../types/float.ts';
import { int } from '../types/int.ts';
import { List } from '../types/list.ts';
import { namespaceOf } from '../types/namespace.ts';
import { MOST_DIGITS } from '../types/number-text.ts';
import { TUPLE, Tuple } from '../types/tuple.ts';
import { Instance, Obj, type Value } from '../value.ts';

const FIELDS = ['major', 'minor', 'micro', 'releaselevel', 'serial'];
const VERSION_INFO: Type = nativeType<Tuple>(
  'version_info',
  {
    repr: self => `sys.version_info(${FIELDS.map((f, i) => `${f}=${str(self.items[i] ?? null)}`).join(', ')})`,
    attribute: (self, name) => self.items[FIELDS.indexOf(name)],
  },
  { base: TUPLE, module: 'sys' },
);

/** What `sys._getframe` gives. */
class FrameObject extends Obj {
  readonly frame: Frame;
  readonly line: number;
  constructor(frame: Frame) {
    super(FRAME);
    this.frame = frame;
    this.line = frame.at.line;
  }
}
export const FRAME: Type = nativeType<FrameObject>('frame', {
  hash: self => self,
  attribute(self, name) {
    const { frame } = self,
      { code } = frame;
    switch (name) {
      case 'f_back':
        return frame.caller && new FrameObject(frame.caller);
      case 'f_lineno':
        return self.line;
      case 'f_globals':
        return code.module ? globalsOf(code.module) : unknown('f_globals of this frame');
      case 'f_code':
        return codeOf(code);
      default:
        return name.startsWith('f_') ? unknown(name) : undefined;
    }
  },
});
function codeOf(code: Running): Value {
  const made = new Instance(CODE_LIKE);
  for (const [k, v] of Object.entries({ co_name: code.name, co_filename: code.file, co_firstlineno: code.span.line }))
    made.attributes.set(k, v);
  return made;
}
const CODE_LIKE: Type = nativeType<Instance>('code', { hash: self => self });
function frameAt(depth: number): Value {
  let frame = running.frame;
  for (let i = 0; i < depth && frame; i++) frame = frame.caller;
  if (!frame) throw raise('ValueError', 'call stack is not deep enough');
  return new FrameObject(frame);
}

class Stream extends Obj {
  readonly name: string;
  readonly write: (text: string) => void;
  constructor(name: string, write: (text: string) => void) {
    super(STREAM);
    this.name = name;
    this.write = write;
  }
}
const STREAM: Type = nativeType<Stream>(
  'TextIOWrapper',
  { hash: self => self, repr: self => `<_io.TextIOWrapper name='${self.name}' mode='w' encoding='utf-8'>` },
  { module: '_io' },
);
attributes<Stream>(STREAM, {
  name: self => self.name,
  mode: () => 'w',
  encoding: () => 'utf-8',
  errors: self => (self.name === '<stdout>' ? 'strict' : 'backslashreplace'),
  closed: () => false,
  newlines: () => null,
  buffer: () => unknown('sys.stdout.buffer'),
});
/** What a program has put in the place of `sys.stdout`; undefined where it is as it was. */
export function replacedOutput(sys: Value | undefined): Value | undefined {
  const now = sys instanceof Module ? sys.cells.get('stdout')?.value : undefined;
  return now instanceof Stream && now.name === '<stdout>' ? undefined : now;
}
methods<Stream>(STREAM, {
  'write(text, /)': (self, text = '') => {
    const told = plain(text);
    if (typeof told !== 'string') throw raise('TypeError', `write() argument must be str, not ${typeName(text)}`);
    self.write(told);
    return [...told].length;
  },
  'writelines(lines, /)': (self, lines = null) => {
    for (const line of toArray(lines)) self.write(str(line));
    return null;
  },
  'writable()': () => true,
  'readable()': () => false,
  'flush()': () => null,
  'isatty()': () => false,
  'fileno()': () => unknown('sys.stdout.fileno'),
  'close()': () => null,
  'readline()': () => unknown('sys.stdin'),
  'read()': () => unknown('sys.stdin'),
});

const double = (x: number): Float => new Float(x);
const FLOAT_FACTS: Readonly<Record<string, Value>> = {
  max: double(Number.MAX_VALUE),
  max_exp: 1024,
  max_10_exp: 308,
  min: double(2 ** -1022),
  min_exp: -1021,
  min_10_exp: -307,
  dig: 15,
  mant_dig: 53,
  epsilon: double(Number.EPSILON),
  radix: 2,
  rounds: 1,
};
/** A tuple whose places have names. */
function named(name: string, facts: Readonly<Record<string, Value>>): Tuple {
  const type = nativeType<Tuple>(
    name,
    {
      repr: () =>
        `sys.${name}(${Object.entries(facts)
          .map(([k, v]) => `${k}=${repr(v)}`)
          .join(', ')})`,
    },
    { base: TUPLE, module: 'sys' },
  );
  attributes(type, Object.fromEntries(Object.entries(facts).map(([k, v]) => [k, () => v])), 'stored');
  return new Tuple(Object.values(facts), null, type);
}
/** As Python starts when it is told nothing. */
const FLAGS: Readonly<Record<string, Value>> = {
  debug: 0,
  inspect: 0,
  interactive: 0,
  optimize: 0,
  dont_write_bytecode: 0,
  no_user_site: 0,
  no_site: 0,
  ignore_environment: 0,
  verbose: 0,
  bytes_warning: 0,
  quiet: 0,
  hash_randomization: 1,
  isolated: 0,
  dev_mode: false,
  utf8_mode: 0,
  warn_default_encoding: 0,
  safe_path: false,
  int_max_str_digits: MOST_DIGITS,
};
const INT_FACTS: Readonly<Record<string, Value>> = {
  bits_per_digit: 30,
  sizeof_digit: 4,
  default_max_str_digits: MOST_DIGITS,
  str_digits_check_threshold: 640,
};
const HASH_FACTS: Readonly<Record<string, Value>> = {
  width: 64,
  modulus: int(2n ** 61n - 1n),
  inf: 314159,
  nan: 0,
  imag: 1000003,
  algorithm: 'siphash13',
  hash_bits: 64,
  seed_bits: 128,
  cutoff: 0,
};

export const sysModule = (interpreter: Interpreter): NativeModule => {
  const out = new Stream('<stdout>', t => interpreter.options.write?.(t)),
    error = new Stream('<stderr>', t => interpreter.options.writeError?.(t));
  return nativeModule(
    'sys',
    {
      version_info: new Tuple([3, 11, 7, 'final', 0], null, VERSION_INFO),
      version: '3.11.7 (main)',
      hexversion: 0x030b07f0,
      platform: 'linux',
      byteorder: 'little',
      maxsize: int(2n ** 63n - 1n),
      float_info: named('float_info', FLOAT_FACTS),
      int_info: named('int_info', INT_FACTS),
      hash_info: named('hash_info', HASH_FACTS),
      get_int_max_str_digits: native('get_int_max_str_digits()', () => MOST_DIGITS),
      float_repr_style: 'short',
      copyright: 'Copyright (c) 2001-2023 Python Software Foundation.',
      maxunicode: 0x10ffff,
      api_version: 1013,
      stdout: out,
      stderr: error,
      __stdout__: out,
      __stderr__: error,
      argv: new List([...(interpreter.options.argv ?? [''])]),
      path: new List(['']),
      meta_path: new List([]),
      path_hooks: new List([]),
      warnoptions: new List([]),
      flags: named('flags', FLAGS),
      prefix: '/usr',
      base_prefix: '/usr',
      exec_prefix: '/usr',
      executable: '',
      builtin_module_names: new Tuple(['builtins', 'sys']),
      dont_write_bytecode: false,
      _getframe: native('_getframe(depth=0, /)', (depth = 0) => frameAt(asSize(depth))),
      exit: native('exit(status=None, /)', (status = null) => {
        throw raise('SystemExit', ...(status === null ? [] : [status]));
      }),
      getrecursionlimit: native('getrecursionlimit()', () => meter.limits.depth),
      setrecursionlimit: native('setrecursionlimit(limit, /)', () => null),
      getdefaultencoding: native('getdefaultencoding()', () => 'utf-8'),
      getfilesystemencoding: native('getfilesystemencoding()', () => 'utf-8'),
      intern: native('intern(string, /)', (s = '') => s),
      exc_info: native('exc_info()', () => {
        const e = handling.handled;
        return e ? new Tuple([e.type, e, tracebackOf(e)]) : new Tuple([null, null, null]);
      }),
      getrefcount: new Native('getrefcount', 'sys.getrefcount', () => unknown('sys.getrefcount')),
    },
    { lazy: { modules: () => modulesOf(interpreter) } },
  );
};

/** `sys.modules`. What a run puts there itself goes with it; what it imports stays. */
function modulesOf({ modules }: Interpreter): Value {
  const names = new Map<string, object>();
  return namespaceOf(modules, undefined, name => {
    const known = names.get(name) ?? {};
    names.set(name, known);
    changing(known, () => {
      const before = modules.get(name);
      return () => void (before === undefined ? modules.delete(name) : modules.set(name, before));
    });
  });
}

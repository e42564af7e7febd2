/** One line of `operators.jsonl.gz`: a call of the real torch and its answer, as values of the small Python. Floats keep being floats: `2.0` is not `2`. */
import '../../server/python/builtins/index.ts';
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { isDType } from '../../runtime/network/dtype.ts';
import { sizes, tensor } from '../../runtime/network/tensor.ts';
import { getAttribute } from '../../server/python/attribute.ts';
import { call } from '../../server/python/call.ts';
import { raise } from '../../server/python/exception.ts';
import { Generator as GeneratorObject } from '../../server/python/generator.ts';
import { str, toArray, typeName } from '../../server/python/operate.ts';
import { unknown } from '../../server/python/stop.ts';
import { Complex } from '../../server/python/types/complex.ts';
import { Dict } from '../../server/python/types/dict.ts';
import { Float } from '../../server/python/types/float.ts';
import { IteratorObject, Range } from '../../server/python/types/iterator.ts';
import { List } from '../../server/python/types/list.ts';
import { ELLIPSIS } from '../../server/python/types/singleton.ts';
import { Slice } from '../../server/python/types/slice.ts';
import { Tuple } from '../../server/python/types/tuple.ts';
import { type Named, Obj, type Value } from '../../server/python/value.ts';
import { context } from '../../server/torch/context.ts';
import { DeviceObject, DTypeObject, device, dtypeObject, MEMORY_FORMATS, SIZE } from '../../server/torch/objects.ts';
import { TensorObject } from '../../server/torch/tensor-object.ts';
import { numberOf } from '../../server/torch/values.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type Call = readonly [name: string, args: readonly Json[], named: { readonly [key: string]: Json }];
export interface TorchRecord {
  readonly id: string;
  readonly make: Call | null;
  readonly call: Call;
  readonly stage?: 'make' | 'call';
  readonly result?: Json;
  readonly after?: Json;
  readonly state_dict?: Json;
  readonly error?: { readonly type: string; readonly message: string };
}

export const groupOf = (id: string): string => id.replace(/\/\d+$/, '');

export function readRecords(file: string | URL): TorchRecord[] {
  return gunzipSync(readFileSync(file))
    .toString()
    .split('\n')
    .filter(Boolean)
    .map(line => readJson<TorchRecord>(line));
}

/** JSON whose floats stay floats. The caller says what it reads. */
function readJson<T>(text: string): T {
  return JSON.parse(
    text.replace(/"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g, t => (t[0] !== '"' && /[.eE]/.test(t) ? `{"$f":${t}}` : t)),
  );
}

/** Who calls by a dotted name, and says what one stands for: the record's way to nest calls in arguments. */
export interface Caller {
  readonly call: (name: string, args: readonly Value[], named: Named | null) => Value;
  readonly find: (name: string) => Value;
  /** The object that the call is about. */
  readonly self?: Value;
}

export const named = (given: Call[2], caller: Caller): Named | null =>
  Object.keys(given).length ? new Map(Object.entries(given).map(([k, v]) => [k, decode(v, caller)])) : null;

export function decode(v: Json, caller: Caller): Value {
  const inner = (i: Json): Value => decode(i, caller);
  if (v === null || typeof v !== 'object') return v;
  if (isArray(v)) return new List(v.map(inner));
  const of = (key: string): Json => v[key] ?? null,
    items = (key: string): readonly Json[] => {
      const found = of(key);
      return isArray(found) ? found : [];
    };
  if ('$f' in v) return new Float(Number(of('$f')));
  if ('$t' in v || '$v' in v) return tensorOf(v);
  if ('$tuple' in v) return new Tuple(toArray(inner(of('$tuple'))));
  if ('$size' in v) return call(SIZE, [undecoded(of('$size'))]);
  if ('$slice' in v) {
    const given = toArray(inner(of('$slice')));
    if (!given.length) throw raise('TypeError', 'slice expected at least 1 argument, got 0');
    return new Slice(given[0] ?? null, given[1] ?? null, given[2] ?? null);
  }
  if ('$none' in v) return null;
  if ('$ellipsis' in v) return ELLIPSIS;
  if ('$dtype' in v) {
    const name = String(of('$dtype'));
    return isDType(name) ? dtypeObject(name) : unknown(`torch.${name}`);
  }
  if ('$device' in v) return device(String(of('$device')));
  if ('$memory_format' in v) return MEMORY_FORMATS.find(m => m.name === of('$memory_format')) ?? null;
  if ('$complex' in v) {
    if (
      items('$complex').some(i => typeof i !== 'number' && typeof i !== 'boolean' && !(isObject(i) && '$f' in i)) ||
      items('$complex').length < 1 ||
      items('$complex').length > 2
    )
      return unknown('a complex number of these');
    const [re = 0, im = 0] = items('$complex').map(i => numberOf(inner(i)) ?? 0);
    return new Complex(re, im);
  }
  if ('$float' in v) return new Float(Number(String(of('$float')).replace('inf', 'Infinity')));
  if ('$make' in v) {
    const [name = '', args = [], by = {}] = items('$make');
    return caller.call(String(name), isArray(args) ? args.map(inner) : [], isObject(by) ? named(by, caller) : null);
  }
  if ('$name' in v) return caller.find(String(of('$name')));
  if ('$self' in v) return caller.self ?? null;
  if (Object.keys(v).some(k => k.startsWith('$'))) return unknown(`an argument ${Object.keys(v)[0]}`);
  const dict = new Dict();
  for (const [k, i] of Object.entries(v)) dict.set(k, inner(i));
  return dict;
}

/** A list or number as it stands. */
const undecoded = (v: Json): Value =>
  isArray(v) ? new List(v.map(undecoded)) : isObject(v) ? ('$f' in v ? new Float(Number(v.$f)) : new List(Object.keys(v))) : v;

function tensorOf(v: { readonly [key: string]: Json }): Value {
  const dtype = String(v.$d),
    flat: number[] = [],
    given = v.$t,
    shape = isArray(given ?? null) ? (given as readonly Json[]).map(Number) : [];
  if (!isDType(dtype)) return unknown(`torch.${dtype}`);
  if ('$t' in v) return new TensorObject(context.graph.input({ shape, dtype }));
  walk(v.$v ?? null, 0, shape, flat);
  return new TensorObject(
    tensor({
      shape,
      dtype,
      values:
        flat.every(n => !Number.isNaN(n)) && !dtype.startsWith('complex')
          ? flat.map(n => (dtype === 'bool' ? Number(n !== 0) : dtype === 'float32' ? Math.fround(n) : n))
          : null,
    }),
  );
}

export const isArray = (v: Json): v is readonly Json[] => Array.isArray(v);
export const isObject = (v: Json): v is { readonly [key: string]: Json } => typeof v === 'object' && v !== null && !isArray(v);

function walk(v: Json, depth: number, shape: number[], flat: number[]): void {
  if (isArray(v)) {
    shape[depth] ??= v.length;
    for (const i of v) walk(i, depth + 1, shape, flat);
  } else
    flat.push(
      isObject(v) ? ('$f' in v ? Number(v.$f) : '$float' in v ? Number(String(v.$float).replace('inf', 'Infinity')) : NaN) : Number(v),
    );
}

/** A result as the record has it; `folded`: values that we know. */
export function described(v: Value): Json {
  if (v === null || typeof v === 'boolean' || typeof v === 'number' || typeof v === 'string') return v;
  if (v instanceof Float) return { $f: v.value };
  if (v instanceof Complex) return { $complex: [{ $f: v.real }, { $f: v.imaginary }] };
  if (v instanceof TensorObject)
    return {
      t: sizes(v.tensor.shape),
      d: v.tensor.dtype,
      ...(v.tensor.values && { folded: v.tensor.values }),
      ...(v.type.name === 'Parameter' && { parameter: true }),
    };
  if (v instanceof List) return v.items.map(described);
  if (v instanceof Tuple) return v.type === SIZE ? { $size: v.items.map(described) } : { $tuple: v.items.map(described) };
  if (v instanceof DTypeObject) return { $dtype: v.dtype };
  if (v instanceof DeviceObject) return { $device: v.index === null ? v.kind : `${v.kind}:${v.index}` };
  if (v instanceof Dict) return Object.fromEntries([...v.entries.values()].map(e => [str(e.key), described(e.value)]));
  if (v instanceof GeneratorObject || /^dict_(keys|values|items)$|^odict_/.test(typeName(v))) return { $iter: toArray(v).map(described) };
  if (v instanceof Range) return { $iter: Array.from({ length: v.count }, (_, i) => v.at(i)) };
  if (v instanceof IteratorObject) return { $iter: collected(v) };
  if (isModule(v))
    return {
      m: v.type.name,
      children: Object.fromEntries(children(v).map(([name, child]) => [name, typeName(child)])),
      state_dict: states(v),
    };
  return { other: typeName(v) };
}
/** An `nn.Module`, by what it can do. */
export const isModule = (v: Value): v is Obj =>
  v instanceof Obj && v.type.ancestors.some(t => t.name === 'Module' && t.module.startsWith('torch.nn'));
const children = (module: Obj): (readonly [string, Value])[] =>
  toArray(call(getAttribute(module, 'named_children'), [])).map(pair => {
    const [name = '', child = null] = toArray(pair);
    return [str(name), child];
  });
/** Names, shapes and types of a module's state dict. */
export function states(module: Obj): Json {
  const dict = call(getAttribute(module, 'state_dict'), []);
  if (!(dict instanceof Dict)) return null;
  return Object.fromEntries(
    [...dict.entries.values()].flatMap(({ key, value }) =>
      value instanceof TensorObject ? [[str(key), [sizes(value.tensor.shape), value.tensor.dtype]]] : [],
    ),
  );
}
function collected(v: IteratorObject): Json {
  const out: Json[] = [];
  for (let x = v.next(); x !== undefined; x = v.next()) out.push(described(x));
  return out;
}

/** Equal by shape and type, and by values where both have them; torch's field names are no part of it. */
export function same(ours: Json, torchs: Json): boolean {
  if (isArray(ours) && isArray(torchs)) return ours.length === torchs.length && ours.every((o, i) => same(o, torchs[i] ?? null));
  if (!isObject(ours) || !isObject(torchs)) return ours === torchs;
  if ('$f' in ours)
    return '$f' in torchs
      ? close(Number(ours.$f), Number(torchs.$f))
      : '$float' in torchs && Object.is(Number(ours.$f), Number(String(torchs.$float).replace('inf', 'Infinity')));
  if ('t' in ours) {
    if (!same(ours.t ?? null, torchs.t ?? null) || ours.d !== torchs.d || ('parameter' in torchs && !('parameter' in ours))) return false;
    const mine = ours.folded,
      known = torchs.v;
    if (!mine || known === undefined) return true;
    const a = numbers(mine),
      b = numbers(known);
    return a.length === b.length && a.every((n, i) => close(n, b[i] ?? NaN));
  }
  const keys = Object.keys(ours).filter(k => k !== 'names');
  return keys.every(k => same(ours[k] ?? null, torchs[k] ?? null)) && Object.keys(torchs).every(k => k === 'names' || k in ours);
}
const close = (a: number, b: number): boolean =>
  Object.is(a, b) || a === b || Math.abs(a - b) <= 1e-5 * Math.max(1, Math.abs(b)) || (Number.isNaN(a) && Number.isNaN(b));
function numbers(v: Json): readonly number[] {
  if (isArray(v)) return v.flatMap(numbers);
  if (isObject(v)) return ['$float' in v ? Number(String(v.$float).replace('inf', 'Infinity')) : Number(v.$f)];
  return [Number(v)];
}

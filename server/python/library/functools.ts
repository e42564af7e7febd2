/** `_functools`: partial, and the wrapper that remembers. The rest of `functools` is in Python. */
import { findAttribute } from '../attribute.ts';
import { call } from '../call.ts';
import { raise } from '../exception.ts';
import { BoundMethod } from '../function.ts';
import { type NativeModule, nativeModule } from '../import/native-module.ts';
import { methods, native } from '../native.ts';
import { abilities, hash, iterate, repr, truth, typeOf } from '../operate.ts';
import { plain } from '../origin.ts';
import { nativeType, type Type } from '../type.ts';
import { Dict } from '../types/dict.ts';
import { identity, keyText } from '../types/key.ts';
import { ABSENT } from '../types/singleton.ts';
import { Tuple } from '../types/tuple.ts';
import { type Named, Obj, type Value } from '../value.ts';

class Partial extends Obj {
  readonly fn: Value;
  readonly args: readonly Value[];
  readonly named: Named;
  override attributes = new Map<string, Value>();
  constructor(type: Type, fn: Value, args: readonly Value[], named: Named) {
    super(type);
    this.fn = fn;
    this.args = args;
    this.named = named;
  }
}
const keywords = (self: Partial): Dict => {
  const out = new Dict();
  for (const [k, v] of self.named) out.set(k, v);
  return out;
};
const PARTIAL: Type = nativeType<Partial>(
  'partial',
  {
    hash: self => self,
    repr: self =>
      `${self.type === PARTIAL ? 'functools.partial' : self.type.qualname}(${[repr(self.fn), ...self.args.map(repr), ...[...self.named].map(([k, v]) => `${k}=${repr(v)}`)].join(', ')})`,
    call: (self, args, named) =>
      call(self.fn, [...self.args, ...args], self.named.size || named?.size ? new Map([...self.named, ...(named ?? [])]) : null),
    attribute: (self, name) =>
      name === 'func' ? self.fn : name === 'args' ? new Tuple(self.args) : name === 'keywords' ? keywords(self) : undefined,
  },
  {
    module: 'functools',
    make(type, [fn, ...args], named) {
      if (fn === undefined) throw raise('TypeError', "type 'partial' takes at least one argument");
      if (!abilities(fn).call) throw raise('TypeError', 'the first argument must be callable');
      return fn instanceof Partial && !fn.attributes.size
        ? new Partial(type, fn.fn, [...fn.args, ...args], new Map([...fn.named, ...(named ?? [])]))
        : new Partial(type, fn, args, named ?? new Map());
    },
  },
);

class PartialMethod extends Obj {
  readonly inner: Partial;
  constructor(type: Type, inner: Partial) {
    super(type);
    this.inner = inner;
  }
}
const PARTIAL_METHOD: Type = nativeType<PartialMethod>(
  'partialmethod',
  {
    hash: self => self,
    get(self, instance, owner) {
      if (instance === undefined) return self;
      const { fn, args, named } = self.inner,
        { get } = abilities(fn);
      return new Partial(PARTIAL, get ? get(fn, instance, owner) : new BoundMethod(fn, instance), args, named);
    },
  },
  {
    module: 'functools',
    make: (type, [fn = null, ...args], named) => new PartialMethod(type, new Partial(PARTIAL, fn, args, named ?? new Map())),
  },
);

class Cached extends Obj {
  readonly fn: Value;
  readonly most: number | null;
  override attributes = new Map<string, Value>();
  readonly results = new Map<string, Value>();
  hits = 0;
  misses = 0;
  readonly typed: boolean;
  constructor(fn: Value, most: number | null, typed: boolean) {
    super(CACHED);
    this.typed = typed;
    this.fn = fn;
    this.most = most;
    for (const name of ['__module__', '__name__', '__qualname__', '__doc__', '__annotations__']) {
      const v = findAttribute(fn, name);
      if (v !== undefined) this.attributes.set(name, v);
    }
    this.attributes.set('__wrapped__', fn);
  }
  protected override memento(): () => void {
    const back = super.memento(),
      { hits, misses } = this,
      results = [...this.results];
    return () => {
      back();
      this.results.clear();
      for (const [key, value] of results) this.results.set(key, value);
      this.hits = hits;
      this.misses = misses;
    };
  }
}
/** What calls have in common that are one. Of a single int or text it is the value itself, so that 1.0 and True are not 1. */
function keyOf({ typed }: Cached, args: readonly Value[], named: Named | null): string {
  const kind = (v: Value): string => (typed ? `:${identity(typeOf(v))}` : ''),
    told = [
      ...args.map(a => keyText(hash(a)) + kind(a)),
      '|',
      ...[...(named ?? [])].map(([k, v]) => `${k}=${keyText(hash(v))}${kind(v)}`),
    ].join();
  const [only] = args;
  return args.length === 1 && !named?.size && !typed && (typeof only === 'number' || typeof only === 'bigint' || typeof only === 'string')
    ? `=${told}`
    : told;
}
const CACHED: Type = nativeType<Cached>(
  '_lru_cache_wrapper',
  {
    hash: self => self,
    repr: self => `<functools._lru_cache_wrapper object of ${repr(self.fn)}>`,
    get: (self, instance) => (instance === undefined ? self : new BoundMethod(self, instance)),
    call(self, args, named) {
      self.touch();
      const key = keyOf(self, args, named);
      const known = self.results.get(key);
      if (known !== undefined) {
        self.hits++;
        self.results.delete(key);
        self.results.set(key, known);
        return known;
      }
      self.misses++;
      const value = call(self.fn, args, named);
      self.results.set(key, value);
      if (self.most !== null && self.results.size > self.most) self.results.delete([...self.results.keys()][0] ?? '');
      return value;
    },
  },
  { module: 'functools' },
);
methods<Cached>(CACHED, {
  'cache_clear()': self => {
    self.touch();
    self.results.clear();
    self.hits = self.misses = 0;
    return null;
  },
  '_counts()': self => new Tuple([self.hits, self.misses, self.most, self.results.size]),
});

export const functoolsModule = (): NativeModule =>
  nativeModule('_functools', {
    partial: PARTIAL,
    partialmethod: PARTIAL_METHOD,
    cached: native(
      'cached(fn, most, typed=False, /)',
      (fn = null, most = null, typed = false) => new Cached(fn, most === null ? null : Math.max(0, Number(plain(most))), truth(typed)),
    ),
    reduce: native('reduce(function, iterable, initial=?, /)', (fn = null, items = null, initial = ABSENT) => {
      const cursor = iterate(items);
      let value = initial === ABSENT ? cursor.next() : initial;
      if (value === undefined) throw raise('TypeError', 'reduce() of empty iterable with no initial value');
      for (let v = cursor.next(); v !== undefined; v = cursor.next()) value = call(fn, [value, v]);
      return value;
    }),
  });

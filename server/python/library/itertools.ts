import { call } from '../call.ts';
import { raise } from '../exception.ts';
import { type NativeModule, nativeModule } from '../import/native-module.ts';
import { meter } from '../meter.ts';
import { Native } from '../native.ts';
import { abilities, asSize, bareRepr, binary, equal, iterate, repr, toArray, truth } from '../operate.ts';
import { plain } from '../origin.ts';
import { nativeType, type Type } from '../type.ts';
import { IteratorObject } from '../types/iterator.ts';
import { Tuple } from '../types/tuple.ts';
import type { Cursor, Named, Value } from '../value.ts';

/** Some are shown with how far they have come. */
type Make = (args: readonly Value[], named: Named | null) => Cursor & { readonly show?: () => string };
const shows = new WeakMap<IteratorObject, () => string>();
const walks = {
  iterate: (self: IteratorObject) => self,
  next: (self: IteratorObject) => self.next(),
  hash: (self: IteratorObject) => self,
};
/** `parameters`: names by which arguments may be given, in their order; those behind `/` by place alone. */
function maker(name: string, make: Make, parameters: readonly string[] = []): Type {
  return nativeType<IteratorObject>(
    name,
    { ...walks, repr: self => shows.get(self)?.() ?? bareRepr(self) },
    {
      module: 'itertools',
      make(type, args, named) {
        const cursor = make(placed(name, parameters, args, named), named),
          made = new IteratorObject(cursor, type);
        if (cursor.show) shows.set(made, cursor.show);
        return made;
      },
    },
  );
}
/** Arguments by their places, whichever way they were given. */
function placed(name: string, parameters: readonly string[], args: readonly Value[], named: Named | null): readonly Value[] {
  if (!parameters.length) return args;
  const most = parameters.length,
    count = args.length + (named?.size ?? 0);
  if (args.length > most && most > 0)
    throw raise('TypeError', `${name}() takes at most ${most} argument${most === 1 ? '' : 's'} (${count} given)`);
  const out = [...args];
  for (const [key, v] of named ?? []) {
    const at = parameters.indexOf(key);
    if (at < 0) throw raise('TypeError', `'${key}' is an invalid keyword argument for ${name}()`);
    if (at < args.length) throw raise('TypeError', `argument for ${name}() given by name ('${key}') and position (${at + 1})`);
    out[at] = v;
  }
  return out;
}
const steps = (run: () => Iterator<Value>): Cursor => {
  const walk = run();
  return {
    next() {
      meter.step();
      const step = walk.next();
      return step.done ? undefined : step.value;
    },
  };
};
const given = (named: Named | null, name: string, otherwise: Value): Value => named?.get(name) ?? (named?.has(name) ? null : otherwise);
function* each(v: Value): Generator<Value> {
  yield* all(iterate(v));
}
function* all(cursor: Cursor): Generator<Value> {
  for (let x = cursor.next(); x !== undefined; x = cursor.next()) yield x;
}
/** What cannot be walked is refused at once, and walked later. */
function over(v: Value, run: (items: Iterable<Value>) => Iterator<Value>): Cursor {
  const cursor = iterate(v);
  return steps(() => run(all(cursor)));
}
const chained = (many: Value): Cursor =>
  over(many, function* (items) {
    for (const one of items) yield* each(one);
  });

const CHAIN = maker('chain', args => chained(new Tuple(args)));
CHAIN.members.set(
  'from_iterable',
  new Native('from_iterable', 'chain.from_iterable', ([many = null]) => new IteratorObject(chained(many), CHAIN)),
);

function* products(pools: readonly (readonly Value[])[]): Generator<Value> {
  if (pools.some(p => !p.length)) return;
  const at = pools.map(() => 0);
  for (;;) {
    yield new Tuple(pools.map((p, i) => p[at[i] ?? 0] ?? null));
    let i = pools.length - 1;
    for (; i >= 0; i--) {
      const n = (at[i] ?? 0) + 1;
      if (n < (pools[i]?.length ?? 0)) {
        at[i] = n;
        break;
      }
      at[i] = 0;
    }
    if (i < 0) return;
  }
}
/** Places in rising order (`again`: not falling), or in any order without repeating. */
function* places(
  n: number,
  r: number,
  next: (chosen: readonly number[]) => Iterable<number>,
  chosen: number[] = [],
): Generator<readonly number[]> {
  if (chosen.length === r) {
    yield [...chosen];
    return;
  }
  for (const i of next(chosen)) {
    chosen.push(i);
    yield* places(n, r, next, chosen);
    chosen.pop();
  }
}
const from = (start: number, n: number): number[] => Array.from({ length: Math.max(0, n - start) }, (_, i) => start + i);
function chooser(name: string, next: (n: number) => (chosen: readonly number[]) => Iterable<number>): Type {
  return maker(name, ([iterable = null, r], named) => {
    const pool = toArray(iterable),
      told = r ?? named?.get('r') ?? null,
      size = told === null ? pool.length : asSize(told);
    if (size < 0) throw raise('ValueError', 'r must be non-negative');
    return steps(function* () {
      for (const chosen of places(pool.length, size, next(pool.length))) yield new Tuple(chosen.map(i => pool[i] ?? null));
    });
  });
}
function* tees(source: Cursor, kept: Value[], n: { at: number }): Generator<Value> {
  for (;;) {
    if (n.at >= kept.length) {
      const v = source.next();
      if (v === undefined) return;
      kept.push(v);
    }
    yield kept[n.at++] ?? null;
  }
}
function* grouped(cursor: Cursor, key: Value): Generator<Value> {
  const keyOf = (v: Value): Value => (key === null ? v : call(key, [v]));
  let current = cursor.next();
  while (current !== undefined) {
    const mine = keyOf(current);
    let ended = false;
    const group = function* (): Generator<Value> {
      while (current !== undefined && !ended) {
        yield current;
        current = cursor.next();
        if (current === undefined || !equal(keyOf(current), mine)) {
          ended = true;
          return;
        }
      }
    };
    const walk = group();
    yield new Tuple([
      mine,
      new IteratorObject({
        next() {
          if (ended) return undefined;
          const step = walk.next();
          return step.done ? undefined : step.value;
        },
      }),
    ]);
    while (!ended && current !== undefined) if (walk.next().done) break;
    if (!ended) break;
  }
}

const isNumber = (v: Value): boolean => {
  const { index, int, float, complex } = abilities(v);
  return Boolean(index ?? int ?? float ?? complex);
};

export const itertoolsModule = (): NativeModule =>
  nativeModule('itertools', {
    chain: CHAIN,
    count: maker(
      'count',
      ([start, step]) => {
        let value: Value = start === undefined ? 0 : start;
        const by = step === undefined ? 1 : step;
        if (![value, by].every(isNumber)) throw raise('TypeError', 'a number is required');
        return {
          next() {
            meter.step();
            const now = value;
            value = binary('+', value, by);
            return now;
          },
          show: () => `count(${repr(value)}${by === 1 ? '' : `, ${repr(by)}`})`,
        };
      },
      ['start', 'step'],
    ),
    cycle: maker('cycle', ([iterable = null]) =>
      over(iterable, function* (items) {
        const kept: Value[] = [];
        for (const v of items) {
          kept.push(v);
          yield v;
        }
        while (kept.length) yield* kept;
      }),
    ),
    repeat: maker(
      'repeat',
      (args, named) => {
        const [value = null, times] = args;
        if (!args.length && !named?.has('object')) throw raise('TypeError', "repeat() missing required argument 'object' (pos 1)");
        let left = times === undefined ? Infinity : Math.max(0, asSize(times));
        return {
          next() {
            meter.step();
            if (left === 0) return undefined;
            left--;
            return value;
          },
          show: () => `repeat(${repr(value)}${left === Infinity ? '' : `, ${left}`})`,
        };
      },
      ['object', 'times'],
    ),
    accumulate: maker(
      'accumulate',
      ([iterable = null, fn = null, initial = null]) => {
        return over(iterable, function* (items) {
          let total: Value | undefined = initial === null ? undefined : initial;
          if (total !== undefined) yield total;
          for (const v of items) {
            total = total === undefined ? v : fn === null ? binary('+', total, v) : call(fn, [total, v]);
            yield total;
          }
        });
      },
      ['iterable', 'func', 'initial'],
    ),
    islice: maker('islice', ([iterable = null, a = null, b, c]) => {
      const number = (v: Value | undefined, otherwise: number): number => (v === undefined || plain(v) === null ? otherwise : asSize(v));
      const [start, stop, step] = b === undefined ? [0, number(a, Infinity), 1] : [number(a, 0), number(b, Infinity), number(c, 1)];
      if (start < 0 || stop < 0)
        throw raise(
          'ValueError',
          b === undefined
            ? 'Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.'
            : 'Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.',
        );
      if (step < 1) throw raise('ValueError', 'Step for islice() must be a positive integer or None.');
      const cursor = iterate(iterable);
      return steps(function* () {
        // What lies before the end is taken, though a step may lead beyond it.
        for (let i = 0, next = start; i < stop; i++) {
          if (next >= stop && !Number.isFinite(stop)) return;
          const v = cursor.next();
          if (v === undefined) return;
          if (i === next) {
            yield v;
            next += step;
          }
        }
      });
    }),
    takewhile: maker('takewhile', ([fn = null, iterable = null]) =>
      over(iterable, function* (items) {
        for (const v of items) {
          if (!truth(call(fn, [v]))) return;
          yield v;
        }
      }),
    ),
    dropwhile: maker('dropwhile', ([fn = null, iterable = null]) =>
      over(iterable, function* (items) {
        let dropping = true;
        for (const v of items) {
          if (dropping && truth(call(fn, [v]))) continue;
          dropping = false;
          yield v;
        }
      }),
    ),
    filterfalse: maker('filterfalse', ([fn = null, iterable = null]) =>
      over(iterable, function* (items) {
        for (const v of items) if (!truth(fn === null ? v : call(fn, [v]))) yield v;
      }),
    ),
    compress: maker(
      'compress',
      ([data = null, selectors = null]) =>
        over(data, function* (items) {
          const s = iterate(selectors);
          for (const v of items) {
            const keep = s.next();
            if (keep === undefined) return;
            if (truth(keep)) yield v;
          }
        }),
      ['data', 'selectors'],
    ),
    starmap: maker('starmap', ([fn = null, iterable = null]) =>
      over(iterable, function* (items) {
        for (const v of items) yield call(fn, toArray(v));
      }),
    ),
    pairwise: maker('pairwise', ([iterable = null]) =>
      over(iterable, function* (items) {
        let before: Value | undefined;
        for (const v of items) {
          if (before !== undefined) yield new Tuple([before, v]);
          before = v;
        }
      }),
    ),
    zip_longest: maker('zip_longest', (args, named) => {
      const fill = given(named, 'fillvalue', null);
      const cursors = args.map(iterate);
      return steps(function* () {
        for (;;) {
          const row = cursors.map(c => c.next());
          if (row.every(v => v === undefined)) return;
          yield new Tuple(row.map(v => (v === undefined ? fill : v)));
        }
      });
    }),
    product: maker('product', (args, named) => {
      const pools = args.map(toArray),
        times = asSize(given(named, 'repeat', 1));
      return steps(() => products(Array.from({ length: times }, () => pools).flat()));
    }),
    permutations: chooser('permutations', n => chosen => from(0, n).filter(i => !chosen.includes(i))),
    combinations: chooser('combinations', n => chosen => from((chosen.at(-1) ?? -1) + 1, n)),
    combinations_with_replacement: chooser('combinations_with_replacement', n => chosen => from(chosen.at(-1) ?? 0, n)),
    groupby: maker('groupby', ([iterable = null, key], named) => {
      const cursor = iterate(iterable);
      return steps(() => grouped(cursor, key ?? given(named, 'key', null)));
    }),
    tee: new Native('tee', 'itertools.tee', ([iterable = null, n = 2]) => {
      if (asSize(n) < 0) throw raise('ValueError', 'n must be >= 0');
      const source = iterate(iterable),
        kept: Value[] = [];
      return new Tuple(Array.from({ length: asSize(n) }, () => new IteratorObject(steps(() => tees(source, kept, { at: 0 })))));
    }),
  });

/** What `async def` makes: coroutines and asynchronous generators, over the frames that generators have. Nothing here waits: a driver of the program's resumes them. */
import { call } from './call.ts';
import { exceptionType, Raised, raise } from './exception.ts';
import type { Frame, Step } from './frame.ts';
import type { Code } from './function.ts';
import { Generator, NEXT_OF, RESUMING, Resumable, shownOf, toRaised } from './generator.ts';
import { methods, native } from './native.ts';
import { abilities, typeName, typeOf } from './operate.ts';
import { unknown } from './stop.ts';
import { nativeType, type Type } from './type.ts';
import { ABSENT } from './types/singleton.ts';
import { Obj, type Value } from './value.ts';

export class Coroutine extends Generator {
  constructor(code: Code, body: Step, frame: Frame) {
    super(code, body, frame, 'coroutine', COROUTINE);
  }
}
export const COROUTINE: Type = nativeType<Coroutine>('coroutine', {
  repr: self => `<coroutine object ${self.code.qualname} at 0x7f0000000000>`,
  hash: self => self,
  attribute: (self, name) => shownOf(self, name, 'cr'),
});

/** `coroutine.__await__()`: the same, as an iterator. */
class Awaited extends Resumable {
  readonly #coroutine: Coroutine;
  constructor(coroutine: Coroutine) {
    super(AWAITED);
    this.#coroutine = coroutine;
  }
  get returned(): Value {
    return this.#coroutine.returned;
  }
  resume(sent: Value | Raised): Value | undefined {
    return this.#coroutine.resume(sent);
  }
  close(): void {
    this.#coroutine.close();
  }
}
const iterating = { hash: (self: Resumable) => self, iterate: (self: Resumable) => self, next: (self: Resumable) => self.next() };
const AWAITED: Type = nativeType<Awaited>('coroutine_wrapper', iterating);
methods<Coroutine>(COROUTINE, { ...RESUMING, '__await__()': self => new Awaited(self) });
methods<Awaited>(AWAITED, { ...NEXT_OF, ...RESUMING });

/** What an asynchronous generator yields, told apart from what it awaits. */
export class Yielded extends Obj {
  readonly value: Value;
  constructor(value: Value) {
    super(YIELDED);
    this.value = value;
  }
}
const YIELDED: Type = nativeType<Yielded>('async_generator_wrapped_value', {});

export class AsyncGenerator extends Obj {
  readonly frames: Generator;
  /** A turn of it is awaited. */
  running = false;
  closed = false;
  constructor(code: Code, body: Step, frame: Frame) {
    super(ASYNC_GENERATOR);
    this.frames = new Generator(code, body, frame, 'async generator');
  }
}
export const ASYNC_GENERATOR: Type = nativeType<AsyncGenerator>('async_generator', {
  repr: self => `<async_generator object ${self.frames.code.qualname} at 0x7f0000000000>`,
  hash: self => self,
  attribute: (self, name) => (name === 'ag_running' ? self.running : shownOf(self.frames, name, 'ag')),
});
methods<AsyncGenerator>(ASYNC_GENERATOR, {
  '__aiter__()': self => self,
  '__anext__()': self => new Turn(self, 'anext', null),
  'asend(value, /)': (self, value = null) => new Turn(self, 'asend', value),
  'athrow(type, value=None, tb=None, /)': (self, type = null, value = null) => new Turn(self, 'athrow', { type, value }),
  'aclose()': self => new Turn(self, 'aclose', null),
});

type Way = 'anext' | 'asend' | 'athrow' | 'aclose';
/** One turn of an asynchronous generator, to be awaited. */
class Turn extends Resumable {
  readonly #generator: AsyncGenerator;
  readonly #way: Way;
  readonly #first: Value | { readonly type: Value; readonly value: Value };
  #state: 'new' | 'begun' | 'done' = 'new';
  returned: Value = null;
  constructor(generator: AsyncGenerator, way: Way, first: Value | { readonly type: Value; readonly value: Value }) {
    super(way === 'anext' || way === 'asend' ? ASEND : ATHROW);
    this.#generator = generator;
    this.#way = way;
    this.#first = first;
  }

  resume(sent: Value | Raised): Value | undefined {
    const throws = this.#way === 'athrow' || this.#way === 'aclose',
      name = throws ? 'aclose()/athrow()' : '__anext__()/asend()';
    if (this.#state === 'done') throw raise('RuntimeError', `cannot reuse already awaited ${name}`);
    const { frames } = this.#generator;
    let given = sent;
    if (this.#state === 'new') {
      if (this.#generator.running) throw raise('RuntimeError', `${this.#way}(): asynchronous generator is already running`);
      if (throws && (frames.state === 'done' || this.#generator.closed)) return this.#end(null);
      if (this.#way === 'aclose') this.#generator.closed = true;
      if (this.#way === 'aclose' && frames.state === 'new') {
        frames.close();
        return this.#end(null);
      }
      if (this.#generator.closed && !throws) {
        this.#state = 'done';
        throw raise('StopAsyncIteration');
      }
      given = sent instanceof Raised ? sent : this.#beginning(sent);
      this.#state = 'begun';
    }
    this.#generator.running = true;
    let out: Value | undefined;
    try {
      out = frames.resume(given);
    } catch (e) {
      this.#end(null);
      if (this.#way === 'aclose' && e instanceof Raised && QUIET.some(t => e.exception.type.isA(t))) return undefined;
      throw e;
    }
    if (out instanceof Yielded) {
      this.#end(out.value);
      if (this.#way === 'aclose') throw raise('RuntimeError', 'async generator ignored GeneratorExit');
      return undefined;
    }
    if (out !== undefined) return out;
    this.#end(null);
    if (this.#way === 'aclose') return undefined;
    throw raise('StopAsyncIteration');
  }
  #beginning(sent: Value): Value | Raised {
    const first = this.#first;
    if (this.#way === 'aclose') return raise('GeneratorExit');
    if (typeof first === 'object' && first !== null && !(first instanceof Obj) && 'type' in first) return toRaised(first.type, first.value);
    return this.#way === 'asend' ? (first as Value) : sent;
  }
  #end(value: Value): undefined {
    this.#state = 'done';
    this.#generator.running = false;
    this.returned = value;
  }
  close(): void {
    this.#state = 'done';
  }
}
const QUIET = [exceptionType('StopAsyncIteration'), exceptionType('GeneratorExit')];
const ASEND: Type = nativeType<Turn>('async_generator_asend', iterating),
  ATHROW: Type = nativeType<Turn>('async_generator_athrow', iterating);
for (const type of [ASEND, ATHROW]) methods<Turn>(type, { ...NEXT_OF, ...RESUMING, '__await__()': self => self });

/** Generators that `types.coroutine` has made awaitable, by their code. */
const awaitableCode = new WeakSet<object>();
export const makeAwaitable = (code: Code): void => void awaitableCode.add(code);
export const isAwaitable = (code: object): boolean => awaitableCode.has(code);

/** What `await value` goes through. */
export function awaitable(value: Value): Value {
  return iteratorOf(value) ?? fail(`object ${typeName(value)} can't be used in 'await' expression`);
}
function iteratorOf(value: Value): Value | null {
  if (value instanceof Coroutine) {
    if (value.state === 'suspended' || value.state === 'running') throw raise('RuntimeError', 'coroutine is being awaited already');
    return value;
  }
  if (value instanceof Turn || value instanceof Awaited || (value instanceof Generator && awaitableCode.has(value.code))) return value;
  const method = asyncMethod(value, '__await__');
  if (method === undefined) return null;
  const made = call(method, []);
  if (made instanceof Coroutine) return fail('__await__() returned a coroutine');
  if (!abilities(made).next) return fail(`__await__() returned non-iterator of type '${typeName(made)}'`);
  return made;
}
const fail = (message: string): never => {
  throw raise('TypeError', message);
};

/** A method as operators find it: on the type alone. */
function asyncMethod(value: Value, name: string): Value | undefined {
  const type = typeOf(value),
    member = type.find(name);
  if (member === undefined) return undefined;
  return abilities(member).get?.(member, value, type) ?? member;
}

/** `__aiter__`, as `async for` asks for it. */
export function asyncIterator(value: Value): Value {
  const method = asyncMethod(value, '__aiter__');
  if (method === undefined) return fail(`'async for' requires an object with __aiter__ method, got ${typeName(value)}`);
  const made = call(method, []);
  if (asyncMethod(made, '__anext__') === undefined)
    return fail(`'async for' received an object from __aiter__ that does not implement __anext__: ${typeName(made)}`);
  return made;
}
/** The next value of an asynchronous iterator, to be awaited. */
export function anext(iterator: Value): Value {
  const given = call(asyncMethod(iterator, '__anext__') ?? null, []);
  try {
    return iteratorOf(given) ?? fail('');
  } catch (e) {
    if (!(e instanceof Raised)) throw e;
    const error = raise('TypeError', `'async for' received an invalid object from __anext__: ${typeName(given)}`);
    if (e.exception.args[0] !== '') error.exception.cause = e.exception;
    throw error;
  }
}
/** `__aenter__` or `__aexit__` of what `async with` is given, bound. */
export function asyncContext(manager: Value, name: '__aenter__' | '__aexit__'): Value {
  const method = asyncMethod(manager, name);
  if (method !== undefined) return method;
  const also = name === '__aexit__' ? ' (missed __aexit__ method)' : '';
  return fail(`'${typeName(manager)}' object does not support the asynchronous context manager protocol${also}`);
}
/** What a manager's `__aenter__()` or `__aexit__()` gave, to be awaited. */
export function awaitableOf(name: '__aenter__' | '__aexit__', given: Value): Value {
  return iteratorOf(given) ?? fail(`'async with' received an object from ${name} that does not implement __await__: ${typeName(given)}`);
}

export const ASYNC_BUILTINS = [
  native('aiter(async_iterable, /)', (value = null) => {
    const method = asyncMethod(value, '__aiter__');
    if (method === undefined) return fail(`'${typeName(value)}' object is not an async iterable`);
    const made = call(method, []);
    return asyncMethod(made, '__anext__') === undefined ? fail(`aiter() returned not an async iterator of type '${typeName(made)}'`) : made;
  }),
  native('anext(aiterator, default=?, /)', (...[iterator = null, fallback]) => {
    const method = asyncMethod(iterator, '__anext__');
    if (method === undefined) return fail(`'${typeName(iterator)}' object is not an async iterator`);
    return fallback === undefined || fallback === ABSENT ? call(method, []) : unknown('anext() with a default');
  }),
];

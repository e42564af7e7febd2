import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { assets } from '../../../server/project/assets.ts';
import { ParsedSources } from '../../../server/python/import/parsed-sources.ts';
import type { Block } from '../../../server/syntax/nodes.ts';
import { openParser, type Parsed } from '../../../server/syntax/parse.ts';
import { restoredNodes, storedNodes } from '../../../server/syntax/stored-nodes.ts';
import { MemoryStore } from '../../memory-store.ts';

const parse = await openParser(assets.parserWasm, assets.grammarWasm);
const bodyOf = (parsed: Parsed): Block => {
  if (parsed.kind === 'error') throw new Error(parsed.message);
  return parsed.body;
};
/** Bodies that are read late are read now. */
const whole = (block: Block): unknown => structuredClone(block);
const modules = [assets.library, assets.stubs].flatMap(folder =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.py'))
    .map(name => join(folder, name)),
);

const ODD = `
big = 12345678901234567890 + 1.5e3 + 2j
class A(B, metaclass=M):
    x: int = 0x_ffff_ffff_ffff_ffff_ffff
    async def f(self, *args, k=10**30, **kwargs) -> 'int':
        """Doc."""
        def inner():
            nonlocal k
            return f'{k!r:>{width}}', b'\\x00', '\\ud800', 99999999999999999999
        async with a as b, c:
            async for i in d: yield i
        return [x async for x in y if x], inner
if True:
    try:
        def g(): return 1
    except* ValueError as e:
        def h(): return 2
    else:
        def i(): return 3
    finally:
        def j(): return 4
elif False:
    while x:
        def k(): return 5
    else:
        def l(): return 6
for a, *b in c:
    def m(): return 7
with d:
    def n(): return 8
match e:
    case {'a': 1, **rest} if rest:
        def o(): return 9
lam = lambda *, a=1: (yield a)
`;

describe('nodes as text', () => {
  it('are the same when they are read again', () => {
    expect(modules.length).toBeGreaterThan(40);
    for (const text of [ODD, ...modules.map(file => readFileSync(file, 'utf8'))]) {
      const body = bodyOf(parse(text)),
        lines = storedNodes(body);
      expect(lines).not.toBe(null);
      expect(lines?.join('').includes('\n')).toBe(false);
      expect(whole(restoredNodes(at => lines?.[at] ?? null) ?? [])).toEqual(whole(body));
    }
  });
  it('are not made of what JSON would change', () => {
    expect(storedNodes(bodyOf(parse('x = 1e999')))).toBe(null);
    expect(storedNodes(bodyOf(parse('def f():\n    return 1e999')))).toBe(null);
  });
});

describe('parsed sources', () => {
  const counting = (store: MemoryStore | null): { readonly sources: ParsedSources; readonly parsed: string[] } => {
    const texts: string[] = [];
    return {
      sources: new ParsedSources(text => {
        texts.push(text);
        return parse(text);
      }, store),
      parsed: texts,
    };
  };
  const filled = (): MemoryStore => {
    const store = new MemoryStore(),
      first = counting(store);
    bodyOf(first.sources.read('/a.py', '1', () => ODD));
    store.flush();
    expect([first.parsed.length, store.texts.size]).toEqual([1, 1]);
    return store;
  };

  it('are parsed once, whatever the file is called', () => {
    const again = counting(filled());
    expect(whole(bodyOf(again.sources.read('/b.py', '2', () => ODD)))).toEqual(whole(bodyOf(parse(ODD))));
    expect(again.parsed).toEqual([]);
  });
  it('are parsed again when one letter has changed', () => {
    const again = counting(filled()),
      changed = ODD.replace('return 9', 'return 8');
    bodyOf(again.sources.read('/a.py', '1', () => changed));
    expect(again.parsed).toEqual([changed]);
  });
  it.each([
    ['half of it', (text: string) => text.slice(0, text.length / 2)],
    ['a letter changed', (text: string) => text.replace('"kind":"return"', '"kind":"retorn"')],
    ['a letter of a function changed', (text: string) => text.replace('"inner"', '"outer"')],
    ['nothing', () => ''],
    ['something else', () => '{}'],
  ])('are parsed again where what was stored is damaged: %s', (_, damage) => {
    const store = filled();
    for (const [name, text] of store.texts) store.texts.set(name, damage(text));
    const again = counting(store);
    expect(whole(bodyOf(again.sources.read('/a.py', '1', () => ODD)))).toEqual(whole(bodyOf(parse(ODD))));
    expect(again.parsed).toEqual([ODD]);
  });

  it('are looked through once for what Python refuses, where nothing proves that it takes them', () => {
    const store = new MemoryStore();
    const read = (text: string, isTaken: (() => boolean) | null): { readonly kind: string; readonly parsed: number } => {
      const { sources, parsed } = counting(store);
      const { kind } = sources.read('/a.py', '1', () => text, { isLibrary: true, ...(isTaken && { isTaken }) });
      store.flush();
      return { kind, parsed: parsed.length };
    };
    const [no, yes] = [() => false, () => true],
      good = `def f(a):\n    return a${'  # why'.repeat(100)}\n`,
      bad = good.replace('return', 'global');
    // What nobody asked of it is not known …
    expect(read(good, null)).toEqual({ kind: 'module', parsed: 1 });
    expect(read(good, null)).toEqual({ kind: 'module', parsed: 0 });
    // … but that Python takes a text is known from then on.
    expect(read(good, no)).toEqual({ kind: 'module', parsed: 2 });
    expect(read(good, no)).toEqual({ kind: 'module', parsed: 0 });
    expect(read(bad, no)).toEqual({ kind: 'error', parsed: 1 });
    expect(read(bad, no)).toEqual({ kind: 'error', parsed: 1 });
    expect(read(bad, null)).toEqual({ kind: 'module', parsed: 1 });
    expect(read(bad, no)).toEqual({ kind: 'error', parsed: 1 });
    expect(read(`${bad}\n`, yes)).toEqual({ kind: 'module', parsed: 1 });
    expect(read(`${bad}\n`, no)).toEqual({ kind: 'module', parsed: 0 });
  });

  const DEFINITION = `def f():\n    return 1${'  # why'.repeat(100)}\n`;
  const body = (parsed: Parsed): unknown => {
    const [first] = bodyOf(parsed);
    return first?.kind === 'function' ? whole(first.body) : null;
  };
  it.each([null, new MemoryStore()])('hold no texts beyond their budget, and read them again', store => {
    // The second is read from what the first left in the store.
    for (let round = 0; round < 2; round++) {
      const asked: string[] = [];
      const sources = new ParsedSources(parse, store, 1);
      const of = (name: string) => () => {
        asked.push(name);
        return DEFINITION;
      };
      const first = sources.read('/a.py', '1', of('a'), { isLibrary: true });
      sources.read('/b.py', '1', of('b'), { isLibrary: true });
      expect(body(first)).toEqual(body(parse(DEFINITION)));
      store?.flush();
      if (!store) expect(asked).toEqual(['a', 'b', 'a']);
    }
  });
  it('know nothing of the functions of a file that has changed meanwhile, and do not store it', () => {
    const store = new MemoryStore();
    const sources = new ParsedSources(parse, store, 1);
    let text = DEFINITION;
    const first = sources.read('/a.py', '1', () => text, { isLibrary: true });
    sources.read('/b.py', '1', () => `${DEFINITION}#`, { isLibrary: true });
    text = DEFINITION.replace('1', '2');
    expect(body(first)).toMatchObject([{ kind: 'unsupported' }]);
    store.flush();
    expect([...store.texts.keys()].length).toBe(1);
  });
});

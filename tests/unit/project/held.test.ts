import { describe, expect, it } from 'vitest';
import { Held } from '../../../server/project/held.ts';

describe('what is held within a budget', () => {
  const made: string[] = [];
  const again = (name: string) => () => {
    made.push(name);
    return name;
  };
  const nothing = (): readonly string[] => made.splice(0);

  it('is made again once others took its place', () => {
    const held = new Held(10);
    const [a, b] = ['a', 'b'].map(name => held.hold(name, 4, again(name)));
    expect([a?.(), b?.(), nothing()]).toEqual(['a', 'b', []]);
    const c = held.hold('c', 4, again('c'));
    expect(held.bytes).toBe(8);
    // The one used longest ago gave way; when it comes back, the next one does.
    expect([b?.(), c(), nothing()]).toEqual(['b', 'c', []]);
    expect([a?.(), nothing()]).toEqual(['a', ['a']]);
    expect([b?.(), nothing()]).toEqual(['b', ['b']]);
  });
  it('is kept alone whatever its size', () => {
    const held = new Held(10);
    const large = held.hold('large', 100, again('large'));
    expect([large(), large(), nothing(), held.bytes]).toEqual(['large', 'large', [], 100]);
    held.hold('small', 1, again('small'));
    expect([held.bytes, large(), nothing()]).toEqual([1, 'large', ['large']]);
  });
  it('may be gone for good', () => {
    const held = new Held(1);
    const gone = held.hold<string>('x', 1, () => null);
    held.hold('y', 1, () => 'y');
    expect([gone(), gone(), held.bytes]).toEqual([null, null, 1]);
  });
});

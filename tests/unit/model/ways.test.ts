import { describe, expect, it } from 'vitest';
import { allWays, type Gone, type Joining } from '../../../server/model/ways.ts';
import type { ChoiceKind } from '../../../server/python/choices.ts';

/** A program that asks: it is run with the answers that it is given, 0 where none is. */
type Ask = (kind: ChoiceKind, answers?: number) => number;
const joining: Joining<string, string> = {
  isSame: (a, b) => a === b,
  join: (a, b) => (a === b ? a : a[0] === b[0] ? (a[0] ?? '') : null),
  isBetter: (a, b) => a > b,
};
function ended(program: (ask: Ask) => string, most = 16): string {
  let runs = 0;
  const way = allWays<string, string>(
    (begun): Gone<string, string> => {
      runs++;
      const choices: { kind: ChoiceKind; answers: number; taken: number }[] = [];
      const ask: Ask = (kind, answers = 2) => {
        const taken = begun[choices.length] ?? 0;
        choices.push({ kind, answers, taken });
        return taken;
      };
      const told = program(ask);
      if (told === '?') return { choices, end: { kind: 'unknown' } };
      return { choices, end: told.startsWith('!') ? { kind: 'refused', error: told } : { kind: 'done', value: told } };
    },
    joining,
    most,
  );
  expect(runs).toBeLessThanOrEqual(most);
  return way.kind === 'done' ? way.value : way.kind === 'refused' ? way.error : '?';
}

describe('of all ways', () => {
  it('one alone is what it is', () => {
    expect(ended(() => 'a')).toBe('a');
    expect(ended(() => '!a')).toBe('!a');
    expect(ended(() => '?')).toBe('?');
  });
  it('what is drawn comes up: one refusal ends the run', () => {
    expect(ended(ask => (ask('drawn') === 0 ? 'a' : '!no'))).toBe('!no');
    expect(ended(ask => (ask('drawn', 4) === 3 ? '!no' : '?'))).toBe('!no');
  });
  it('what is drawn goes on with the better one', () => expect(ended(ask => (ask('drawn') === 0 ? 'a' : 'b'))).toBe('b'));
  it('what is given is refused only where each answer is', () => {
    expect(ended(ask => (ask('given') === 0 ? 'a' : '!no'))).toBe('a');
    expect(ended(ask => (ask('given') === 0 ? '!no' : '!no'))).toBe('!no');
    expect(ended(ask => (ask('given') === 0 ? '!no' : '!other'))).toBe('?');
    expect(ended(ask => (ask('given') === 0 ? '!no' : '?'))).toBe('?');
  });
  it('what is given leaves what is true of both', () => {
    expect(ended(ask => (ask('given') === 0 ? 'ab' : 'ac'))).toBe('a');
    expect(ended(ask => (ask('given') === 0 ? 'ab' : 'cd'))).toBe('?');
  });
  it('one asks within another', () => {
    // Drawn where the picture is one of two kinds: it may never be that kind.
    expect(ended(ask => (ask('given') === 0 ? (ask('drawn') === 0 ? 'a' : '!no') : 'a'))).toBe('a');
    expect(ended(ask => (ask('drawn') === 0 ? 'a' : ask('given') === 0 ? '!no' : '!no'))).toBe('!no');
  });
  it('not all are gone where there are many, and then nothing is sure that needs them all', () => {
    const many = (ask: Ask): string => (Array.from({ length: 8 }, () => ask('given')).every(answer => answer === 1) ? 'a' : '!no');
    expect(ended(many)).toBe('?');
    expect(ended(ask => (Array.from({ length: 8 }, () => ask('drawn'))[7] === 1 ? '!no' : 'a'))).toBe('!no');
  });
});

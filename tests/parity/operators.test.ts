/**
 * Torch's own answers (torch 2.14.1 on a CPU) to 15,768 calls chosen by hand, and to some that were varied at random, made through the small Python and its stand-ins
 * as an interpreted program makes them: functions, methods, and modules that are built and run. An answer is equal, an error in other words, unknown, or wrong.
 */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { OPERATORS } from '../../runtime/network/operators/index.ts';
import { CALLS } from '../../server/torch/calls.ts';
import { operatorsPage, type Replayed } from './operators-page.ts';
import { readRecords, type TorchRecord } from './torch-record.ts';
import { answer, type Verdict } from './torch-replay.ts';

const read = (name: string): readonly TorchRecord[] => readRecords(new URL(`../data/${name}.jsonl.gz`, import.meta.url));
const chosen = read('operators'),
  random = read('operators-random');

/** Shares that were reached; they only go up. `words`: of the errors that ours has too, those in torch's own type and message. */
const REACHED = [
  ['chosen by hand', chosen, { equal: 0.942, words: 0.97 }],
  ['varied at random', random, { equal: 0.9, words: 0.93 }],
] as const;

describe('operators, as torch answers', () => {
  const replayed: Replayed[][] = [];
  it.each(REACHED)('calls %s', (name, records, reached) => {
    const counts: Record<Verdict, number> = { equal: 0, 'other words': 0, unknown: 0, wrong: 0 },
      wrong: string[] = [],
      calls: Replayed[] = [];
    replayed.push(calls);
    let errors = 0;
    for (const record of records) {
      const { verdict, said } = answer(record);
      counts[verdict]++;
      calls.push({ record, verdict });
      if (record.error && verdict === 'equal') errors++;
      if (verdict === 'wrong')
        wrong.push(`${record.id} ${JSON.stringify(record.call)}: torch ${JSON.stringify(record.error ?? record.result)}, here ${said}`);
    }
    console.log(
      `${records.length} calls ${name}: ${Object.entries(counts)
        .map(([verdict, n]) => `${n} ${verdict}`)
        .join(', ')}`,
    );
    expect(wrong).toEqual([]);
    expect(counts.equal / records.length).toBeGreaterThanOrEqual(reached.equal);
    expect(errors / (errors + counts['other words'])).toBeGreaterThanOrEqual(reached.words);
  });

  it('is told in its page', async () => {
    const [byHand = [], atRandom = []] = replayed;
    await expect(operatorsPage(byHand, atRandom)).toMatchFileSnapshot(fileURLToPath(new URL('../../docs/operators.md', import.meta.url)));
  });

  it('never errs where something is missing', () => {
    const sample = chosen.filter((_, i) => i % 7 === 0),
      good = sample.filter(r => answer(r).verdict === 'equal' && !r.error);
    const names = [...CALLS.keys()],
      mistakes: string[] = [];
    const half = (missing: ReadonlySet<string>): void => {
      const kept = [...missing].map(name => [name, CALLS.get(name)!] as const);
      for (const name of missing) CALLS.delete(name);
      for (const record of good) {
        const { verdict, said } = answer(record);
        if (verdict !== 'equal' && verdict !== 'unknown')
          mistakes.push(`without ${[...missing].slice(0, 3).join(', ')}…: ${record.id} ${said}`);
      }
      for (const [name, call] of kept) CALLS.set(name, call);
    };
    // Each name is away in some of these, alone among those that a call could use.
    for (let k = 0; k < 24; k++) half(new Set(names.filter((_, i) => (i * 7 + k) % 24 === 0)));
    expect(mistakes).toEqual([]);
    expect(good.length).toBeGreaterThan(500);
  });

  it('knows every operator by names that torch has', () => {
    expect([...OPERATORS.keys()].filter(name => !/^(torch|Tensor|F)\./.test(name))).toEqual([]);
  });
});

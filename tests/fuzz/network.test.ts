/** Numbers that nobody would write, put into the model of a good config: every answer is a verdict. And what changes nothing in a config changes nothing of its verdict. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import type { Verdict } from '../../server/model/verdict.ts';
import { NodeHost } from '../../server/project/node-host.ts';
import { Project } from '../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../server/project/settings.ts';
import type { Argument, Expression } from '../../server/syntax/nodes.ts';
import { zoo } from '../zoo.ts';
import { type Chance, fuzz } from './seeded.ts';

const samples = fileURLToPath(new URL('../../configs', import.meta.url));
const host = new NodeHost();
const files = [
  ...readdirSync(samples).filter(name => name.endsWith('.py')),
  ...readdirSync(join(samples, 'broken')).map(name => `broken/${name}`),
  'demo/shapes_yolov5_tiny.py',
].map(name => join(samples, name));
/** Small, so that most of the time goes into what differs. */
const settings = { ...DEFAULT_SETTINGS, sitePackages: [zoo], size: [128, 128] as const };
let project: Project;
beforeAll(async () => {
  project = await Project.open(host, { roots: [samples], settings, env: {}, cancel: new Int32Array(1) });
}, 120_000);

test('numbers that do not fit', { timeout: 300_000 }, async () => {
  const seen = { true: 0, false: 0, null: 0 };
  const unknown: string[] = [];
  await fuzz({ seed: 3000, count: 40 }, (dice, notes) => {
    const file = dice.pick(files);
    const text = otherNumbers(host.read(file) ?? '', dice);
    Object.assign(notes, { file, text });
    const undo = host.lay(file, text);
    try {
      const verdict = project.verdict(file);
      if (!verdict) {
        expect(project.config(file).ok).toBe(false);
        return;
      }
      notes['verdict'] = { ...verdict, parts: [], read: [] };
      isVerdict(verdict);
      seen[`${verdict.ok}`]++;
      if (verdict.unknown !== null) unknown.push(`${verdict.unknown}`);
      // Fixes cost a run each.
      if (dice.below(8)) return;
      for (const { message, site, fixes } of project.modelDiagnostics(file)) {
        isSentence(message);
        expect(site.start >= 0 && site.start <= site.end && site.end <= (host.read(site.file) ?? '').length).toBe(true);
        for (const { title } of fixes) isSentence(title);
      }
    } finally {
      undo();
    }
  });
  // What is not known to the end is silent, and must stay rare.
  if (process.env['NECKTIE_SEED'] === undefined) expect(seen.null, unknown.join('\n')).toBeLessThan((seen.true + seen.false) / 4);
});

test('what changes nothing', { timeout: 300_000 }, () =>
  fuzz({ seed: 4000, count: 16 }, (dice, notes) => {
    const file = dice.pick(files);
    const original = dice.below(2) ? (host.read(file) ?? '') : otherNumbers(host.read(file) ?? '', dice);
    const undo = host.lay(file, original);
    try {
      const before = facts(project.verdict(file));
      let text = original;
      for (let i = 0; i < 4; i++) text = dice.pick(SAME)(text, dice);
      Object.assign(notes, { file, original, text });
      host.overlay(file, text);
      expect(facts(project.verdict(file))).toEqual(before);
    } finally {
      undo();
    }
  }),
);

function isVerdict({ ok, error, unknown, mismatches, parts, parameters, macs, stage }: Verdict): void {
  if (ok === null) {
    isSentence(unknown ?? '');
    return;
  }
  expect(unknown).toBeNull();
  if (ok) {
    expect([stage, error, mismatches]).toEqual([null, null, []]);
    expect(parameters).toBeGreaterThan(0);
    expect(macs).toBeGreaterThanOrEqual(0);
    for (const { strides } of parts) expect(strides.every(s => s > 0)).toBe(true);
    return;
  }
  expect(error?.type).toMatch(/^[A-Z]\w+$/);
  isSentence(`${error?.message}${error?.source ?? ''}`);
  // A config that cannot be read has no run that could mismatch.
  if (stage !== 'config') expect(mismatches.length).toBeGreaterThan(0);
}

/** What a fault of our own would say. */
const isSentence = (message: string): void =>
  expect(message).not.toMatch(
    /^\s*$|\bundefined\b|\[object |\bNaN\b|Cannot read prop|is not a function|is not iterable|Invalid array length|call stack|fault of Necktie/,
  );

const facts = (verdict: Verdict | null): unknown =>
  verdict && {
    ...verdict,
    read: [],
    // Lines of a library's code stay; places in the config move.
    mismatches: verdict.mismatches.map(m => ({ ...m, traceback: [] })),
  };

/** In place of a number, or of a whole tuple or list of numbers. */
const NUMBERS = '0 1 2 3 4 5 7 8 -1 -3 0.5 1.5 0.1 -0.25 1e-3 True None'.split(' ');
/** A thousand layers take their time: how many there are stays small. */
const LARGE = '16 18 24 50 64 100 101 1000 123457 4294967296 1e9'.split(' ');
const SEQUENCES = [
  '()',
  '[]',
  '(1, 2)',
  '(0, 1, 2, 3)',
  '(1, 2, 3)',
  '[8, 16, 32]',
  '(3,)',
  '[256, 512]',
  '(2, 1, 3)',
  '(-1,)',
  '(7, 8, 9)',
  '[[1, 2], [3]]',
  "'abc'",
];

function otherNumbers(text: string, dice: Chance): string {
  let out = text;
  const times = 1 + dice.below(3);
  for (let i = 0; i < times; i++) {
    const isSequence = dice.below(4) === 0;
    const written = [...out.matchAll(isSequence ? /[[(][\d., ]+[\])]/g : /(?<![\w.'/-])\d+(?:\.\d+)?(?![\w.'])/g)].filter(found =>
      inModel(out, found.index),
    );
    if (!written.length) continue;
    const { index, 0: found } = dice.pick(written);
    out =
      out.slice(0, index) +
      dice.pick(
        isSequence
          ? SEQUENCES
          : /factor|depths|num_/.test(out.slice(out.lastIndexOf('\n', index), index))
            ? NUMBERS
            : [...NUMBERS, ...LARGE],
      ) +
      out.slice(index + found.length);
  }
  return out;
}

/** In the model itself, in the variables before it, and not in a comment. */
function inModel(text: string, at: number): boolean {
  const model = text.indexOf('\nmodel = ');
  const end = text.slice(model + 1).search(/\n\w/);
  const line = text.slice(text.lastIndexOf('\n', at) + 1, at);
  return (
    !line.includes('#') &&
    (/^(?:channels|\w+_factor|strides|anchors|num_classes) = /.test(line) || (at > model && (end < 0 || at < model + 1 + end)))
  );
}

const SAME: readonly ((text: string, dice: Chance) => string)[] = [
  // A comment behind a line.
  (text, dice) => {
    const lines = text.split('\n');
    const at = dice.below(lines.length);
    if (/[,(]$/.test(lines[at] ?? '') || lines[at] === '') lines[at] = `${lines[at]}  # model = dict(neck=dict(in_channels=[1]))`;
    return lines.join('\n');
  },
  (text, dice) => {
    const lines = text.split('\n');
    const at = dice.below(lines.length);
    if (lines[at] === '' || lines[at]?.endsWith(',')) lines.splice(at + 1, 0, '');
    return lines.join('\n');
  },
  // A variable has another name.
  (text, dice) => {
    const variables = [...text.matchAll(/^(channels|\w+_factor|strides|anchors|num_classes) = /gm)];
    if (!variables.length) return text;
    const name = dice.pick(variables)[1] ?? '';
    return text.replace(new RegExp(`(?<![.\\w])${name}\\b(?!=)`, 'g'), `${name}_of_mine`);
  },
  // Two keyword arguments of a dict change places.
  (text, dice) => {
    const calls = dictsIn(text).filter(args => args.length > 1);
    if (!calls.length) return text;
    const args = dice.pick(calls);
    const [a = 0, b = 0] = [dice.below(args.length), dice.below(args.length)].sort((x, y) => x - y);
    const [first, second] = [args[a], args[b]];
    if (a === b || !first || !second) return text;
    const [one, two] = [text.slice(first.start, first.end), text.slice(second.start, second.end)];
    return text.slice(0, first.start) + two + text.slice(first.end, second.start) + one + text.slice(second.end);
  },
];

interface Range {
  readonly start: number;
  readonly end: number;
}
/** The keyword arguments of every `dict(…)` within `model`. */
function dictsIn(text: string): readonly (readonly Range[])[] {
  const parsed = project.configs.parse(text);
  const found: (readonly Range[])[] = [];
  const walk = (e: Expression): void => {
    if (e.kind !== 'call') return;
    found.push(e.args.flatMap(named));
    for (const { value } of e.args) walk(value);
  };
  const model =
    parsed.kind === 'module'
      ? parsed.body.find(s => s.kind === 'assign' && s.targets.some(t => t.kind === 'name' && t.name === 'model'))
      : undefined;
  if (model?.kind === 'assign') walk(model.value);
  return found;
}
const named = (arg: Argument): readonly Range[] =>
  arg.kind === 'named' ? [{ start: arg.span.start, end: Math.max(arg.span.end, arg.value.span.end) }] : [];

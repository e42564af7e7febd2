/**
 * Every text that someone has on screen while they type a config, and some that nobody types: of official configs, every truncation at a token, every deletion of one
 * token, and random bytes. Each is resolved and checked by the config's rules: no exception, no hang, memory flat; and of a truncated text, what stands above the cut
 * is what it was. Here a share of them, drawn by chance; `NECKTIE_FULL=1` takes all of 300 configs (most of an hour) and prints what it counted.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { beforeAll, expect, test } from 'vitest';
import { canonical } from '../../server/config/canonical.ts';
import { NodeHost } from '../../server/project/node-host.ts';
import { Project } from '../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../server/project/settings.ts';
import type { Block, Expression, Statement } from '../../server/syntax/nodes.ts';
import { zoo } from '../zoo.ts';
import { type Chance, chance } from './seeded.ts';

const FULL = process.env['NECKTIE_FULL'] === '1';
const CONFIGS = FULL ? 300 : 60;
/** Edits of each kind, of one config. */
const EDITS = FULL ? Infinity : 16;
const SCRAMBLED = FULL ? 30 : 4;
/** Milliseconds of the processor for one text, both resolved and checked: the clock would tell what else the machine does. */
const LONGEST = 1000;
/** Bytes that the heap may have grown by between the first tenth of the texts and the last. */
const GROWTH = 64 * 2 ** 20;

const host = new NodeHost();
let project: Project;
let configs: readonly string[];
beforeAll(async () => {
  const settings = { ...DEFAULT_SETTINGS, sitePackages: [zoo] };
  project = await Project.open(host, { roots: [], settings, env: {}, cancel: new Int32Array(1), models: false });
  const all = ['mmyolo', 'mmdet', 'mmpretrain', 'mmcls', 'mmselfsup'].flatMap(library => pythonIn(join(zoo, library, '.mim/configs')));
  configs = drawn(all, CONFIGS, chance(2026));
}, 120_000);

const pythonIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.py'))
    .sort()
    .map(name => join(folder, name));

test('every truncation, every deletion, random bytes', { timeout: 7_200_000 }, async () => {
  const dice = chance(9);
  const counts: Counts = { configs: configs.length, truncations: 0, deletions: 0, random: 0, slowest: 0, above: 0, kept: 0 };
  const lost: string[] = [];
  let heapEarly = 0;
  for (const [i, file] of configs.entries()) {
    const text = host.read(file) ?? '';
    const tokens = [...text.matchAll(TOKEN)].filter(([word]) => !word.startsWith('#'));
    const above = new Above(file, text);
    for (const token of drawn(tokens, EDITS, dice)) {
      const end = token.index + token[0].length;
      const value = look(file, text.slice(0, end), counts);
      counts.truncations++;
      const { all, different } = above.compare(end, value);
      counts.above += all;
      counts.kept += all - different.length;
      if (different.length) lost.push(`${file} to ${end}: ${different.join(', ')}`);
    }
    for (const token of drawn(tokens, EDITS, dice)) {
      look(file, text.slice(0, token.index) + text.slice(token.index + token[0].length), counts);
      counts.deletions++;
    }
    for (let n = 0; n < SCRAMBLED; n++) {
      look(file, scrambled(text, dice), counts);
      counts.random++;
    }
    host.overlay(file, null);
    if (i === Math.floor(configs.length / 10)) heapEarly = heapUsed();
    if (FULL && i % 10 === 9) {
      console.log({ ...counts, configs: i + 1, heap: heapUsed(), lost });
      // What is printed is seen when the thread is free for a moment.
      await new Promise(setImmediate);
    }
  }
  const grown = heapUsed() - heapEarly;
  if (FULL) console.log({ ...counts, heapEarly, grown, lost: lost.slice(0, 40) });
  expect(counts.slowest).toBeLessThan(LONGEST);
  expect(grown).toBeLessThan(GROWTH);
  expect(counts.above).toBeGreaterThan(counts.configs);
  expect(lost).toEqual([]);
});

interface Counts {
  readonly configs: number;
  truncations: number;
  deletions: number;
  random: number;
  /** Milliseconds. */
  slowest: number;
  /** Top-level values above the cuts, and how many of them are what they were. */
  above: number;
  kept: number;
}

type Values = Readonly<Record<string, unknown>>;

/** What the file is as if it were `text`. */
function look(file: string, text: string, counts: Counts): Values {
  const began = process.cpuUsage();
  host.overlay(file, text);
  try {
    const config = project.config(file);
    project.configDiagnostics(file);
    const { user, system } = process.cpuUsage(began);
    const took = (user + system) / 1000;
    if (took > LONGEST) throw new Error(`it took ${Math.round(took)} ms`);
    counts.slowest = Math.max(counts.slowest, took);
    return valuesOf(canonical(config.value));
  } catch (cause) {
    throw new Error(`${file}\n${text}`, { cause });
  }
}
const valuesOf = (value: unknown): Values =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, JSON.stringify(v)])) : {};

/** What stands above a cut: the values of the statements before the one that is cut, but for what that one binds. */
class Above {
  readonly #file: string;
  readonly #text: string;
  readonly #body: Block;
  #known: { readonly from: number; readonly values: Values } | null = null;
  constructor(file: string, text: string) {
    this.#file = file;
    this.#text = text;
    const parsed = project.configs.parse(text);
    this.#body = parsed.kind === 'module' ? parsed.body : [];
  }

  compare(end: number, cut: Values): { readonly all: number; readonly different: readonly string[] } {
    const statement = this.#body.find(s => s.span.start < end && end <= s.span.end);
    const touched = statement && touchedBy(statement);
    if (!statement || !touched || touched.has('_base_')) return { all: 0, different: [] };
    const from = statement.span.start;
    if (this.#known?.from !== from) {
      host.overlay(this.#file, this.#text.slice(0, from));
      this.#known = { from, values: valuesOf(canonical(project.config(this.#file).value)) };
    }
    const before = Object.entries(this.#known.values).filter(([name]) => !touched.has(name));
    return { all: before.length, different: before.flatMap(([name, value]) => (cut[name] === value ? [] : [name])) };
  }
}

/** Names that a statement binds; null where it changes something in place, which other names may have too, or where more than a look would be needed. */
function touchedBy(s: Statement): ReadonlySet<string> | null {
  const names = s.kind === 'assign' ? s.targets.flatMap(namesOf) : s.kind === 'augment' ? namesOf(s.target) : [null];
  const plain = names.filter(name => name !== null);
  return plain.length === names.length ? new Set(plain) : null;
}
function namesOf(e: Expression): readonly (string | null)[] {
  if (e.kind === 'name') return [e.name];
  return e.kind === 'tuple' || e.kind === 'list' ? e.items.flatMap(namesOf) : [null];
}

/** A share of a list in its own order, each as likely as the other. */
function drawn<T>(from: readonly T[], count: number, dice: Chance): readonly T[] {
  if (from.length <= count) return from;
  const picked = new Set<number>();
  while (picked.size < count) picked.add(dice.below(from.length));
  return [...picked].sort((a, b) => a - b).flatMap(i => from.slice(i, i + 1));
}

/** Random bytes as an editor would show them: in the middle of the text, in its place, or over some of its own. */
function scrambled(text: string, dice: Chance): string {
  const bytes = (count: number): Buffer => Buffer.from(Array.from({ length: count }, () => dice.below(256)));
  const at = dice.below(text.length + 1);
  switch (dice.below(4)) {
    case 0:
      return bytes(1 + dice.below(2000)).toString('utf8');
    case 1:
      return bytes(1 + dice.below(2000)).toString('latin1');
    case 2:
      return text.slice(0, at) + bytes(1 + dice.below(40)).toString('latin1') + text.slice(at + dice.below(40));
    default: {
      const all = Buffer.from(text, 'utf8');
      for (let n = 0; n <= all.length / 100; n++) all[dice.below(all.length)] = dice.below(256);
      return all.toString('utf8');
    }
  }
}

const TOKEN = /"""(?:\\[\s\S]|[^\\])*?"""|'''(?:\\[\s\S]|[^\\])*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|#[^\n]*|\w+|\S/g;

setFlagsFromString('--expose-gc');
const collect: unknown = runInNewContext('gc');
/** Of what is still held. */
function heapUsed(): number {
  if (typeof collect === 'function') collect();
  return process.memoryUsage().heapUsed;
}

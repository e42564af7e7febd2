/**
 * Where a value is said to be written, its text is read again. Of every leaf of 150 official configs: the literal that is named there is the value; or the value was
 * computed, and the literals that it was computed from are named; or mmengine put it there itself.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { canonical } from '../../server/config/canonical.ts';
import { originAt, pathsAt } from '../../server/config/origins.ts';
import { formatPath } from '../../server/config/path.ts';
import type { ConfigPath, Origin, ResolvedConfig } from '../../server/config/resolved.ts';
import { literalValue } from '../../server/model/options.ts';
import { NodeHost } from '../../server/project/node-host.ts';
import { Project } from '../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../server/project/settings.ts';
import { plain } from '../../server/python/origin.ts';
import { Dict } from '../../server/python/types/dict.ts';
import { Float } from '../../server/python/types/float.ts';
import { List } from '../../server/python/types/list.ts';
import { Tuple } from '../../server/python/types/tuple.ts';
import type { Site, Value } from '../../server/python/value.ts';
import { Lines } from '../../server/text/lines.ts';
import { zoo } from '../zoo.ts';
import { chance, fuzz } from './seeded.ts';

const samples = fileURLToPath(new URL('../../configs', import.meta.url));
const host = new NodeHost();
let project: Project;
let files: readonly string[];
beforeAll(async () => {
  const settings = { ...DEFAULT_SETTINGS, sitePackages: [zoo] };
  project = await Project.open(host, { roots: [samples], settings, env: {}, cancel: new Int32Array(1), models: false });
  const folders = [samples, ...['mmyolo', 'mmdet', 'mmpretrain', 'mmselfsup'].map(library => join(zoo, library, '.mim/configs'))];
  files = folders.flatMap(folder =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.py'))
      .sort()
      .map(name => join(folder, name)),
  );
}, 120_000);

test('every leaf, its places and their texts', { timeout: 120_000 }, async () => {
  const counts = { literal: 0, through: 0, computed: 0, substituted: 0, scope: 0 };
  await fuzz({ seed: 5000, count: 150 }, (dice, notes) => {
    const config = project.config(dice.pick(files));
    if (!config.ok) return;
    for (const leaf of leavesOf(config)) {
      Object.assign(notes, { file: config.file, path: formatPath(leaf.path) });
      const origin = originAt(config, leaf.path);
      if (!origin) throw new Error('it has no origin');
      isInChain(config, origin);
      hasItsName(leaf.path, origin);
      counts[kindOf(leaf, origin)]++;
    }
  });
  if (process.env['NECKTIE_SEED'] !== undefined) return;
  expect(counts.literal).toBeGreaterThan(25_000);
  expect(counts.through).toBeGreaterThan(1000);
  expect(counts.computed).toBeGreaterThan(250);
});

test('from the place back to the path', { timeout: 120_000 }, () => {
  const dice = chance(77);
  for (let i = 0; i < 300; i++) {
    const config = project.config(dice.pick(files));
    const leaves = config.ok ? leavesOf(config) : [];
    if (!leaves.length) continue;
    const { path } = dice.pick(leaves);
    const origin = originAt(config, path);
    if (!origin || path.at(-1) === '_scope_') continue;
    expect(pathsAt(config, origin.value.file, origin.value.start + 1).map(formatPath)).toContain(formatPath(path));
  }
});

function kindOf({ path, value }: Leaf, origin: Origin): 'literal' | 'through' | 'computed' | 'substituted' | 'scope' {
  const wanted = JSON.stringify(canonical(value));
  const holds = (site: Site): boolean => JSON.stringify(literalAt(site)) === wanted;
  // Of a base in another package: no text has it.
  if (path.at(-1) === '_scope_') return 'scope';
  if (holds(origin.value)) return 'literal';
  if (origin.literals.some(holds)) return 'through';
  if (/\{\{/.test(textAt(origin.value))) return 'substituted';
  if (origin.literals.length) return 'computed';
  throw new Error(`${textAt(origin.value)} is not ${wanted}, and nothing that it was computed from is known`);
}

interface Leaf {
  readonly path: ConfigPath;
  readonly value: Value;
}
/** What holds nothing. Functions and classes are no data. */
function leavesOf({ value }: ResolvedConfig): readonly Leaf[] {
  const found: Leaf[] = [];
  const walk = (v: Value, path: ConfigPath): void => {
    const p = plain(v);
    if (p instanceof Dict) for (const [k, e] of p.entries) walk(e.value, [...path, typeof k === 'number' ? k : String(k)]);
    else if (p instanceof List || p instanceof Tuple) for (const [i, item] of p.items.entries()) walk(item, [...path, i]);
    else if (typeof p !== 'object' || p === null || p instanceof Float) found.push({ path, value: v });
  };
  walk(value, []);
  return found;
}

/** Every place on the way lies in a file of the chain, on the line that it says. */
function isInChain({ chain }: ResolvedConfig, origin: Origin): void {
  for (let at: Origin | null = origin; at; at = at.overrides) {
    for (const { file, start, end, line } of [at.key, at.value, ...at.literals]) {
      if (!chain.includes(file)) throw new Error(`${file} is not in the chain`);
      const text = host.read(file) ?? '';
      if (!(start >= 0 && start <= end && end <= text.length)) throw new Error(`${file} has no place ${start}–${end}`);
      if (lineOf(file, start) !== line) throw new Error(`${start} of ${file} is not on line ${line}`);
    }
  }
}

/** The key's place, and that of each key that it overrode, has the key's own text. */
function hasItsName(path: ConfigPath, origin: Origin): void {
  const name = path.at(-1);
  if (typeof name !== 'string' || name === '_scope_') return;
  for (let at: Origin | null = origin; at; at = at.overrides) {
    const key = textAt(at.key);
    if (key !== name && !new RegExp(String.raw`(?:\.|^['"]|\[['"])${escaped(name)}(?:['"]\]?)?$`).test(key))
      throw new Error(`${key} is no place of ${name}`);
  }
}
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

const textAt = ({ file, start, end }: Site): string => (host.read(file) ?? '').slice(start, end);

/** The same literal is asked for a thousand times. */
const literals = new Map<string, unknown>();
function literalAt(site: Site): unknown {
  const text = textAt(site);
  if (!literals.has(text)) literals.set(text, text.length > 20_000 || text.includes('{{') ? undefined : evaluated(`(${text}\n)`));
  return literals.get(text);
}
/** Undefined where it is no literal. */
function evaluated(text: string): unknown {
  const parsed = project.configs.parse(text);
  const [statement] = parsed.kind === 'module' ? parsed.body : [];
  const value = statement?.kind === 'expression' ? statement.value : undefined;
  const isLiteral = value?.kind === 'constant' || (value?.kind === 'unary' && value.operand.kind === 'constant');
  return isLiteral ? canonical(literalValue(text, project.configs.parse)) : undefined;
}

const lines = new Map<string, Lines>();
function lineOf(file: string, offset: number): number {
  const known = lines.get(file) ?? new Lines(host.read(file) ?? '');
  lines.set(file, known);
  return known.position(offset).line + 1;
}

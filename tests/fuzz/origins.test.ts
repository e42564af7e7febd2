/** Where a value is said to be written, its text is read again: a literal there is that value. */
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
import type { Value } from '../../server/python/value.ts';
import type { Expression } from '../../server/syntax/nodes.ts';
import { zoo } from '../zoo.ts';
import { fuzz } from './seeded.ts';

const samples = fileURLToPath(new URL('../../configs', import.meta.url));
const host = new NodeHost();
let project: Project;
let files: readonly string[];
beforeAll(async () => {
  const settings = { ...DEFAULT_SETTINGS, sitePackages: [zoo] };
  project = await Project.open(host, { roots: [samples], settings, env: {}, cancel: new Int32Array(1), models: false });
  files = [samples, join(zoo, 'mmyolo/.mim/configs'), join(zoo, 'mmdet/.mim/configs')].flatMap(folder =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.py'))
      .sort()
      .map(name => join(folder, name)),
  );
}, 120_000);

test('a leaf, its place and its text', { timeout: 120_000 }, async () => {
  let literals = 0;
  await fuzz({ seed: 5000, count: 120 }, (dice, notes) => {
    const file = dice.pick(files);
    const config = project.config(file);
    if (!config.ok) return;
    const leaves = leavesOf(config);
    for (let i = 0; i < 12 && leaves.length; i++) {
      const { path, value } = dice.pick(leaves);
      Object.assign(notes, { file, path: formatPath(path) });
      const origin = originAt(config, path);
      if (!origin) throw new Error('it has no origin');
      isInChain(config, origin);
      const text = textAt(origin);
      notes['text'] = text;
      // What was computed leads to the literals that it was computed from.
      if (origin.literals.length || !isLiteral(text)) continue;
      literals++;
      expect(canonical(literalValue(text, project.configs.parse))).toEqual(canonical(value));
      // And back: of what is written there, this is a part.
      const there = pathsAt(config, origin.value.file, origin.value.start + 1).map(formatPath);
      expect(there).toContain(formatPath(path));
    }
  });
  if (process.env['NECKTIE_SEED'] === undefined) expect(literals).toBeGreaterThan(600);
});

interface Leaf {
  readonly path: ConfigPath;
  readonly value: Value;
}
/** Functions and classes are no data. */
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

function isInChain({ chain }: ResolvedConfig, origin: Origin): void {
  for (let at: Origin | null = origin; at; at = at.overrides) {
    for (const { file, start, end, line } of [at.key, at.value, ...at.literals]) {
      expect(chain).toContain(file);
      const text = host.read(file) ?? '';
      expect(start >= 0 && start <= end && end <= text.length).toBe(true);
      expect(text.slice(0, start).split('\n').length).toBe(line);
    }
  }
}

const textAt = ({ value: { file, start, end } }: Origin): string => (host.read(file) ?? '').slice(start, end);

/** A constant, or a sign before one. */
function isLiteral(text: string): boolean {
  const parsed = text.includes('{{') ? null : project.configs.parse(`(${text}\n)`);
  const [statement] = parsed?.kind === 'module' ? parsed.body : [];
  return statement?.kind === 'expression' && isConstant(statement.value);
}
const isConstant = (e: Expression): boolean =>
  e.kind === 'constant' || (e.kind === 'unary' && e.operand.kind === 'constant' && e.operator === '-');

/** Channels and strides of backbones, for every documented setting, as the real libraries gave them. */
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { fromJson } from '../../server/model/options.ts';
import type { Shapes, Verdict } from '../../server/model/verdict.ts';
import { NodeHost } from '../../server/project/node-host.ts';
import { Project } from '../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../server/project/settings.ts';
import { repr } from '../../server/python/operate.ts';
import { zoo } from '../zoo.ts';

interface Recorded {
  readonly type: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly out_channels: readonly (number | null)[];
  readonly strides: readonly (number | null)[];
  readonly default_out_indices?: unknown;
  readonly only_default?: boolean;
  readonly size: number;
  /** With the batch. */
  readonly shapes?: readonly (readonly number[] | readonly (readonly number[])[])[];
}
const rows = gunzipSync(readFileSync(new URL('../data/model/backbones.jsonl.gz', import.meta.url)))
  .toString('utf8')
  .trim()
  .split('\n')
  .map(line => JSON.parse(line) as Recorded);
/** All of them with `NECKTIE_FULL=1`, else one in so many. */
const EVERY = process.env['NECKTIE_FULL'] === '1' ? 1 : 36;

const listed = (s: Shapes | undefined): readonly Shapes[] =>
  Array.isArray(s) ? (typeof s[0] === 'number' ? [s] : (s as readonly Shapes[])) : [];
const isFlat = (s: readonly unknown[]): s is readonly number[] => typeof s[0] === 'number';

function agrees(r: Recorded, v: Verdict): boolean {
  const out = listed(v.outputs['backbone']);
  if (r.shapes) return JSON.stringify(out) === JSON.stringify(r.shapes.map(s => (isFlat(s) ? s.slice(1) : s.map(x => x.slice(1)))));
  return (
    out.length === r.out_channels.length &&
    out.every((s, i) => Array.isArray(s) && s[0] === r.out_channels[i] && Math.abs(r.size / Number(s[1]) - (r.strides[i] ?? 0)) < 0.01)
  );
}

it('backbones give what the real ones give, or are not known', async () => {
  const folder = new URL('../../configs', import.meta.url).pathname,
    file = `${folder}/case.py`;
  const project = await Project.open(new NodeHost(), {
    models: true,
    roots: [folder],
    settings: { ...DEFAULT_SETTINGS, sitePackages: [zoo] },
    env: {},
    cancel: new Int32Array(new SharedArrayBuffer(4)),
  });
  const wrong: string[] = [],
    unknown: string[] = [];
  const asked = rows.filter((_, i) => i % EVERY === 0);
  for (const r of asked) {
    const all = r.default_out_indices !== undefined && !r.only_default ? { out_indices: r.out_channels.map((_, i) => i) } : {};
    const backbone = repr(fromJson({ type: r.type, ...r.args, ...all })),
      library = r.type.startsWith('mmpretrain.') ? 'mmpretrain' : 'mmcls';
    const restore = project.host.lay(
      file,
      `default_scope = '${r.type.split('.')[0] ?? ''}'\nmodel = dict(type='${library}.ImageClassifier', backbone=${backbone})\n`,
    );
    const v = project.models?.verdict({ config: project.config(file), size: [r.size, r.size] });
    restore();
    const name = `${r.type} ${JSON.stringify(r.args)}`;
    if (!v || v.ok === null) unknown.push(`${name}: ${v?.unknown ?? ''}`);
    else if (!v.ok || !agrees(r, v)) wrong.push(`${name}: ${v.error?.message ?? JSON.stringify(v.outputs['backbone'])}`);
  }
  expect(wrong).toEqual([]);
  expect(unknown.length / asked.length, unknown.join('\n')).toBeLessThan(0.05);
}, 1_200_000);

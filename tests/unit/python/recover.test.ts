/** Half-typed text: what can still be read of it, and what is said of the rest. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { NodeHost } from '../../../server/project/node-host.ts';
import type { Statement } from '../../../server/syntax/nodes.ts';
import { type Recovered, recover } from '../../../server/syntax/recover.ts';
import { zoo } from '../../zoo.ts';
import { parse } from './parser.ts';

/** Keys of calls and dicts by path, as far as displays and keyword arguments go: `model.backbone.type`. */
function paths(body: readonly Statement[]): string[] {
  const out: string[] = [];
  const walk = (e: unknown, path: string): void => {
    if (typeof e !== 'object' || e === null || !('kind' in e)) return;
    if (e.kind === 'call' && 'args' in e && Array.isArray(e.args)) {
      for (const a of e.args) {
        if (a.kind === 'named') out.push(`${path}.${a.name}`);
        walk(a.value, a.kind === 'named' ? `${path}.${a.name}` : path);
      }
    }
    if (e.kind === 'list' && 'items' in e && Array.isArray(e.items)) for (const [i, x] of e.items.entries()) walk(x, `${path}[${i}]`);
  };
  for (const s of body) {
    if (s.kind !== 'assign' || s.targets[0]?.kind !== 'name') continue;
    out.push(s.targets[0].name);
    walk(s.value, s.targets[0].name);
  }
  return out;
}
const said = (r: Recovered): string => r.errors.map(e => `${e.span.line}: ${e.message}`).join('; ');

/** Text → what is read, what is said. */
const CASES: readonly (readonly [text: string, paths: string, errors: string])[] = [
  ['a = 1\nb = 2\n', 'a b', ''],
  ["model = dict(backbone=dict(type='", 'model model.backbone model.backbone.type', '1: unterminated string literal'],
  [
    "a = 1\nmodel = dict(backbone=dict(type='X', n=1\nb = 2\n",
    'a model model.backbone model.backbone.type model.backbone.n b',
    "2: '(' was never closed",
  ],
  [
    "model = dict(\n    backbone=dict(type='X',\n    neck=dict(type='Y'))\nb = 2\n",
    'model model.backbone model.backbone.type model.neck model.neck.type b',
    "1: '(' was never closed",
  ],
  [
    "model = dict(\n    backbone=dict(type='X', in_=),\n    k=2)\nb = 2\n",
    'model model.backbone model.backbone.type model.backbone.in_ model.k b',
    '2: invalid syntax',
  ],
  ['model = dict(a=1))\nb = 2\n', 'model model.a b', "1: unmatched ')'"],
  ["_base_ = './a.py\nmodel = dict(a=1)\n", '_base_ model model.a', '1: unterminated string literal'],
  ['x = \ny = 2\n', 'x y', '1: invalid syntax'],
  ["a = dict(\n    type='A',\n    b=dict(\n        c=\n    ),\n    d=3)\nz = 1\n", 'a a.type a.b a.b.c a.d z', '5: invalid syntax'],
  [
    'a = [\n    dict(t=1),\n    dict(t=2)\n    dict(t=3),\n]\nb = 1\n',
    'a a[0].t a[1].t a[2].t b',
    '3: invalid syntax. Perhaps you forgot a comma?',
  ],
];
test.each(CASES)('%s', (text, read, errors) => {
  const recovered = recover(parse, text);
  expect(paths(recovered.body).join(' ')).toBe(read);
  if (errors) expect(said(recovered)).toContain(errors);
  else expect(said(recovered)).toBe('');
  for (const s of recovered.body) expect(s.span.end).toBeLessThanOrEqual(text.length);
});

test('a place in mended text is the place in the text', () => {
  const text = "model = dict(\n    backbone=dict(type='X',\n    neck=dict(type='Y'))\nlast = 2\n";
  const { body } = recover(parse, text);
  const last = body.at(-1);
  expect(last && text.slice(last.span.start, last.span.end).trim()).toBe('last = 2');
  expect(last?.span.line).toBe(4);
});

const config = `${zoo}/mmyolo/.mim/configs/yolov5/yolov5_s-v61_syncbn_8xb16-300e_coco.py`;
test.skipIf(new NodeHost().kind(config) === null)('one bracket missing in a config of 200 lines', () => {
  const text = readFileSync(config, 'utf8');
  const whole = new Set(paths(recover(parse, text).body));
  let kept = 0;
  let asked = 0;
  const places = [...text.matchAll(/[()[\]{}]/g)].map(m => m.index).filter((_, i) => i % 9 === 0);
  for (const at of places) {
    const recovered = recover(parse, text.slice(0, at) + text.slice(at + 1));
    const found = new Set(paths(recovered.body));
    asked += whole.size;
    kept += [...whole].filter(p => found.has(p)).length;
  }
  expect(kept / asked).toBeGreaterThan(0.9);
});

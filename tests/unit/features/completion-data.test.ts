/** Keys of the base, completed in JSON and YAML. */
import { expect, test } from 'vitest';
import { completionAt } from '../../../server/features/completion-at.ts';
import { type Files, projectOf } from './project-of.ts';

const B =
  "default_scope = 'mmdet'\nlr = 1\nmodel = dict(type='M', neck=dict(width=1, stages=[dict(depth=1), dict(size=2)]))\nhooks = [dict(a=dict(deep=1)), dict(b=2)]\n";
const J = '"_base_": "./b.py"';
const CASES: readonly (readonly [name: string, files: Files, labels: readonly string[]])[] = [
  ['keys at the top', { 'a.yaml': '_base_: ./b.py\n$0\n' }, ['default_scope', 'lr', 'model', 'hooks']],
  ['what is typed of one', { 'a.yaml': '_base_: ./b.py\nlr: 2\nmo$0\n' }, ['default_scope', 'model', 'hooks']],
  ['below a key', { 'a.yaml': '_base_: ./b.py\nmodel:\n  neck:\n    $0\n' }, ['width', 'stages']],
  ['beside keys', { 'a.yaml': '_base_: ./b.py\nmodel:\n  neck:\n    width: 3\n  $0\nlr: 3\n' }, ['type']],
  ['past what lies deeper', { 'a.yaml': '_base_: ./b.py\nmodel:\n  neck:\n    stages:\n      - depth: 1\n    $0\n' }, ['width']],
  ['in an item', { 'a.yaml': '_base_: ./b.py\nmodel:\n  neck:\n    stages:\n      - $0\n' }, ['depth']],
  ['in the next item', { 'a.yaml': '_base_: ./b.py\nmodel:\n  neck:\n    stages:\n      - depth: 1\n      - si$0\n' }, ['size']],
  ['in an item below the line of its dash', { 'a.yaml': '_base_: ./b.py\nhooks:\n- a:\n    $0\n' }, ['deep']],
  ['in a list as far left as its key', { 'a.yaml': '_base_: ./b.py\nhooks:\n- a: 1\n- $0\n' }, ['b']],
  ['none where a value stands', { 'a.yaml': '_base_: ./b.py\nlr: $0\n' }, []],
  ['none in a text', { 'a.yaml': '_base_: ./b.py\nx: |\n  mo$0\n' }, []],
  ['none in what the base does not have', { 'a.yaml': '_base_: ./b.py\nother:\n  $0\n' }, []],
  ['JSON: keys at the top', { 'a.json': `{${J}, "$0"}` }, ['default_scope', 'lr', 'model', 'hooks']],
  ['JSON: without a quote yet', { 'a.json': `{${J}, $0}` }, ['default_scope', 'lr', 'model', 'hooks']],
  ['JSON: half typed, with a line below', { 'a.json': `{${J},\n "mo$0\n "lr": 2}` }, ['default_scope', 'lr', 'model', 'hooks']],
  ['JSON: below a key', { 'a.json': `{${J}, "lr": 3, "model": {"neck": {"width": 2, "$0"}}}` }, ['stages']],
  ['JSON: in an item', { 'a.json': `{${J}, "model": {"neck": {"stages": [{}, {"$0": 1}]}}}` }, ['size']],
  ['JSON: none where a value stands', { 'a.json': `{${J}, "lr": "$0"}` }, []],
  ['JSON: none in a list', { 'a.json': `{${J}, "lr": ["$0"]}` }, []],
];
test.each(CASES)('%s', async (_, files, labels) => {
  const { project, file, offset } = await projectOf({ 'b.py': B, ...files });
  expect(completionAt(project, file, offset).map(({ label }) => label)).toEqual(labels);
});

test('what is written', async () => {
  const put = async (files: Files, label: string): Promise<string | undefined> => {
    const { project, file, offset } = await projectOf({ 'b.py': B, ...files });
    const chosen = completionAt(project, file, offset).find(item => item.label === label);
    const text = project.host.read(file) ?? '';
    return chosen && text.slice(0, chosen.range.start) + chosen.text + text.slice(chosen.range.end);
  };
  expect(await put({ 'a.yaml': '_base_: ./b.py\nmo$0\n' }, 'model')).toBe('_base_: ./b.py\nmodel: \n');
  expect(await put({ 'a.json': `{${J}, "mo$0"}` }, 'model')).toBe(`{${J}, "model": }`);
  expect(await put({ 'a.json': `{${J}, mo$0}` }, 'model')).toBe(`{${J}, "model": }`);
  expect(await put({ 'a.json': `{${J}, "mo$0": 1}` }, 'model')).toBe(`{${J}, "model": 1}`);
});

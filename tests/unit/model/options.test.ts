/** `--set`: what `Config.merge_from_dict` of mmengine 0.10.7 made of each, or said. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { canonical } from '../../../server/config/canonical.ts';
import { fromJson, withOptions } from '../../../server/model/options.ts';
import { workspace } from '../config/workspace.ts';

const config = workspace({
  'c.py': `model = dict(neck=dict(in_channels=[8, 16], sizes=(1, 2)), stages=[dict(depth=2, inner=[dict(a=1), dict(a=2)]), dict(depth=3)])
names = ['a', "it's"]
`,
}).resolve('c.py');

const recorded = readFileSync(new URL('../../data/model/options.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n');
test.each(recorded)('%s', line => {
  const { set, value, error } = JSON.parse(line);
  const merged = withOptions(config, new Map(Object.entries(set).map(([path, json]) => [path, fromJson(json)])));
  const [problem] = merged.problems;
  expect(problem && `${problem.errorType}: ${problem.message}`).toBe(error);
  if (value) expect(canonical(merged.value)).toEqual(value);
});

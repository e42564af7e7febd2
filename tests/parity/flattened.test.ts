/**
 * Official configs written out flat, as mmengine dumps them and as users hand them on: what is wrong in a base is in the one file then, and must be told of it. An error
 * that the config and its bases did not have is one of how a flat file is read.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { resolvedText } from '../../server/features/resolved-text.ts';
import { NodeHost } from '../../server/project/node-host.ts';
import { Project } from '../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../server/project/settings.ts';
import { zoo } from '../zoo.ts';

/** Of each library, every so many of those that mmengine loads. */
const EVERY = 16;
const files = ['mmyolo', 'mmdet', 'mmpretrain', 'mmcls', 'mmselfsup'].flatMap(library =>
  gunzipSync(readFileSync(fileURLToPath(new URL(`../data/zoo/${library}.jsonl.gz`, import.meta.url))))
    .toString('utf8')
    .split('\n')
    .filter(Boolean)
    .map((line): { readonly file: string; readonly ok: boolean } => JSON.parse(line))
    .flatMap(({ file, ok }) => (ok && !file.includes('/_base_/') ? [file] : []))
    .filter((_, i) => i % EVERY === 0),
);

async function opened(host: NodeHost): Promise<Project> {
  return Project.open(host, {
    roots: ['/flat'],
    settings: { ...DEFAULT_SETTINGS, sitePackages: [zoo] },
    env: {},
    cancel: new Int32Array(1),
    models: false,
  });
}

/** What only the flat file is told, and is true: the base that has it is one of those that others complete, and nobody does. */
const HIDDEN: readonly string[] = [
  'mmselfsup/.mim/configs/benchmarks/classification/inaturalist2018/resnet50_mhead_8xb32-steplr-84e_inat18.py loop-incomplete: `train_cfg` and `optim_wrapper` are set, and `train_dataloader` is not: a run takes all three or none',
];

/** By what they say, wherever they are told. */
const errorsOf = (project: Project, file: string): readonly string[] =>
  project
    .configDiagnostics(file)
    .filter(({ severity }) => severity === 'error')
    .map(({ code, message }) => `${code}: ${message.split('\n')[0]}`);

test('configs that are written out flat have no error that they did not have', async () => {
  const host = new NodeHost();
  const project = await opened(host);
  const flat = files.map(file => {
    const path = `/flat/${file.split('/')[0]}/${file.split('/').at(-1)}`;
    host.overlay(path, resolvedText(project, `${zoo}/${file}`, false)?.text ?? '');
    return { file, path };
  });
  const found = flat.flatMap(({ file, path }) => {
    const config = project.config(`${zoo}/${file}`);
    const before = new Set(config.chain.flatMap(one => errorsOf(project, one)));
    return errorsOf(project, path)
      .filter(error => !before.has(error))
      .map(error => `${file} ${error}`);
  });
  expect(flat.length).toBeGreaterThan(100);
  expect(found).toEqual(HIDDEN);
}, 60_000);

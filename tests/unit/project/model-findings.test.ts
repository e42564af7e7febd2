/** Proofs that were cancelled leave nothing behind: whoever asks next is told all. */
import { beforeAll, expect, test } from 'vitest';
import { NodeHost } from '../../../server/project/node-host.ts';
import { Project } from '../../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../../server/project/settings.ts';
import type { Diagnostic } from '../../../server/rules/diagnostic.ts';
import { zoo } from '../../zoo.ts';

const FILE = '/fixture/a.py';
const CONFIG = `default_scope = 'mmdet'
model = dict(
    type='RetinaNet',
    data_preprocessor=dict(type='DetDataPreprocessor'),
    backbone=dict(type='ResNet', depth=18, num_stages=4, out_indices=(1, 2, 3)),
    neck=dict(type='FPN', in_channels=[128, 256, 256], out_channels=32, num_outs=3),
    bbox_head=dict(
        type='RetinaHead',
        num_classes=3,
        in_channels=32,
        feat_channels=32,
        anchor_generator=dict(type='AnchorGenerator', octave_base_scale=4, scales_per_octave=3, ratios=[1.0], strides=[8, 16, 32])))
`;
const cancel = new Int32Array(new SharedArrayBuffer(8));
const titles = (found: readonly Diagnostic[]): readonly string[] => found.flatMap(({ fixes }) => fixes.map(({ title }) => title));
const marked = (found: readonly Diagnostic[]): readonly string[] => found.map(({ site }) => CONFIG.slice(site.start, site.end));
let project: Project;

beforeAll(async () => {
  const host = new NodeHost();
  host.overlay(FILE, CONFIG);
  project = await Project.open(host, { roots: ['/fixture'], settings: { ...DEFAULT_SETTINGS, sitePackages: [zoo] }, env: {}, cancel });
}, 60_000);

test('told at once without fixes; what was cancelled is proven by the next', () => {
  const first = project.unprovenDiagnostics(FILE);
  expect([marked(first), titles(first), project.isProven(FILE)]).toEqual([['256'], [], false]);

  Atomics.store(cancel, 0, 1);
  try {
    project.modelDiagnostics(FILE);
  } catch {
    // Or it ends here.
  }
  Atomics.store(cancel, 0, 0);
  expect(project.isProven(FILE)).toBe(false);

  const proven = project.modelDiagnostics(FILE);
  project.withFixesThatRan(FILE);
  expect([marked(proven), project.isProven(FILE)]).toEqual([['256'], true]);
  expect(titles(proven)).toContain('Change 256 to 512: every level fits');
  expect(project.unprovenDiagnostics(FILE)).toEqual(proven);
}, 120_000);

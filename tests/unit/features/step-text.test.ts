import { beforeAll, expect, test } from 'vitest';
import { hoverAt } from '../../../server/features/hover.ts';
import { NodeHost } from '../../../server/project/node-host.ts';
import { Project } from '../../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../../server/project/settings.ts';
import { zoo } from '../../zoo.ts';

const FILE = '/workspace/configs/a.py';
const TEXT = `default_scope = 'mmdet'
pipeline = [
    dict(type='LoadImageFromFile'),
    dict(type='LoadAnnotations', with_bbox=False, with_label=True),
    dict(type='FilterAnnotations'),
    dict(type='PackDetInputs'),
]
train_dataloader = dict(dataset=dict(type='CocoDataset', pipeline=pipeline))
`;

let project: Project;
beforeAll(async () => {
  const host = new NodeHost();
  host.overlay(FILE, TEXT);
  project = await Project.open(host, {
    roots: ['/workspace'],
    settings: { ...DEFAULT_SETTINGS, sitePackages: [zoo] },
    env: {},
    cancel: new Int32Array(1),
    models: false,
  });
});

const STEPS: readonly (readonly [type: string, lines: readonly string[]])[] = [
  ['LoadImageFromFile', ['- needs `img_path`', '- gives `img`, `img_shape`, `ori_shape`']],
  // By its arguments: boxes are not loaded.
  ['LoadAnnotations', ['- gives `gt_bboxes_labels`']],
  ['FilterAnnotations', ['- needs `gt_bboxes`', '**nothing before it gives `gt_bboxes`**']],
  ['PackDetInputs', ['- hands on `inputs`, `data_samples` alone']],
];
test.each(STEPS)('hover on %s', (type, lines) => {
  const text =
    hoverAt(project, FILE, TEXT.indexOf(`'${type}'`) + 3, { verdict: null, sizes: [] }, ({ file, line }) => `${file}#L${line}`)?.text ?? '';
  for (const line of lines) expect(text).toContain(line);
});

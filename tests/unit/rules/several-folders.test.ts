/** A workspace of several folders, each with a module of the same dotted name: a config means that of its own folder. */
import { expect, test } from 'vitest';
import { NodeHost } from '../../../server/project/node-host.ts';
import { Project } from '../../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../../server/project/settings.ts';

const step = (argument: string): string => `from mmcv.transforms import TRANSFORMS, BaseTransform


@TRANSFORMS.register_module()
class Step(BaseTransform):
    def __init__(self, ${argument}):
        self.${argument} = ${argument}

    def transform(self, results):
        return results
`;
const config = (argument: string): string => `default_scope = 'mmdet'
custom_imports = dict(imports=['models.steps'])
train_dataloader = dict(
    batch_size=1,
    num_workers=0,
    sampler=dict(type='DefaultSampler'),
    dataset=dict(type='CocoDataset', pipeline=[dict(type='Step', ${argument}=1)]))
`;

test('each folder has its own', async () => {
  const host = new NodeHost();
  const folders = ['first', 'second', 'third'];
  for (const name of folders) {
    host.overlay(`/w/${name}/models/__init__.py`, '');
    host.overlay(`/w/${name}/models/steps.py`, step(`of_${name}`));
    host.overlay(`/w/${name}/configs/right.py`, config(`of_${name}`));
    host.overlay(`/w/${name}/configs/wrong.py`, config(name));
  }
  const project = await Project.open(host, {
    roots: folders.map(name => `/w/${name}`),
    settings: { ...DEFAULT_SETTINGS, environment: false },
    env: {},
    cancel: new Int32Array(1),
    models: false,
  });
  for (const name of folders) {
    expect(project.configDiagnostics(`/w/${name}/configs/right.py`)).toEqual([]);
    expect(project.configDiagnostics(`/w/${name}/configs/wrong.py`).map(({ message }) => message.split('\n')[0])).toEqual([
      `\`Step\` takes no \`${name}\``,
      `\`Step\` needs \`of_${name}\``,
    ]);
  }
});

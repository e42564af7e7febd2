/** A small workspace without a disk, with the cursor at `$0` in its last file; and places in it as texts. */
import { NodeHost } from '../../../server/project/node-host.ts';
import { Project } from '../../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../../server/project/settings.ts';
import type { Site } from '../../../server/python/value.ts';

export const ROOT = '/workspace';
export type Files = Readonly<Record<string, string>>;

export interface Opened {
  readonly project: Project;
  readonly file: string;
  readonly offset: number;
  /** `b.py:1 lr`: what is written there; of a base as a whole, its name alone. */
  told(site: Site): string;
}

export async function projectOf(files: Files): Promise<Opened> {
  const host = new NodeHost();
  for (const [name, text] of Object.entries(files)) host.overlay(`${ROOT}/${name}`, text.replace('$0', ''));
  const project = await Project.open(host, {
    roots: [ROOT],
    settings: { ...DEFAULT_SETTINGS, environment: false, configFiles: ['*.py'] },
    env: {},
    cancel: new Int32Array(1),
    models: false,
  });
  const [name = '', text = ''] = Object.entries(files).find(([, t]) => t.includes('$0')) ?? Object.entries(files).at(-1) ?? [];
  return {
    project,
    file: `${ROOT}/${name}`,
    offset: text.indexOf('$0'),
    told: ({ file, start, end, line }) => {
      const written = (host.read(file) ?? '').slice(start, end).replace(/\s+/g, ' ');
      return `${file.slice(ROOT.length + 1)}:${line}${written ? ` ${written}` : ''}`;
    },
  };
}

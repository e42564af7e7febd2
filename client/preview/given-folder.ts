import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, extname, join, parse } from 'node:path';
import type { FromPage } from '../preview-messages.ts';

type Content = Extract<FromPage, { kind: 'given' }>['pictures'][number];

/** Pictures that came without a file: they get one each, for as long as their panel is there. */
export interface GivenFolder {
  /** Where they lie now. Rejects with what the system says. */
  keep(pictures: readonly Content[]): Promise<readonly string[]>;
  /** Takes them away again. */
  dispose(): void;
}

export function createGivenFolder(): GivenFolder {
  let folder: Promise<string> | null = null;
  let count = 0;
  return {
    async keep(pictures) {
      folder ??= mkdtemp(join(tmpdir(), 'necktie-given-'));
      const at = await folder.catch(error => {
        // There may be room the next time.
        folder = null;
        throw error;
      });
      return Promise.all(
        pictures.map(async ({ name, content }) => {
          const { name: stem } = parse(basename(name.replaceAll('\\', '/')));
          // A clipboard calls everything image.png.
          const path = join(at, `${stem || 'picture'}-${++count}${extname(name) || '.png'}`);
          await writeFile(path, Buffer.from(content, 'base64'));
          return path;
        }),
      );
    },
    dispose: () => void folder?.then(at => rm(at, { recursive: true, force: true })).catch(() => undefined),
  };
}

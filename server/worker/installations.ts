/**
 * Notices that something was installed or removed while the editor is open: pip puts a folder of its own (`*.dist-info`) beside each package, so the time of a folder of
 * packages tells. No editor watches those folders, which lie outside of the workspace; a look at a handful of them every few seconds costs nothing.
 */
import type { Host } from '../project/host.ts';
import type { Environment } from '../registry/environment.types.ts';

/** Folders that packages are installed into. */
export const installedInto = ({ roots, workspace = [], caches = [] }: Environment): readonly string[] => [
  ...new Set([...roots.filter(root => !workspace.includes(root)), ...caches]),
];

export class Installations {
  readonly #host: Pick<Host, 'changed'>;
  readonly #tell: () => void;
  #seen: string | null = null;
  /** What it was at the last look, while it is not what was told: pip may still be at work. */
  #last: string | null = null;

  constructor(host: Pick<Host, 'changed'>, tell: () => void) {
    this.#host = host;
    this.#tell = tell;
  }

  /** As it is from now on. */
  begin(folders: readonly string[]): void {
    this.#seen = this.#state(folders);
    this.#last = this.#seen;
  }
  /** To be called now and then: tells once what changed has come to rest. */
  look(folders: readonly string[]): void {
    const now = this.#state(folders);
    const rests = now === this.#last;
    this.#last = now;
    if (this.#seen === null || now === this.#seen || !rests) return;
    this.#seen = now;
    this.#tell();
  }
  #state(folders: readonly string[]): string {
    return folders.map(folder => `${folder} ${this.#host.changed?.(folder) ?? 'none'}`).join('\n');
  }
}

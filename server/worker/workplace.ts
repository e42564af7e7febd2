/** What a worker of the language server knows: folders, settings, open documents; and the project made of them when it is first asked for. */
import { Converter } from '../lsp/convert.ts';
import { Uris } from '../lsp/uris.ts';
import { isDataFile } from '../project/data-config.ts';
import { NodeHost } from '../project/node-host.ts';
import { Project } from '../project/project.ts';
import { DEFAULT_SETTINGS, type Settings } from '../project/settings.ts';
import type { StatusParams } from '../protocol.ts';
import { Installations, installedInto } from './installations.ts';
import type { ToWorker } from './messages.ts';
import { Offered } from './offered.ts';

export interface OpenWorkplace {
  readonly project: Project;
  readonly converter: Converter;
  readonly uris: Uris;
  readonly offered: Offered;
  /** Reads the workspace's configs into the project's index, once; to be gone on with where it was left. */
  readonly index: Generator<undefined, boolean>;
}

export class Workplace {
  readonly #cancel: Int32Array;
  readonly #models: boolean;
  readonly #tell: (status: StatusParams) => void;
  readonly #host = new NodeHost();
  readonly #uris = new Uris();
  readonly #converter = new Converter(this.#host, this.#uris);
  readonly #open = new Set<string>();
  readonly #offered = new Offered();
  #roots: readonly string[] = [];
  #settings: Settings = DEFAULT_SETTINGS;
  #opened: Promise<OpenWorkplace> | null = null;
  #times = 0;
  #turnover = 0;
  /** What was told last. */
  #status: StatusParams | null = null;
  /** The same, when it is there. */
  #project: Project | null = null;
  readonly #installations: Installations;

  /** `models`: whether models are run here. */
  constructor(cancel: Int32Array, models: boolean, tell: (status: StatusParams) => void, installed: () => void = () => undefined) {
    this.#cancel = cancel;
    this.#models = models;
    this.#tell = tell;
    this.#installations = new Installations(this.#host, installed);
  }

  /** Looks whether packages were installed or removed since the project was made; to be called now and then. */
  lookAtInstallations(): void {
    if (this.#project) this.#installations.look(installedInto(this.#project.environment));
  }

  heed(message: Exclude<ToWorker, { kind: 'request' | 'cancel' }>): void {
    if (message.kind === 'document') this.#document(message);
    else if (message.kind === 'disk') this.#disk(message.paths);
    else {
      this.#roots = message.roots;
      this.#settings = message.settings;
      this.#forget();
    }
  }

  /** Counts documents that were opened and closed: while it stays, the same are. */
  get turnover(): number {
    return this.#turnover;
  }

  /** What takes time, in words; null: nothing does any more. */
  busy(what: string | null): void {
    if (!this.#status || this.#status.busy === what) return;
    this.#status = { ...this.#status, busy: what };
    this.#tell(this.#status);
  }

  async open(): Promise<OpenWorkplace> {
    this.#opened ??= this.#make(++this.#times);
    return this.#opened;
  }

  #document({ path, uri, text }: Extract<ToWorker, { kind: 'document' }>): void {
    this.#uris.spell(path, uri);
    this.#host.overlay(path, text);
    if (this.#open.has(path) === (text !== null)) return;
    this.#turnover++;
    if (text === null) this.#open.delete(path);
    else this.#open.add(path);
    this.#project?.filesChanged();
  }

  /** Configs are known by their versions; none at all: packages did. What else changed may be a module that registers types, or all of an environment. */
  #disk(paths: readonly string[]): void {
    const project = this.#project;
    if (project && paths.length > 0 && paths.every(path => isDataFile(path) || project.index.isConfig(path) || project.isConfig(path)))
      project.filesChanged();
    else this.#forget();
  }
  /** What is known is let go of, and read again from the disk when it is asked for; of the workspace's index, what changed. */
  renew(): void {
    const before = this.#project;
    if (!before) return;
    before.writeCaches();
    this.#forget();
    this.#opened = this.#make(++this.#times, before);
  }
  #forget(): void {
    this.#opened = null;
    this.#project = null;
  }

  async #make(time: number, before: Project | null = null): Promise<OpenWorkplace> {
    const project = before
      ? await before.renewed()
      : await Project.open(this.#host, {
          roots: this.#roots,
          settings: this.#settings,
          env: process.env,
          cancel: this.#cancel,
          models: this.#models,
        });
    if (time === this.#times && this.#opened) {
      this.#project = project;
      if (!before) this.#installations.begin(installedInto(project.environment));
    }
    this.#status = {
      environment: project.environment.description,
      libraries: [...project.registry.libraries].map(([name, { version, root }]) => ({ name, version, source: root })),
      busy: null,
    };
    this.#tell(this.#status);
    return { project, converter: this.#converter, uris: this.#uris, offered: this.#offered, index: indexing(project) };
  }
}

/** True once: when it is done. */
function* indexing(project: Project): Generator<undefined, boolean> {
  yield* project.index.refresh();
  return true;
}

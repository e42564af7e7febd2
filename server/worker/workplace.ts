/** What a worker of the language server knows: folders, settings, open documents; and the project made of them when it is first asked for. */
import { Converter } from '../lsp/convert.ts';
import { Uris } from '../lsp/uris.ts';
import { NodeHost } from '../project/node-host.ts';
import { Project } from '../project/project.ts';
import { DEFAULT_SETTINGS, type Settings } from '../project/settings.ts';
import type { StatusParams } from '../protocol.ts';
import type { ToWorker } from './messages.ts';

export interface OpenWorkplace {
  readonly project: Project;
  readonly converter: Converter;
  readonly uris: Uris;
}

export class Workplace {
  readonly #cancel: Int32Array;
  readonly #models: boolean;
  readonly #tell: (status: StatusParams) => void;
  readonly #host = new NodeHost();
  readonly #uris = new Uris();
  readonly #converter = new Converter(this.#host, this.#uris);
  #roots: readonly string[] = [];
  #settings: Settings = DEFAULT_SETTINGS;
  #project: Promise<Project> | null = null;

  /** `models`: whether models are run here. */
  constructor(cancel: Int32Array, models: boolean, tell: (status: StatusParams) => void) {
    this.#cancel = cancel;
    this.#models = models;
    this.#tell = tell;
  }

  heed(message: Exclude<ToWorker, { kind: 'request' | 'cancel' }>): void {
    if (message.kind === 'document') {
      this.#uris.spell(message.path, message.uri);
      this.#host.overlay(message.path, message.text);
    } else {
      if (message.kind === 'workspace') {
        this.#roots = message.roots;
        this.#settings = message.settings;
      }
      this.#project = null;
    }
  }

  async open(): Promise<OpenWorkplace> {
    this.#project ??= this.#make();
    return { project: await this.#project, converter: this.#converter, uris: this.#uris };
  }

  async #make(): Promise<Project> {
    const project = await Project.open(this.#host, {
      roots: this.#roots,
      settings: this.#settings,
      env: process.env,
      cancel: this.#cancel,
      models: this.#models,
    });
    this.#tell({
      environment: project.environment.description,
      libraries: [...project.registry.libraries].map(([name, { version, root }]) => ({ name, version, source: root })),
      busy: null,
    });
    return project;
  }
}

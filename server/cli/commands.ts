/** Every command, loaded when it is asked for. Reads as a table. */
import type { Command } from './command.ts';

export interface Listed {
  readonly name: string;
  /** One line for `necktie --help`. */
  readonly summary: string;
  /** `main`: needs the process itself; all else runs in the worker, whose stack holds the small Python. */
  readonly thread: 'worker' | 'main';
  load(): Promise<Command>;
}

export const COMMANDS: readonly Listed[] = [
  {
    name: 'check',
    summary: 'says what is wrong with configs',
    thread: 'worker',
    load: async () => (await import('./check.ts')).checkCommand,
  },
  {
    name: 'resolve',
    summary: 'prints a config as mmengine merges it',
    thread: 'worker',
    load: async () => (await import('./resolve.ts')).resolveCommand,
  },
  {
    name: 'model',
    summary: "prints a model's stages, shapes and size",
    thread: 'worker',
    load: async () => (await import('./model.ts')).modelCommand,
  },
  {
    name: 'replace-backbone',
    summary: 'puts another backbone into a config',
    thread: 'worker',
    load: async () => (await import('./replace-backbone.ts')).replaceBackboneCommand,
  },
  {
    name: 'registry',
    summary: 'lists registered types and what they take',
    thread: 'worker',
    load: async () => (await import('./registry.ts')).registryCommand,
  },
  {
    name: 'detect',
    summary: 'runs a detector on pictures',
    thread: 'worker',
    load: async () => (await import('./detect.ts')).detectCommand,
  },
  {
    name: 'eval',
    summary: "judges a detector by COCO's figures",
    thread: 'worker',
    load: async () => (await import('./eval.ts')).evalCommand,
  },
  { name: 'export', summary: 'writes a model as ONNX', thread: 'worker', load: async () => (await import('./export.ts')).exportCommand },
  {
    name: 'inspect',
    summary: 'says what is in a checkpoint',
    thread: 'worker',
    load: async () => (await import('./inspect.ts')).inspectCommand,
  },
  {
    name: 'devices',
    summary: 'tries what can run a model',
    thread: 'worker',
    load: async () => (await import('./devices.ts')).devicesCommand,
  },
  {
    name: 'fetch',
    summary: "lays libraries' sources out in the cache",
    thread: 'worker',
    load: async () => (await import('./fetch.ts')).fetchCommand,
  },
  {
    name: 'python',
    summary: 'runs a file in the small Python',
    thread: 'worker',
    load: async () => (await import('./python.ts')).pythonCommand,
  },
  { name: 'server', summary: 'speaks LSP', thread: 'main', load: async () => (await import('./server.ts')).serverCommand },
];

/** The options that all commands share: where files are named from, and where Python packages are looked for. */
import { resolve } from 'node:path';
import type { Arguments, OptionKinds } from './arguments.ts';
import type { Io } from './command.ts';

export interface Place {
  /** Absolute; file names in output are relative to it. */
  readonly root: string;
  /** A Python executable or a virtual environment, absolute. */
  readonly python: string | null;
  /** Absolute; in place of an environment that is found. */
  readonly sitePackages: readonly string[];
  /** False: bundled facts alone. */
  readonly environment: boolean;
}

/** Spread into a command's own: `new Arguments(args, { ...withPlace({ flags: ['json'] }) })`. */
export const withPlace = (own: OptionKinds): OptionKinds => ({
  ...own,
  flags: [...(own.flags ?? []), 'no-environment', 'help'],
  values: [...(own.values ?? []), 'root', 'python'],
  lists: [...(own.lists ?? []), 'site-packages'],
});

export function placeOf(args: Arguments, io: Io): Place {
  const absolute = (path: string): string => resolve(io.cwd, path);
  const python = args.value('python');
  return {
    root: absolute(args.value('root') ?? '.'),
    python: python === undefined ? null : /[\\/]/.test(python) ? absolute(python) : python,
    sitePackages: args.list('site-packages').map(absolute),
    environment: !args.flag('no-environment'),
  };
}

export const PLACE_USAGE = `  --root DIR             file names in output are relative to it (default: here)
  --python PATH          the Python, or virtual environment, whose packages count
  --site-packages DIR    a folder with packages instead; repeatable
  --no-environment       no packages: bundled facts alone`;

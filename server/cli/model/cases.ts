/** Cases, one a line: a config by its path or its text, with values that are set on top. */
import type { Packages } from '../../registry/packages.ts';
import { Misuse } from '../command.ts';

export interface Case {
  readonly id: string | null;
  /** As it was given: `$MMYOLO/…`. */
  readonly config: string | null;
  readonly text: string | null;
  readonly set: Readonly<Record<string, unknown>>;
  readonly size: readonly [number, number] | null;
}

/** Libraries whose config folders have a name: `$MMYOLO` is that variable's value, else the folder of the installed package. */
const NAMED = ['mmyolo', 'mmdet', 'mmcls', 'mmselfsup', 'mmpretrain'];

export interface NamedRoots {
  /** `$MMYOLO/x.py` → the absolute path; throws `Misuse` where the library is nowhere. */
  expand(text: string): string;
  shorten(text: string): string;
}

/** `folder`: of an installed package, null where there is none. */
export function namedRoots(env: Readonly<Record<string, string | undefined>>, folder: Packages['folder']): NamedRoots {
  const root = (library: string): string | null => {
    const installed = folder(library);
    return env[library.toUpperCase()] ?? (installed === null ? null : `${installed}/.mim/configs`);
  };
  const expand = (text: string): string =>
    text.replace(/\$([A-Z]+)\//g, (whole, name: string) =>
      NAMED.includes(name.toLowerCase()) ? `${root(name.toLowerCase()) ?? missing(name)}/` : whole,
    );
  const shorten = (text: string): string =>
    NAMED.reduce((t, library) => {
      const path = root(library);
      return path === null ? t : t.replaceAll(`${path}/`, `$${library.toUpperCase()}/`);
    }, text);
  return { expand, shorten };
}
function missing(name: string): never {
  throw new Misuse(`$${name} is not set, and no ${name.toLowerCase()} was found`);
}

export function readCase(line: string): Case {
  const given: unknown = JSON.parse(line);
  if (typeof given !== 'object' || given === null) throw new Misuse('a case is an object');
  const { id, config, text, set, size } = given as Readonly<Record<string, unknown>>;
  return {
    id: typeof id === 'string' ? id : null,
    config: typeof config === 'string' ? config : null,
    text: typeof text === 'string' ? text : null,
    set: typeof set === 'object' && set !== null ? (set as Readonly<Record<string, unknown>>) : {},
    size: Array.isArray(size) && size.length === 2 ? [Number(size[0]), Number(size[1])] : null,
  };
}

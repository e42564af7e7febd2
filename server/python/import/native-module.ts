/** Modules of ours, written in TypeScript. */
import { namesOf } from '../library/module-names.ts';
import { Native } from '../native.ts';
import type { Value } from '../value.ts';

export interface NativeModule {
  readonly name: string;
  /** Undefined: it has no such member. Asked once for each name. */
  member(name: string): Value | undefined;
  /** For `from m import *` and `dir()`. */
  readonly names: readonly string[];
  /** Every name of the real module, for `dir()`; null or absent where that is not known, and `names` is what there is. */
  real?(): readonly string[] | null;
  /** Whether the real module has this name. One that it has and we lack is unknown; one that it lacks is the program's error. */
  has(name: string): boolean | 'unsure';
  readonly doc: string | null;
}

export interface NativeModuleOptions {
  /** Made when first asked for. */
  readonly lazy?: Readonly<Record<string, () => Value>>;
  /** All public names of the real module. Absent: those that `module-names.ts` lists, else not known, and what we lack is unknown. */
  readonly real?: readonly string[] | ((name: string) => boolean);
  /** What stands for a name that the real module has and we lack. Absent: it is unknown as soon as it is imported. */
  readonly lacking?: (name: string) => Value;
  readonly doc?: string;
}

/** `nativeModule('torch', { float32 }, { lazy: { nn: () => … }, real: TORCH_NAMES })`. */
export function nativeModule(
  name: string,
  members: Readonly<Record<string, Value>>,
  { lazy = {}, real, lacking, doc }: NativeModuleOptions = {},
): NativeModule {
  for (const member of Object.values(members)) if (member instanceof Native) member.home ??= name;
  const listed = typeof real === 'function' ? null : real === undefined ? (namesOf(name)?.all ?? null) : new Set(real);
  return {
    name,
    names: [...Object.keys(members), ...Object.keys(lazy)],
    member(wanted) {
      if (Object.hasOwn(members, wanted)) return members[wanted];
      if (Object.hasOwn(lazy, wanted)) return lazy[wanted]?.();
      return lacking && listed?.has(wanted) ? lacking(wanted) : undefined;
    },
    has: wanted =>
      listed
        ? listed.has(wanted) || (wanted.startsWith('_') && !/^__.*__$/.test(wanted) && 'unsure')
        : typeof real === 'function'
          ? real(wanted)
          : 'unsure',
    doc: doc ?? null,
  };
}

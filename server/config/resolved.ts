/** What evaluation of a config chain yields: mmengine's value, with an origin for each part, and what went wrong on the way. Nothing here throws. */
import type { Dict } from '../python/types/dict.ts';
import type { Site } from '../python/value.ts';

/** `model`, `neck`, `in_channels`, 2. Written `model.neck.in_channels[2]`: see `path.ts`. */
export type ConfigPath = readonly (string | number)[];

/** Where a value of the resolved config came from. */
export interface Origin {
  /** Where its key was written: the name of an assignment or a keyword, a string in a display. For an element of a list: the element. */
  readonly key: Site;
  /** Where its value was written: the whole expression. */
  readonly value: Site;
  /** Literals that the value was computed from, wherever they stand: `0.5` of `w = 0.5` for `int(256 * w)`. The nearest first; empty where the value is its own literal. */
  readonly literals: readonly Site[];
  /** What it replaced: the same key in a base, or earlier in the file. */
  readonly overrides: Origin | null;
}

export type ConfigProblemKind =
  | 'syntax-error'
  | 'base-not-found'
  | 'base-cycle'
  | 'base-duplicate-key'
  | 'base-mixed-style'
  | 'undefined-name'
  | 'merge-type-conflict'
  | 'evaluation-error';

/** What mmengine itself would fail with, at its place. */
export interface ConfigProblem {
  readonly kind: ConfigProblemKind;
  /** mmengine's or Python's own sentence. */
  readonly message: string;
  /** `KeyError`, `ConfigParsingError`, `NameError` … */
  readonly errorType: string;
  readonly site: Site;
  /** The other side, where there is one: the second definition, the base's value. */
  readonly related: readonly { readonly site: Site; readonly message: string }[];
  /** For `undefined-name`: the name. For `base-not-found`: the path as written. */
  readonly subject?: string;
}

/** A part that cannot be known without running Python: the value there is an `UnknownValue`. An empty path: entries may be missing, which only a base that cannot be read would tell. */
export interface UnknownPart {
  readonly path: ConfigPath;
  readonly reason: string;
}

export interface ResolvedConfig {
  readonly file: string;
  readonly style: 'text' | 'lazy' | 'json' | 'yaml';
  /** Every file that was read, bases before those that use them, the config itself last. */
  readonly chain: readonly string[];
  /** Files of the modules that its statements import, and were run for it. Absent: none. */
  readonly modules?: readonly string[];
  /** Whether mmengine would load it, and all of it is here. What could be read is in `value` even where it would not. */
  readonly ok: boolean;
  /** Values are the small Python's; scalars in it may be `Box`es. */
  readonly value: Dict;
  readonly problems: readonly ConfigProblem[];
  readonly unknowns: readonly UnknownPart[];
}

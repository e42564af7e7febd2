/** What of a resolved config a model is made from. */

import { deepCopy, emptyLike } from '../config/copy.ts';
import { parsePath } from '../config/path.ts';
import type { ConfigPath, ResolvedConfig } from '../config/resolved.ts';
import { plain } from '../python/origin.ts';
import { Dict } from '../python/types/dict.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import type { Value } from '../python/value.ts';
import { type OwnPicture, ownPicture } from './own-size.ts';

export type Size = readonly [width: number, height: number];

export interface ModelInput {
  /** As the config has it; `null` where there is none. */
  readonly model: Value;
  readonly scope: string | null;
  /** `custom_imports`. */
  readonly imports: Value;
  readonly size: Size;
  /** Pictures at once. Absent: one. */
  readonly batch?: number;
  /** What the config's own pipeline makes. */
  readonly own: OwnPicture;
  /** What the model is given of such pictures, where that is no batch of three channels at `size`. */
  readonly form?: readonly number[];
}

/** `size`: as asked, else the config's `img_scale`, else 640. */
export function modelInput(config: ResolvedConfig, size?: Size): ModelInput {
  const { value } = config,
    written = value.get('default_scope'),
    scope = plain(written ?? null);
  return {
    model: value.get('model') ?? null,
    scope: typeof scope === 'string' ? scope : written !== undefined && scope === null ? null : 'mmengine',
    imports: value.get('custom_imports') ?? null,
    own: ownPicture(config),
    size: size ?? sizeOf(value.get('img_scale') ?? null) ?? [640, 640],
  };
}

function sizeOf(scale: Value): Size | null {
  if (!(scale instanceof List) && !(scale instanceof Tuple)) return null;
  const [width, height, ...more] = scale.items.map(plain);
  return typeof width === 'number' && typeof height === 'number' && !more.length ? [width, height] : null;
}

/** A copy in which timm's wrapper loads no weights while it is constructed. Nothing else is changed. */
export function withoutDownloads(value: Value): Value {
  if (value instanceof Dict) {
    const loads = String(plain(value.get('type') ?? '')).includes('TIMMBackbone') || value.get('model_name') !== undefined;
    const copy = emptyLike(value);
    for (const { key, value: v, written } of value.entries.values()) {
      const name = plain(key),
        off =
          loads && name === 'pretrained' && plain(v) === true
            ? false
            : loads && name === 'checkpoint_path' && plain(v)
              ? ''
              : withoutDownloads(v);
      copy.set(key, off, written ?? undefined);
    }
    return copy;
  }
  if (value instanceof List) return new List(value.items.map(withoutDownloads), value.from);
  if (value instanceof Tuple) return new Tuple(value.items.map(withoutDownloads), value.from);
  return value;
}

/** The model with other values at some paths (relative to it): what a fix would make of it. Null where a path leads nowhere. */
export function replaced(model: Value, edits: ReadonlyMap<string, Value>): Value | null {
  let out: Value | null = deepCopy(model);
  for (const [text, value] of edits) {
    const path = parsePath(text),
      last = path?.at(-1);
    if (!path || last === undefined) return null;
    out = out === null ? null : withValue(out, path, value);
  }
  return out;
}
function withValue(at: Value, [step, ...rest]: ConfigPath, value: Value): Value | null {
  if (step === undefined) return value;
  if (at instanceof Dict) {
    const inner = rest.length ? withValue(at.get(step) ?? null, rest, value) : value;
    if (inner === null && rest.length) return null;
    at.set(step, inner);
    return at;
  }
  if ((at instanceof List || at instanceof Tuple) && typeof step === 'number' && step in at.items) {
    const inner = withValue(at.items[step] ?? null, rest, value);
    if (inner === null && rest.length) return null;
    const items = at.items.with(step, inner);
    return at instanceof List ? new List(items, at.from) : new Tuple(items, at.from);
  }
  return null;
}

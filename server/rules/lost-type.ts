/** What gave a part its `type` before it was lost: a base's dict under `_delete_`, a list that another takes the place of, an assignment before this one. */
import { originAt } from '../config/origins.ts';
import type { ConfigPath, Origin } from '../config/resolved.ts';
import type { Site } from '../python/value.ts';
import { memberNamed } from '../recipe/class-source.ts';
import { assigned } from '../syntax/assigned.ts';
import { expressionAt } from '../syntax/expression-at.ts';
import type { Expression } from '../syntax/nodes.ts';
import type { ConfigContext } from './rule.ts';

export interface LostType {
  /** As it was written: `'SGD'`, or a name that a lazy config imports. */
  readonly text: string;
  readonly site: Site;
  /** `earlier`: in the same file, of the same name. */
  readonly by: 'delete' | 'list' | 'earlier' | 'assignment';
}

/** Null where nothing gave it one. */
export function lostType(context: ConfigContext, path: ConfigPath): LostType | null {
  for (let length = path.length; length > 0; length--) {
    const around = originAt(context.config, path.slice(0, length));
    for (let before = around?.overrides ?? null; around && before; before = before.overrides) {
      const type = typeIn(context, before, path.slice(length));
      if (type) return { ...type, by: lostBy(context, around, before, path.slice(length)) };
    }
  }
  return null;
}

function typeIn(context: ConfigContext, { value: site }: Origin, rest: ConfigPath): Pick<LostType, 'text' | 'site'> | null {
  let at = written(context, site);
  for (const step of [...rest, 'type']) at = at && named(context, site.file, stepped(at, step));
  if (!at) return null;
  const { start, end, line } = at.span;
  const text = context.text(site.file)?.slice(start, end) ?? '';
  return /^(?:(['"])[\w.]+\1|[A-Za-z_]\w*)$/.test(text) ? { text, site: { file: site.file, start, end, line } } : null;
}

const written = (context: ConfigContext, site: Site): Expression | null => {
  const at = expressionAt(context.body(site.file) ?? [], site);
  return at && named(context, site.file, at);
};

/** A variable is what the file assigns to it; what is imported stays a name. */
function named({ body }: ConfigContext, file: string, at: Expression | null): Expression | null {
  return at?.kind === 'name' ? (assigned(body(file) ?? [], at.name) ?? at) : at;
}

function stepped(of: Expression, step: string | number): Expression | null {
  if (typeof step === 'number') return of.kind === 'list' || of.kind === 'tuple' ? (of.items[step] ?? null) : null;
  return memberNamed(of, step);
}

function lostBy(context: ConfigContext, now: Origin, before: Origin, rest: ConfigPath): LostType['by'] {
  if (before.value.file === now.value.file) return 'earlier';
  const here = written(context, now.value);
  if (here && memberNamed(here, '_delete_')) return 'delete';
  return typeof rest[0] === 'number' ? 'list' : 'assignment';
}

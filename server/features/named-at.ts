/** What a place in a config's text speaks of by name: a name of the file itself, or `_base_.a.b`, plain or in `{{ }}`. */
import { parsePath } from '../config/path.ts';
import type { ConfigPath } from '../config/resolved.ts';
import type { Project } from '../project/project.ts';
import { type Binding, bindingOf, bindingsIn, type NameUse } from '../syntax/bindings.ts';
import { recover } from '../syntax/recover.ts';

export type NamedAt =
  /** `path` ends with the step under the cursor: on `neck` of `_base_.model.neck.type` it is `model.neck`. */
  | {
      readonly kind: 'base';
      readonly path: ConfigPath;
      /** In `{{ }}`. */
      readonly braces: boolean;
      readonly start: number;
      readonly end: number;
    }
  | { readonly kind: 'name'; readonly use: NameUse; readonly binding: Binding | null };

export function namedAt(project: Project, file: string, offset: number): NamedAt | null {
  const text = project.host.read(file) ?? '';
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const lineEnd = text.indexOf('\n', offset);
  const line = text.slice(lineStart, lineEnd < 0 ? text.length : lineEnd);
  for (const found of line.matchAll(REFERENCE)) {
    const start = lineStart + found.index;
    const steps = found[1] ?? '';
    if (offset < start || offset > start + found[0].length) continue;
    const shown = stepAt(steps, offset - start - '_base_'.length);
    const path = shown === null ? null : parsePath(shown.replaceAll('"', "'").replace(/^\./, ''));
    // On `_base_` itself: the bases as such.
    const braces = /\{\{\s*$/.test(line.slice(0, found.index));
    return path && shown !== null ? { kind: 'base', path, braces, start, end: start + '_base_'.length + shown.length } : null;
  }
  // Words of JSON and YAML are no names.
  if (!file.endsWith('.py')) return null;
  const names = bindingsIn(recover(project.configs.parse, text).body);
  const use = names.uses.find(({ span }) => span.start <= offset && offset <= span.end);
  return use ? { kind: 'name', use, binding: bindingOf(names, use) } : null;
}

/** Every `_base_.a['b'].c` of a text that leads to a path or goes on from it, up to there. */
export function baseReferences(text: string, path: ConfigPath): readonly { readonly start: number; readonly end: number }[] {
  return [...text.matchAll(REFERENCE)].flatMap(({ index, 1: steps = '' }) => {
    let end = index + '_base_'.length;
    for (const [at, [step]] of [...steps.matchAll(new RegExp(PATH_STEP, 'g'))].entries()) {
      const own = parsePath(step.replaceAll('"', "'").replace(/^\./, ''))?.[0];
      if (own !== path[at]) return [];
      end += step.length;
      if (at === path.length - 1) return [{ start: index, end }];
    }
    return [];
  });
}

/** `.name`, `[2]` or `['key']`, as they follow a name. */
export const PATH_STEP = String.raw`\.\w+|\[-?\d+\]|\['[^'\]]*'\]|\["[^"\]]*"\]`;
const REFERENCE = new RegExp(String.raw`\b_base_((?:${PATH_STEP})+)`, 'g');

/** The steps up to the one that holds this place. */
function stepAt(steps: string, at: number): string | null {
  if (at < 0) return null;
  for (const found of steps.matchAll(new RegExp(PATH_STEP, 'g'))) {
    const end = found.index + found[0].length;
    if (at <= end) return steps.slice(0, end);
  }
  return null;
}

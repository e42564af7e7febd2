/** `clip_grad` of an optimizer's wrapper is handed on as it is (mmengine 0.10.7, `OptimWrapper`; torch 2, `clip_grad_norm_` and `clip_grad_value_`). */
import { originAt } from '../config/origins.ts';
import type { ConfigPath } from '../config/resolved.ts';
import { isWhole } from '../config/whole.ts';
import { plain } from '../python/origin.ts';
import type { Part } from '../recipe/part.ts';
import { recipeOf } from '../recipe/recipe.ts';
import { nearest } from './nearest.ts';
import { recipePlace } from './recipe-place.ts';
import type { ConfigContext, Finding } from './rule.ts';

interface Clipping {
  readonly called: string;
  readonly needs: string;
  readonly takes: readonly string[];
}
const BY: Readonly<Record<string, Clipping>> = {
  norm: { called: 'clip_grad_norm_', needs: 'max_norm', takes: ['max_norm', 'norm_type', 'error_if_nonfinite', 'foreach'] },
  value: { called: 'clip_grad_value_', needs: 'clip_value', takes: ['clip_value', 'foreach'] },
};

/** What the function does not take. */
export function unknownClipping(context: ConfigContext): readonly Finding[] {
  return withClipping(context, (part, { called, takes }) =>
    keysOf(part)
      .filter(key => !takes.includes(key))
      .flatMap(key => {
        const meant = nearest(key, takes);
        const message = `\`clip_grad\` takes no \`${key}\`${meant ? `; did you mean \`${meant}\`?` : ''}\nTypeError: ${called}() got an unexpected keyword argument '${key}'`;
        return at(context, part, part.at(key), message, 'key');
      }),
  );
}

/** What it must have. */
export function missingClipping(context: ConfigContext): readonly Finding[] {
  return withClipping(context, (part, { called, needs }) =>
    // A slip of the pen is told as such.
    part.dict.entries.has(needs) || nearest(needs, keysOf(part)) !== null
      ? []
      : at(
          context,
          part,
          part.path,
          `\`clip_grad\` needs \`${needs}\`\nTypeError: ${called}() missing 1 required positional argument: '${needs}'`,
          'value',
        ),
  );
}

function withClipping(context: ConfigContext, look: (part: Part, by: Clipping) => readonly Finding[]): readonly Finding[] {
  const wrapper = isWhole(context.config) ? recipeOf(context.config).optimWrapper : undefined;
  // Other wrappers clip in their own way.
  const isOwn = wrapper?.typeName === undefined || /^(?:Amp)?OptimWrapper$/.test(wrapper.typeName);
  const part = isOwn ? wrapper?.part('clip_grad') : undefined;
  const kind = part?.presence('type') === 'absent' ? 'norm' : part?.text('type');
  const by = kind === undefined ? undefined : BY[kind];
  return part && by && part.dict.entries.size ? look(part, by) : [];
}

function at(context: ConfigContext, part: Part, path: ConfigPath, message: string, of: 'key' | 'value'): readonly Finding[] {
  // What a base has was right for the kind that the base has.
  const place = recipePlace(context, [path, part.at('type')]);
  const key = originAt(context.config, path)?.key;
  if (!place) return [];
  return [{ ...place, site: of === 'key' && key?.file === context.config.file ? key : place.site, message }];
}

const keysOf = (part: Part): readonly string[] =>
  [...part.dict.entries.values()].flatMap(({ key }) => {
    const name = plain(key);
    return typeof name === 'string' && !OF_BUILDERS.has(name) ? [name] : [];
  });
/** `_delete_` that is left in a dict is another rule's to tell. */
const OF_BUILDERS = new Set(['type', '_scope_', '_delete_']);

/**
 * `_scope_` in the dict of a `collate_fn`: a base of another library brings it along, and the runner calls the function with whatever is in the dict but `type`
 * (mmengine 0.10.7, `Runner.build_dataloader`).
 */
import { originAt } from '../config/origins.ts';
import type { ConfigPath } from '../config/resolved.ts';
import type { Site } from '../python/value.ts';
import { constructorOf } from '../recipe/part-types.ts';
import { type TypedPart, typedParts } from '../recipe/typed-parts.ts';
import { assigned } from '../syntax/assigned.ts';
import type { Fix } from './diagnostic.ts';
import { override } from './fit/override.ts';
import type { ConfigContext, Finding } from './rule.ts';

export function scopedFunctions(context: ConfigContext): readonly Finding[] {
  return typedParts(context).flatMap(part => {
    const isCollate = part.path.length === 2 && part.path[1] === 'collate_fn' && part.dict.entries.has('_scope_');
    const entry = isCollate ? constructorOf(context, part) : null;
    if (!entry || entry.open || entry.kind !== 'function' || entry.parameters.some(({ name }) => name === '_scope_')) return [];
    const site = siteOf(context, part.path);
    if (!site) return [];
    return [
      {
        site,
        message: `The base of another library gives \`${part.path.join('.')}\` a \`_scope_\`, and \`${part.type}\` is called with it\nTypeError: ${entry.target.split('.').at(-1)}() got an unexpected keyword argument '_scope_'`,
        fixes: fixesFor(context, part),
      },
    ];
  });
}

/** The nearest thing around that this file says something of, else its bases. */
function siteOf({ config, body }: ConfigContext, path: ConfigPath): Site | null {
  const { file } = config;
  for (let length = path.length; length > 0; length--) {
    const key = originAt(config, path.slice(0, length))?.key;
    if (key?.file === file) return key;
  }
  const bases = assigned(body(file) ?? [], '_base_');
  return bases && { file, ...bases.span };
}

function fixesFor({ config, text, body }: ConfigContext, { path, type }: TypedPart): readonly Fix[] {
  const { file, style } = config;
  const [written, statements] = [text(file), body(file)];
  if (written === null || !statements || style !== 'text') return [];
  const edits = override(file, written, statements, [{ path, text: `dict(_delete_=True, type='${type}')` }]);
  return edits?.length ? [{ title: `Set ${path.join('.')} anew, without _scope_`, edits, preferred: true }] : [];
}

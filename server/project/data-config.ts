/**
 * Whether a JSON or YAML file is a config. Most are not: package manifests, annotations, the configs of other programs, some of which also have a `model`, an
 * `optimizer` or a `_base_` of their own. A false alarm there would be worse than silence, so only what no other program writes counts.
 */

/** Longer texts are data: nobody writes a config of that size by hand. */
const LONGEST = 2 ** 20;

export const isDataFile = (path: string): boolean => /\.(?:json|ya?ml)$/.test(path);

/** By keys at the top level: one that is MMEngine's alone, or two of those that its runner takes and that other programs have at most one kind of. */
export function isDataConfig(path: string, text: string): boolean {
  if (text.length > LONGEST) return false;
  const keys = topLevelKeys(path, text);
  return keys.some(key => OWN.has(key)) || KINDS.filter(kind => keys.some(key => kind.includes(key))).length >= 2;
}

const OWN = new Set(['default_scope', 'optim_wrapper', 'custom_imports', 'default_hooks', 'vis_backends']);
const KINDS: readonly (readonly string[])[] = [
  ['train_dataloader', 'val_dataloader', 'test_dataloader'],
  ['val_evaluator', 'test_evaluator'],
  ['train_cfg', 'val_cfg', 'test_cfg'],
  ['train_pipeline', 'test_pipeline'],
  ['param_scheduler'],
  ['env_cfg'],
  ['log_processor'],
  ['auto_scale_lr'],
  ['custom_hooks'],
];

/** Also of a text that cannot be read as a whole just now. */
function topLevelKeys(path: string, text: string): readonly string[] {
  if (!path.endsWith('.json'))
    return [...text.matchAll(/^(?:(\w+)|"(\w+)"|'(\w+)')[ \t]*:(?:[ \t]|\r?$)/gm)].map(([, a, b, c]) => a ?? b ?? c ?? '');
  if (!/^\s*\{/.test(text)) return [];
  const keys: string[] = [];
  let depth = 0;
  for (const [token] of text.matchAll(/"(?:[^"\\\n]|\\.)*"(?:\s*:)?|[[\]{}]/g)) {
    if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') depth--;
    else if (depth === 1 && token.endsWith(':')) keys.push(token.slice(1, token.lastIndexOf('"')));
  }
  return keys;
}

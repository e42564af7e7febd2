/** Names at the beginning of a line: what the bases have, what the file reads and nobody gives, what the configs beside it have there, and what configs mostly have. */

import { configsBeside } from './base-candidates.ts';
import { keysAt } from './completion-base.ts';
import type { Cursor } from './completion-context.ts';
import { type CompletionItem, item } from './completion-item.ts';
import { type CompletionRequest, isLazy } from './completion-surroundings.ts';

/** Names at a config's top that mean something to mmengine's Runner, or to how the config itself is read. */
export const RUNNERS_NAMES: readonly string[] =
  '_base_ model work_dir default_scope custom_imports train_dataloader val_dataloader test_dataloader train_cfg val_cfg test_cfg auto_scale_lr optim_wrapper param_scheduler val_evaluator test_evaluator default_hooks custom_hooks data_preprocessor load_from resume launcher env_cfg log_processor log_level visualizer vis_backends randomness experiment_name tta_model tta_pipeline cfg'.split(
    ' ',
  );

/** So many configs of the same folder are read for what they assign. */
const MOST_READ = 12;

export function topNames(request: CompletionRequest, cursor: Cursor): CompletionItem[] {
  const { text, usage } = request;
  const rest = `${text.slice(0, cursor.range.start)}${text.slice(cursor.range.end)}`;
  const taken = new Set(assignedIn(rest));
  const inherited = new Map(keysAt(request.config, []).map(key => [key.name, key.detail]));
  const beside = namesBeside(request, assignedIn(text.slice(0, cursor.range.start)).at(-1) ?? null);
  const common = new Map([...new Set([...usage.keysUnder([]), ...RUNNERS_NAMES])].map((name, i) => [name, i]));
  const lacking = new Set(readIn(text.slice(cursor.range.end)).filter(name => !taken.has(name) && !inherited.has(name)));
  const names = [...new Set([...lacking, ...inherited.keys(), ...beside.keys(), ...common.keys(), ...taken])];
  const weight = (name: string): number =>
    (lacking.has(name) ? 1000 : 0) +
    (inherited.has(name) ? 4 : 0) +
    (beside.get(name) ?? 0) +
    2 / (1 + (common.get(name) ?? Infinity) / 8) -
    (taken.has(name) ? 1000 : 0);
  const assigned = /^\s*=(?!=)/.test(text.slice(cursor.range.end));
  // Under lazy imports a base's name is changed in place: `model.update(…)`.
  const bare = (name: string): boolean => assigned || (inherited.has(name) && isLazy(text));
  return names
    .map(name => ({ name, weight: weight(name) }))
    .sort((a, b) => b.weight - a.weight)
    .map(({ name }, rank) =>
      item(cursor, { label: name, kind: 'key', detail: inherited.get(name) ?? '', text: bare(name) ? name : `${name} = `, rank }),
    );
}

/** How often the configs beside this one assign a name, most of all after the one that was assigned last. */
function namesBeside({ file, list, read }: CompletionRequest, last: string | null): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  if (file === undefined || !list || !read) return found;
  const near = configsBeside(file, list).slice(0, MOST_READ);
  for (const other of near) {
    const names = assignedIn(read(other) ?? '');
    for (const [i, name] of names.entries()) {
      const next = i > 0 && names[i - 1] === last ? 8 : i === 0 && last === null ? 8 : 0;
      found.set(name, (found.get(name) ?? 0) + (4 + next) / near.length);
    }
  }
  return found;
}

const assignedIn = (text: string): readonly string[] => [...text.matchAll(/^([A-Za-z_]\w*)\s*=(?!=)/gm)].map(found => found[1]!);

/** Names that stand as values: after `=`, in a list. Keywords of the language and calls are none. */
const readIn = (text: string): readonly string[] =>
  [...text.matchAll(/(?:[=,([+*/-]|\bin)\s*([A-Za-z_]\w*)\s*(?=[,)\]+*/%-]|\n|$)/g)]
    .map(found => found[1]!)
    .filter(name => !/^(?:True|False|None|dict|list|tuple)$/.test(name));

/** A config that puts another backbone into its base: written as MMYOLO's guide "Replace the backbone network" writes it. */
import { customImportsText } from '../config/custom-imports.ts';
import type { PartChange } from './fit-parts.ts';
import { isInRow, type WholeRow } from './whole-rows.ts';

export interface Override {
  /** As it is written: `./yolov5_s.py`; for lazy style a module, `.yolov5_s`. */
  readonly base: string;
  readonly style: 'text' | 'lazy';
  /** First line, without its mark. */
  readonly title: string;
  /** Modules for `custom_imports`; none, no such line. */
  readonly imports: readonly string[];
  /** Whether nothing of the base's backbone stays. */
  readonly replaces: boolean;
  /** Python's text by name, `type` first. */
  readonly backbone: ReadonlyMap<string, string>;
  readonly weights: { readonly checkpoint: string; readonly prefix?: string } | null;
  readonly parts: readonly PartChange[];
  /** What of `parts` is in lists, written whole. */
  readonly rows: readonly WholeRow[];
  /** Comments that stand above the model. */
  readonly notes: readonly string[];
}

type Tree = Map<string, string | Tree>;

export function overrideText({ base, style, title, imports, replaces, backbone, weights, parts: all, rows, notes }: Override): string {
  const parts = all.filter(part => !isInRow(part));
  const variables: string[] = [];
  const url = weights && weights.checkpoint.length > 60;
  if (url) variables.push(`checkpoint_file = '${weights.checkpoint}'`);
  const lists = parts.filter(p => Array.isArray(p.value)).map(p => JSON.stringify(p.value));
  // What several parts are told stands once.
  const shared = lists.length > 1 && new Set(lists).size === 1;
  const widths = parts.filter(p => p.path.at(-1) === 'widen_factor');
  if (widths.length) variables.push('# The backbone has its own widths: neither neck nor head is to scale them.', 'widen_factor = 1.0');
  const [first] = parts.filter(p => Array.isArray(p.value));
  if (shared && first) variables.push('# What the backbone gives, the finest level first.', `channels = ${text(first.value)}`);

  const model: Tree = new Map();
  model.set('backbone', backboneTree({ replaces, backbone, weights }, url ? 'checkpoint_file' : null));
  for (const { path, value } of parts) {
    const said = path.at(-1) === 'widen_factor' ? 'widen_factor' : shared && Array.isArray(value) ? 'channels' : text(value);
    put(model, path.map(String), said);
  }
  for (const { path, text: row } of rows) put(model, path.map(String), row.replaceAll('\n', '\n    '));
  const blocks = [
    [`# ${title}`, ...(style === 'text' ? [`_base_ = '${base}'`] : ['from mmengine.config import read_base'])],
    style === 'lazy' ? ['with read_base():', `    from ${base} import *`] : [],
    imports.length ? ['# Imports what registers the types.', `custom_imports = ${customImportsText(imports)}`] : [],
    variables,
    [...notes.map(note => `# ${note}`), style === 'text' ? `model = ${written(model, 0)}` : `model.update(\n    ${written(model, 4)})`],
  ];
  return blocks
    .filter(block => block.length)
    .map(block => `${block.join('\n')}\n`)
    .join('\n');
}

/** The backbone's dict alone, where it stands within `model = dict(` on a line of its own. */
export const backboneText = (of: Pick<Override, 'replaces' | 'backbone' | 'weights'>): string => written(backboneTree(of, null), 4);

/** `variable`: what holds the checkpoint's address. */
function backboneTree({ replaces, backbone, weights }: Pick<Override, 'replaces' | 'backbone' | 'weights'>, variable: string | null): Tree {
  const own: Tree = new Map();
  if (replaces) own.set('_delete_', 'True');
  for (const [name, value] of backbone) own.set(name, value);
  if (weights) {
    const prefix = weights.prefix ? `, prefix='${weights.prefix}'` : '';
    own.set('init_cfg', `dict(type='Pretrained', checkpoint=${variable ?? `'${weights.checkpoint}'`}${prefix})`);
  }
  return own;
}

function put(tree: Tree, [step = '', ...rest]: readonly string[], value: string): void {
  if (!rest.length) {
    tree.set(step, value);
    return;
  }
  const inner = tree.get(step),
    next: Tree = inner instanceof Map ? inner : new Map();
  tree.set(step, next);
  put(next, rest, value);
}

function written(value: string | Tree, indent: number): string {
  if (typeof value === 'string') return value;
  const space = ' '.repeat(indent + 4);
  return `dict(\n${[...value].map(([name, v]) => `${space}${name}=${written(v, indent + 4)}`).join(',\n')})`;
}

const text = (value: number | readonly number[]): string => (typeof value === 'number' ? String(value) : `[${value.join(', ')}]`);

/** Which module was being built when something failed, as a path of attributes: `neck.reduce_layers.2`; and the class whose constructor ran. */

import type { Host } from '../project/host.ts';
import type { Exception, TracebackLine } from '../python/exception.ts';
import { plain } from '../python/origin.ts';
import { Dict } from '../python/types/dict.ts';
import { Obj, type Value } from '../python/value.ts';
import { childrenOf } from './children.ts';
import type { Place } from './network.ts';

export interface BuildPlace {
  readonly path: string | null;
  readonly type: string | null;
}

/** `isOwn`: a frame of ours, of a stand-in: its statements are not those of the real thing. */
export function buildPlace(exception: Exception, { building }: Place, host: Host, isOwn: (file: string) => boolean): BuildPlace {
  const path: string[] = [];
  let type: string | null = null,
    registry = 0;
  for (const line of [...exception.traceback].reverse()) {
    if (line.name === 'build_from_cfg') {
      const built = building[registry++];
      type = built?.name || typeText(built?.config ?? null) || type;
      continue;
    }
    const module = moduleOf(line);
    if (!module) continue;
    type = module.type.name;
    const step = isOwn(line.file) ? null : stepOf(statementAt(host.read(line.file) ?? '', line.span.line), line.name, module);
    if (step !== null && path.at(-1) !== step) path.push(step);
  }
  return { path: path.join('.') || null, type };
}

function typeText(config: Value): string | null {
  const type = config instanceof Dict ? plain(config.get('type') ?? null) : null;
  return typeof type === 'string' ? type : null;
}

/** `self` of a frame, where it is an `nn.Module`. */
function moduleOf({ self }: TracebackLine): Obj | null {
  return self instanceof Obj && self.type.ancestors.some(t => t.name === 'Module' && t.module === 'torch.nn.modules.module') ? self : null;
}

/** The attribute that a statement is about to set. */
function stepOf(statement: string, within: string, module: Obj): string | null {
  const assigned = /^self\.(\w+)\s*=(?!=)/.exec(statement)?.[1];
  if (assigned !== undefined) return assigned;
  const grown = /^self\.(\w+)\.(?:append|extend)\(/.exec(statement)?.[1];
  if (grown !== undefined) {
    const held = childrenOf(module)?.get(grown),
      inside = held instanceof Obj ? childrenOf(held) : null;
    return inside ? `${grown}.${inside.entries.size}` : grown;
  }
  const added = /^[\w.]+\.add_module\(\s*(['"])([^'"]+)\1/.exec(statement)?.[2];
  if (added !== undefined) return added;
  // A backbone that collects a stage in a list before it sets stage1, stage2, …
  if (!/^\w+\s*\+=/.test(statement) || within !== '__init__' || module.attributes?.get('arch_setting') === undefined) return null;
  const stages = [...(childrenOf(module)?.entries.values() ?? [])].filter(e => /^stage\d+$/.test(String(plain(e.key))));
  return `stage${stages.length + 1}`;
}

/** Most lines that a statement is looked for above. */
const REACH = 60;

/** From its first line on: where a line lies within brackets, the one that opens the outermost. */
export function statementAt(text: string, line: number): string {
  const lines = text.split('\n');
  let start = line - 1,
    depth = 0,
    most = 0;
  for (let at = line - 2; at >= Math.max(0, line - REACH); at--) {
    for (const c of (lines[at] ?? '').replace(/#.*$/, '')) depth += '([{'.includes(c) ? 1 : ')]}'.includes(c) ? -1 : 0;
    if (depth > most) [most, start] = [depth, at];
  }
  return lines
    .slice(start, line)
    .map(l => l.trim())
    .join(' ');
}

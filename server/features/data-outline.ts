/** The outline of a config in JSON or YAML: of what the config is, the parts that this file writes. */

import { textFrom } from '../config/from-value.ts';
import type { Project } from '../project/project.ts';
import { plain } from '../python/origin.ts';
import { Dict, type Entry } from '../python/types/dict.ts';
import { List } from '../python/types/list.ts';
import type { Value } from '../python/value.ts';
import type { OutlineItem } from './outline-item.ts';

export function dataOutline(project: Project, file: string): readonly OutlineItem[] {
  const items = (value: Value, depth: number): readonly OutlineItem[] => {
    if (depth > DEEPEST) return [];
    if (value instanceof Dict) return [...value.entries.values()].flatMap(entry => item(entry, depth));
    return value instanceof List ? value.items.flatMap(one => (one instanceof Dict ? items(one, depth + 1) : [])) : [];
  };
  const item = ({ key, value, written }: Entry, depth: number): readonly OutlineItem[] => {
    const children = items(value, depth + 1);
    // What a base wrote has no place here, and may have parts that do.
    if (!written || written.key.file !== file) return children;
    const end = Math.max(written.key.end, written.value.file === file ? written.value.end : 0);
    const type = value instanceof Dict ? textFrom(value.get('type')) : undefined;
    return [
      { name: String(plain(key)), detail: type ?? '', kind: kindOf(value), span: { ...written.key, end }, nameSpan: written.key, children },
    ];
  };
  return items(project.config(file).value, 0);
}

/** An anchor of YAML may hold itself. */
const DEEPEST = 60;

function kindOf(value: Value): OutlineItem['kind'] {
  const one = plain(value);
  if (one instanceof Dict) return 'dict';
  if (one instanceof List) return 'list';
  if (one === null) return 'nothing';
  if (typeof one === 'string') return 'text';
  return typeof one === 'boolean' ? 'truth' : 'number';
}

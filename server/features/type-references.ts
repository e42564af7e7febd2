/** Every place of the workspace's configs where a type is written: as text of a `type`, as a class in lazy style, or as a variable's text that a `type` takes. */
import type { Project } from '../project/project.ts';
import type { Site } from '../python/value.ts';
import type { Entry } from '../registry/entry.ts';
import { Lines } from '../text/lines.ts';
import { completionRequest } from './completion-request.ts';
import { typeIn } from './type-at.ts';
import { typeSource } from './type-source.ts';

/** In steps of one file each. */
export function* typeReferences(project: Project, entry: Entry, withDeclaration: boolean): Generator<undefined, readonly Site[]> {
  yield* project.index.refresh();
  const source = withDeclaration ? typeSource(project, entry) : null;
  const found: Site[] = source ? [source] : [];
  const names = new Set([entry.name, entry.target.slice(entry.target.lastIndexOf('.') + 1)]);
  const files = new Set([...names].flatMap(name => project.index.saying(name)));
  for (const file of [...files].sort()) {
    found.push(...writtenIn(project, file, names, entry));
    yield;
  }
  return found;
}

function writtenIn(project: Project, file: string, names: ReadonlySet<string>, entry: Entry): readonly Site[] {
  const request = completionRequest(project, file, 0);
  if (!request) return [];
  const { text } = request;
  const lines = new Lines(text);
  const written = new RegExp(String.raw`(?<=['"=\s.])(?:${[...names].join('|')})(?!\w)`, 'g');
  return [...text.matchAll(written)].flatMap((match): Site[] => {
    const at = typeIn({ ...request, offset: match.index + match[0].length });
    if (!at || at.parameter || !isSame(at.entry, entry)) return [];
    return [{ file, start: at.start, end: at.end, line: lines.position(at.start).line + 1 }];
  });
}

const isSame = (a: Entry, b: Entry): boolean =>
  a.target === b.target || (a.name === b.name && a.scope === b.scope && a.registry === b.registry);

/** The registered type, or the argument of one, that a place in a config's text speaks of; in lazy style the class as well. Read from the text, so that a config in which something is wrong has them too. */
import type { Project } from '../project/project.ts';
import type { Entry, Parameter } from '../registry/entry.ts';
import { type Cursor, cursorAt } from './completion-context.ts';
import { completionRequest } from './completion-request.ts';
import { type CompletionRequest, entryAt, scopeAt } from './completion-surroundings.ts';
import { isType } from './completion-types.ts';

export interface TypeAt {
  readonly entry: Entry;
  /** Null: the type itself. */
  readonly parameter: Parameter | null;
  /** Offsets of the name. */
  readonly start: number;
  readonly end: number;
}

export function typeAt(project: Project, file: string, offset: number): TypeAt | null {
  const request = completionRequest(project, file, offset);
  return request && typeIn(request);
}

export function typeIn(request: CompletionRequest): TypeAt | null {
  const cursor = cursorAt(request.text, request.offset);
  if (!cursor) return null;
  const { start, end } = cursor.range;
  const word = request.text.slice(start, end);
  if (word === '') return null;
  const scope = scopeAt(request, cursor);
  if (isType(cursor) && (cursor.kind === 'string' || cursor.kind === 'value')) {
    const entry = entryAt(
      request,
      scope,
      cursor.path,
      ownFrame(cursor, request.text.slice(start - (cursor.quote ? 1 : 0), end + (cursor.quote ? 1 : 0))),
    );
    return entry && { entry, parameter: null, start, end };
  }
  if (cursor.kind !== 'key') return null;
  const entry = entryAt(request, scope, cursor.path, cursor.frames.at(-1));
  const parameter = entry?.parameters.find(({ name }) => name === word);
  return entry && parameter ? { entry, parameter, start, end } : null;
}

/** The frame as if the type under the cursor were given: a cursor's own argument is not among the others. */
function ownFrame({ frames }: Cursor, type: string): Cursor['frames'][number] {
  const frame = frames.at(-1);
  const given = [...(frame?.given ?? []).filter(({ key }) => key !== 'type'), { key: 'type', value: type }];
  return { kind: 'dict', callee: null, at: null, ...frame, given };
}

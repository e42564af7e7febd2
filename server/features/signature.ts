/** The call that a dict stands for: what its type takes, and which argument the cursor is in. */
import type { Project } from '../project/project.ts';
import { type Cursor, cursorAt } from './completion-context.ts';
import { completionRequest } from './completion-request.ts';
import { entryAt, scopeAt } from './completion-surroundings.ts';
import { argumentText, documentationOf } from './entry-text.ts';

export interface Signature {
  readonly label: string;
  /** Markdown. */
  readonly documentation: string;
  /** `label`: offsets in the signature's. */
  readonly parameters: readonly { readonly label: readonly [number, number]; readonly documentation: string }[];
  /** Which parameter the cursor is in; null: none yet. */
  readonly active: number | null;
}

export function signatureAt(project: Project, file: string, offset: number): Signature | null {
  const request = completionRequest(project, file, offset);
  const cursor = request && placeIn(request.text, offset);
  if (!request || !cursor) return null;
  const scope = scopeAt(request, cursor);
  let path = cursor.path;
  let inside: string | number | null = cursor.key;
  for (const frame of [...cursor.frames].reverse()) {
    const entry = frame.kind === 'dict' || frame.kind === 'display' ? entryAt(request, scope, path, frame) : null;
    if (entry) {
      let label = `${entry.name}(`;
      const parameters = entry.parameters.map((parameter, i) => {
        const { name, annotation, required, default: fallback } = parameter;
        const typed = annotation ? `${name}: ${annotation}` : name;
        const text = required ? typed : `${typed}${annotation ? ' = ' : '='}${fallback ?? '…'}`;
        label += i > 0 ? ', ' : '';
        const start = label.length;
        label += text;
        return { label: [start, label.length] as const, documentation: argumentText(entry, parameter) };
      });
      label += entry.open ? `${parameters.length > 0 ? ', ' : ''}**${entry.variadic.kwargs ?? 'kwargs'})` : ')';
      const active = entry.parameters.findIndex(({ name }) => name === inside);
      const version = request.registry.libraries.get(entry.scope)?.version ?? null;
      return {
        label,
        documentation: documentationOf(entry, version).split('\n\n```')[0] ?? '',
        parameters,
        active: active < 0 ? null : active,
      };
    }
    // A dict of its own within a part is another call.
    if (frame.kind === 'call') return null;
    if (frame.at !== null) {
      path = path.slice(0, -1);
      inside = typeof frame.at === 'string' ? frame.at : inside;
    }
    if (frame.kind !== 'list' && typeof frame.at === 'string') return null;
  }
  return null;
}

const FARTHEST = 400;

/** Within a number or an expression: as at the beginning of it. */
function placeIn(text: string, offset: number): Cursor | null {
  const here = cursorAt(text, offset);
  if (here) return here;
  // In a list of numbers, as before it: the nearest place to the left where an argument or its value may begin.
  for (let at = offset; at > Math.max(0, offset - FARTHEST); at--) {
    const cursor = /[([{,=:]/.test(text[at - 1] ?? '') ? cursorAt(text, at) : null;
    if (cursor) return cursor;
  }
  return null;
}

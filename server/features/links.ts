/** Bases that can be opened with a click: in `_base_`, and in imports under `read_base()`. */
import { isDataFile } from '../project/data-config.ts';
import { namedBases } from '../project/named-bases.ts';
import type { Project } from '../project/project.ts';
import { assigns, writtenTexts } from '../syntax/assigned.ts';
import { importParts } from '../syntax/import-parts.ts';
import type { Span } from '../syntax/nodes.ts';
import { recover } from '../syntax/recover.ts';
import { moduleFile } from './module-file.ts';

export interface Link {
  readonly start: number;
  readonly end: number;
  readonly target: string;
}

export function linksIn(project: Project, file: string): readonly Link[] {
  const text = project.host.read(file);
  if (text === null || !project.isConfig(file)) return [];
  if (isDataFile(file)) return inData(project, file, text);
  const { body } = recover(project.configs.parse, text);
  return body.flatMap((statement): readonly Link[] => {
    if (assigns(statement, '_base_')) {
      return writtenTexts(statement.value).flatMap(({ text, span }) => linkTo(span, project.baseOf(file, text)));
    }
    if (statement.kind !== 'with') return [];
    return statement.body.flatMap(inner =>
      inner.kind === 'importFrom' ? linkTo(importParts(text, inner).module, moduleFile(project, file, inner.module)) : [],
    );
  });
}

/** Where the paths stand after the key. */
function inData(project: Project, file: string, text: string): readonly Link[] {
  const named = namedBases(file, text);
  if (named.kind !== 'paths') return [];
  let from = text.indexOf('_base_');
  return named.written.flatMap(written => {
    const start = text.indexOf(written, from + 1);
    if (start < 0) return [];
    from = start;
    const target = project.baseOf(file, written);
    return target === null ? [] : [{ start, end: start + written.length, target }];
  });
}

const linkTo = ({ start, end }: Span, target: string | null): readonly Link[] => (target === null ? [] : [{ start, end, target }]);

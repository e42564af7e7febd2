/** Bases that can be opened with a click: in `_base_`, and in imports under `read_base()`. */
import { posix } from 'node:path';
import type { Project } from '../project/project.ts';
import type { Expression, Span } from '../syntax/nodes.ts';
import { recover } from '../syntax/recover.ts';

export interface Link {
  readonly start: number;
  readonly end: number;
  readonly target: string;
}

export function linksIn(project: Project, file: string): readonly Link[] {
  const text = project.host.read(file);
  if (text === null || !project.isConfig(file)) return [];
  const { body } = recover(project.configs.parse, text);
  return body.flatMap((statement): readonly Link[] => {
    if (statement.kind === 'assign' && statement.targets.some(t => t.kind === 'name' && t.name === '_base_')) {
      return strings(statement.value).flatMap(({ text, span }) => linkTo(span, project.baseOf(file, text)));
    }
    if (statement.kind !== 'with') return [];
    return statement.body.flatMap(inner =>
      inner.kind === 'importFrom' ? linkTo(inner.span, moduleFile(project, file, inner.module)) : [],
    );
  });
}

const linkTo = ({ start, end }: Span, target: string | null): readonly Link[] => (target === null ? [] : [{ start, end, target }]);

function strings(value: Expression): readonly { readonly text: string; readonly span: Span }[] {
  if (value.kind === 'constant' && typeof value.value === 'string') return [{ text: value.value, span: value.span }];
  return value.kind === 'list' || value.kind === 'tuple' ? value.items.flatMap(strings) : [];
}

/** `.._base_.models.yolo`: each dot but the first is a folder up. A package's configs lie in its `.mim` or `configs` folder. */
function moduleFile(project: Project, file: string, module: string): string | null {
  const dots = /^\.*/.exec(module)?.[0].length ?? 0;
  const inside = `${module.slice(dots).replaceAll('.', '/')}.py`;
  const [name = '', ...rest] = inside.split('/');
  const candidates = dots
    ? [posix.join(posix.dirname(file), '../'.repeat(dots - 1), inside)]
    : project.environment.roots.flatMap(root => [`${root}/${inside}`, `${root}/${name}/.mim/${rest.join('/')}`]);
  return candidates.find(path => project.host.kind(path) === 'file') ?? null;
}

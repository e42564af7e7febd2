/** A config's text as a tree of its keys, for the outline and for "go to symbol". */
import { isDataFile } from '../project/data-config.ts';
import type { Project } from '../project/project.ts';
import type { Argument, Expression, Span, Statement } from '../syntax/nodes.ts';
import { recover } from '../syntax/recover.ts';
import { dataOutline } from './data-outline.ts';
import type { OutlineItem } from './outline-item.ts';

export function outlineOf(project: Project, file: string): readonly OutlineItem[] {
  if (!project.isConfig(file)) return [];
  if (isDataFile(file)) return dataOutline(project, file);
  const { body } = recover(project.configs.parse, project.host.read(file) ?? '');
  return body.flatMap(ofStatement);
}

/** What a statement sets, wherever it stands: also in a loop, and what `update` and `merge` are given. */
function ofStatement(statement: Statement): readonly OutlineItem[] {
  switch (statement.kind) {
    case 'assign':
      return statement.targets.flatMap(target => ofTarget(target, statement.value, statement.span));
    case 'augment':
      return ofTarget(statement.target, statement.value, statement.span);
    case 'expression':
      return statement.value.kind === 'call' ? ofUpdate(statement.value) : [];
    case 'if':
    case 'for':
    case 'while':
      return [...statement.body, ...statement.otherwise].flatMap(ofStatement);
    case 'with':
      return statement.body.flatMap(ofStatement);
    default:
      return [];
  }
}

function ofTarget(target: Expression, value: Expression, span: Span): readonly OutlineItem[] {
  if (target.kind === 'tuple' || target.kind === 'list') {
    const parts = value.kind === 'tuple' || value.kind === 'list' ? value.items : [];
    return target.items.flatMap((one, i) => ofTarget(one, parts[i] ?? value, one.span));
  }
  const name = dotted(target);
  return name === null ? [] : [item(name, target.span, span, value)];
}

/** `model.update(dict(backbone=…))`, as lazy configs override. */
function ofUpdate({ callee, args, span }: Expression<'call'>): readonly OutlineItem[] {
  if (callee.kind !== 'attribute' || (callee.name !== 'update' && callee.name !== 'merge')) return [];
  const name = dotted(callee.object);
  const children = args.flatMap(argument => (argument.kind === 'positional' ? childrenOf(argument.value) : ofArgument(argument)));
  return name === null ? [] : [{ name, detail: callee.name, kind: 'dict', span, nameSpan: callee.object.span, children }];
}

/** `model`, `_base_.model.neck`, `model['neck']`, `pipeline[1].scale`. */
function dotted(target: Expression): string | null {
  if (target.kind === 'name') return target.name;
  if (target.kind !== 'attribute' && target.kind !== 'subscript') return null;
  const object = dotted(target.object);
  if (object === null) return null;
  if (target.kind === 'attribute') return `${object}.${target.name}`;
  const key = target.key.kind === 'constant' ? target.key.value : null;
  return typeof key === 'number' ? `${object}[${key}]` : typeof key === 'string' ? `${object}['${key}']` : null;
}

function item(name: string, nameSpan: Span, span: Span, value: Expression): OutlineItem {
  const children = childrenOf(value);
  return { name, detail: detailOf(value), kind: kindOf(value), span, nameSpan, children };
}

function childrenOf(value: Expression): readonly OutlineItem[] {
  if (isDictCall(value)) return value.args.flatMap(argument => ofArgument(argument));
  if (value.kind === 'dict')
    return value.pairs.flatMap(({ key, value: inner }) => {
      const name = key?.kind === 'constant' && (typeof key.value === 'string' || typeof key.value === 'number') ? String(key.value) : null;
      return key && name !== null ? [item(name, key.span, over(key.span, inner.span), inner)] : [];
    });
  // Of a list, what is made of dicts: the steps of a pipeline, hooks. Numbers are no symbols.
  if (value.kind === 'list' || value.kind === 'tuple')
    return value.items.flatMap((inner, i) =>
      isDictCall(inner) || inner.kind === 'dict' ? [item(`[${i}]`, inner.span, inner.span, inner)] : [],
    );
  return [];
}
const ofArgument = (argument: Argument): readonly OutlineItem[] =>
  argument.kind === 'named'
    ? [
        item(
          argument.name,
          { ...argument.span, end: argument.span.start + argument.name.length },
          over(argument.span, argument.value.span),
          argument.value,
        ),
      ]
    : [];
const over = (a: Span, b: Span): Span => ({ ...a, end: Math.max(a.end, b.end) });

const isDictCall = (value: Expression): value is Expression<'call'> =>
  value.kind === 'call' && value.callee.kind === 'name' && value.callee.name === 'dict';

function kindOf(value: Expression): OutlineItem['kind'] {
  if (isDictCall(value) || value.kind === 'dict') return 'dict';
  if (value.kind === 'list' || value.kind === 'tuple') return 'list';
  if (value.kind !== 'constant') return 'other';
  if (value.value === null) return 'nothing';
  if (typeof value.value === 'string') return 'text';
  return typeof value.value === 'boolean' ? 'truth' : 'number';
}

/** Of a dict its type, of a text or number itself. */
function detailOf(value: Expression): string {
  const type = isDictCall(value)
    ? value.args.find(a => a.kind === 'named' && a.name === 'type')?.value
    : value.kind === 'dict'
      ? value.pairs.find(({ key }) => key?.kind === 'constant' && key.value === 'type')?.value
      : value;
  if (type?.kind === 'name') return type.name;
  if (type?.kind !== 'constant') return '';
  const { value: v } = type;
  if (typeof v === 'string') return v.length > 40 ? '' : v;
  return typeof v === 'number' ? String(v) : v !== null && typeof v === 'object' && 'float' in v ? String(v.float) : '';
}

/**
 * Which of mmengine's two Python styles a config is written in. mmengine walks the tree breadth first and takes the first node that tells: an assignment to
 * `_base_` is text style; `with read_base()` and an import that is not of the standard library are lazy style.
 */
import type { Block, Expression, Statement } from '../syntax/nodes.ts';
import { isStandardModule } from './standard-modules.ts';

export type PythonStyle =
  | { readonly kind: 'text' | 'lazy' }
  | { readonly kind: 'error'; readonly errorType: string; readonly message: string; readonly at: Statement };

/** `pythonMinor`: of the Python that mmengine runs in: see `standard-modules.ts`. */
export function styleOf(body: Block, pythonMinor: number): PythonStyle {
  for (let level: readonly Statement[] = body; level.length; level = level.flatMap(children)) {
    for (const s of level) {
      const told = tells(s, pythonMinor);
      if (told) return told;
    }
  }
  return { kind: 'text' };
}

function tells(s: Statement, pythonMinor: number): PythonStyle | null {
  switch (s.kind) {
    case 'assign':
      return isBaseAssignment(s) ? { kind: 'text' } : null;
    case 'with':
      if (isReadBase(s.manager)) return { kind: 'lazy' };
      if (s.manager.kind === 'call' && s.manager.callee.kind !== 'name')
        return {
          kind: 'error',
          errorType: 'AttributeError',
          message: `'${s.manager.callee.kind === 'attribute' ? 'Attribute' : 'Call'}' object has no attribute 'id'`,
          at: s,
        };
      return { kind: 'error', errorType: 'ConfigParsingError', message: ONLY_READ_BASE, at: s };
    case 'importFrom': {
      if (s.module.startsWith('.')) return { kind: 'lazy' };
      const [only] = s.names;
      if (s.module === 'mmengine' && s.names.length === 1 && only?.name === 'Config') return null;
      return isStandardModule(s.module, pythonMinor) ? null : { kind: 'lazy' };
    }
    case 'import':
      return isStandardModule(s.module, pythonMinor) ? null : { kind: 'lazy' };
    default:
      return null;
  }
}

export const ONLY_READ_BASE = 'Only `read_base` context manager can be used in the config';
export const isReadBase = (e: Expression): boolean => e.kind === 'call' && e.callee.kind === 'name' && e.callee.name === 'read_base';
export const isBaseAssignment = (s: Statement): s is Statement<'assign'> =>
  s.kind === 'assign' && s.targets[0]?.kind === 'name' && s.targets[0].name === '_base_';

function children(s: Statement): readonly Statement[] {
  switch (s.kind) {
    case 'if':
    case 'while':
    case 'for':
      return [...s.body, ...s.otherwise];
    case 'with':
    case 'function':
    case 'class':
      return s.body;
    case 'try':
      return [...s.body, ...s.handlers.flatMap(h => h.body), ...s.otherwise, ...s.last];
    default:
      return [];
  }
}

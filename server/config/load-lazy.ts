/** A lazy-style config: `Config._parse_lazy_import`. Its bases are what `with read_base()` imports; other imports are names for things that nobody loads. */
import { posix } from 'node:path';
import type { Dict } from '../python/types/dict.ts';
import type { Site } from '../python/value.ts';
import type { Block, Statement } from '../syntax/nodes.ts';
import { packageFolders } from './base-path.ts';
import type { ConfigContext, Loaded } from './context.ts';
import { attempt, evaluate, unknownEntries } from './evaluate.ts';
import { boundSize } from './expanded.ts';
import { LazyImports } from './lazy-imports.ts';
import { load, type Parent, type Source } from './load.ts';
import { asBase, over } from './merge.ts';
import { problem, topOf } from './problem.ts';
import type { PythonSource } from './read-python.ts';
import type { ConfigProblem } from './resolved.ts';
import { isBaseAssignment, isReadBase, ONLY_READ_BASE } from './style.ts';
import { touchedNames } from './touched.ts';

export function loadLazy(
  context: ConfigContext,
  { file, version, text, body, faults }: Source & PythonSource,
  parent: Parent | null,
): Loaded {
  const problems: ConfigProblem[] = [...faults];
  const chain: string[] = [];
  const sources = new Map<string, string | null>([[file, version]]);
  const split = splitBases(file, body, problems);
  const bases = new Map<string, Dict>();
  for (const node of split.bases) {
    const base = baseOf(context, file, node, parent, problems, sources);
    if (!base) continue;
    problems.push(...base.problems);
    for (const one of base.chain) if (!chain.includes(one)) chain.push(one);
    for (const [one, v] of base.sources) sources.set(one, v);
    bases.set(
      node.module,
      attempt(
        context,
        topOf(file),
        made => void problems.push(made),
        reason => unknownEntries(base.value, reason),
        () => asBase(base.value),
      ),
    );
  }
  const imports = new LazyImports(file, bases, touchedNames(text), context.pythonMinor, problems);
  const statements = imports.rewrite(split.body);
  const own = evaluate(context, file, statements, imports.given, true, name => name.startsWith('.'));
  // Where a base is missing, so are its names.
  const lacking = problems.some(p => p.kind === 'base-not-found' || p.kind === 'base-cycle');
  problems.push(...own.problems.filter(p => !lacking || p.kind !== 'undefined-name'));
  for (const [name, written] of imports.written) {
    const entry = own.value.entries.get(name);
    // A name that is bound anew overrides what the base has by it.
    if (entry) entry.written = entry.written ? over(entry.written, written) : written;
  }
  boundSize(own.value, imports.given);
  const value = attempt(
    context,
    topOf(file),
    made => void problems.push(made),
    reason => unknownEntries(own.value, reason),
    () => asBase(own.value),
  );
  return { style: 'lazy', value, problems, chain: [...chain, file], sources, text, body };
}

interface Split {
  /** The file's statements with those of the first `with read_base()` in its place. */
  readonly body: Block;
  readonly bases: readonly Statement<'importFrom'>[];
}

function splitBases(file: string, body: Block, problems: ConfigProblem[]): Split {
  const complain = (kind: ConfigProblem['kind'], type: string, message: string, node: Statement): void =>
    void problems.push(problem(kind, type, message, { file, ...node.span }));
  for (const [i, node] of body.entries()) {
    if (isBaseAssignment(node)) {
      complain('base-mixed-style', 'ConfigParsingError', MIXED, node);
      return { body: body.filter(s => s !== node), bases: [] };
    }
    if (node.kind !== 'with') continue;
    if (!isReadBase(node.manager)) {
      complain('evaluation-error', 'ConfigParsingError', ONLY_READ_BASE, node);
      return { body: body.filter(s => s !== node), bases: [] };
    }
    const bases: Statement<'importFrom'>[] = [];
    for (const inner of node.body) {
      if (inner.kind !== 'importFrom')
        complain(
          'evaluation-error',
          'AssertionError',
          'Illegal syntax in config file! Only `from ... import ...` could be implemented` in with read_base()`',
          inner,
        );
      else if (/^\.*$/.test(inner.module))
        complain(
          'evaluation-error',
          'AssertionError',
          'Illegal syntax in config file! Syntax like `from . import xxx` is not allowed in `with read_base()`',
          inner,
        );
      else bases.push(inner);
    }
    return { body: [...body.slice(0, i), ...bases, ...body.slice(i + 1)], bases };
  }
  return { body, bases: [] };
}

const MIXED =
  'The configuration file type in the inheritance chain must match the current configuration file type, either "lazy_import" or non-"lazy_import". You got this error since you use the syntax like `_base_ = "_base_"` ' +
  'in your config. You should use `with read_base(): ... to` mark the inherited config file. See more information in https://mmengine.readthedocs.io/en/latest/advanced_tutorials/config.html';

function baseOf(
  context: ConfigContext,
  file: string,
  { module, span }: Statement<'importFrom'>,
  parent: Parent | null,
  problems: ConfigProblem[],
  sources: Map<string, string | null>,
): Loaded | null {
  const site: Site = { file, ...span };
  const level = /^\.*/.exec(module)?.[0].length ?? 0;
  const parts = module.slice(level).split('.');
  let path: string;
  if (level) path = posix.join(posix.dirname(file), ...Array<string>(level - 1).fill('..'), `${parts.join('/')}.py`);
  else if (parts.length === 1) {
    problems.push(
      problem(
        'base-not-found',
        'ConfigParsingError',
        `The imported configuration file should not be an independent package ${module}. Here is an example: \`with read_base(): from mmdet.configs.retinanet_r50_fpn_1x_coco import *\``,
        site,
        { subject: module },
      ),
    );
    return null;
  } else {
    const folders = packageFolders(context, parts[0] ?? '');
    const [root] = folders;
    if (root === undefined) {
      problems.push(
        problem('base-not-found', 'PackageNotFoundError', `No package metadata was found for ${parts[0] ?? ''}`, site, { subject: module }),
      );
      return null;
    }
    const places = folders.map(folder => `${folder}/${parts.slice(1).join('/')}.py`);
    path = places.find(place => context.moment.isFile(place)) ?? `${root}/${parts.slice(1).join('/')}.py`;
  }
  const files = [...(parent?.files ?? []), file];
  if (!context.moment.isFile(path)) {
    sources.set(path, context.moment.version(path));
    problems.push(
      problem(
        'base-not-found',
        'ConfigParsingError',
        `${path} not found! It means that incorrect module is defined in \`with read_base(): = from ${module} import ...\`, please make sure the base config module is valid and is consistent with the prior import logic`,
        site,
        { subject: module },
      ),
    );
    return null;
  }
  if (files.includes(path)) {
    problems.push(problem('base-cycle', 'RecursionError', 'maximum recursion depth exceeded', site, { subject: module }));
    return null;
  }
  return load(context, path, { files, style: 'lazy' });
}

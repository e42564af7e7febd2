/** JSON and YAML configs: their `_base_` is a key, and there is no code in them. */
import { posix } from 'node:path';
import { typeName } from '../python/operate.ts';
import { Dict } from '../python/types/dict.ts';
import type { Site } from '../python/value.ts';
import type { ConfigContext, Loaded } from './context.ts';
import { readJson } from './data/json.ts';
import { readYaml } from './data/yaml.ts';
import { boundSize } from './expanded.ts';
import type { Parent, Source } from './load.ts';
import { loadBases, noBases } from './load-bases.ts';
import { mergeWithBases } from './load-text.ts';
import { problem, textOfKeyError, topOf } from './problem.ts';
import type { ConfigProblem } from './resolved.ts';
import { siteOfValue } from './sites.ts';
import { substitute } from './substitution.ts';

export function loadData(context: ConfigContext, source: Source, parent: Parent | null): Loaded {
  const { file, text } = source;
  const style = posix.extname(file) === '.json' ? 'json' : 'yaml';
  const problems: ConfigProblem[] = [];
  const replaced = substitute(file, text, context.environment);
  if (replaced.missing)
    problems.push(problem('evaluation-error', 'KeyError', textOfKeyError(replaced.missing.message), { file, ...replaced.missing.span }));
  const site = (start: number, end: number): Site => {
    let line = 1;
    for (let i = replaced.text.indexOf('\n'); i >= 0 && i < start; i = replaced.text.indexOf('\n', i + 1)) line++;
    return { file, ...(replaced.original ? replaced.original({ start, end, line }) : { start, end, line }) };
  };
  const read = style === 'json' ? readJson(replaced.text, site) : readYaml(replaced.text, site);
  for (const fault of read.faults) problems.push(problem('syntax-error', fault.errorType, fault.message, fault.site));
  let own = new Dict();
  if (read.value instanceof Dict) {
    own = read.value;
    boundSize(own);
  } else if (!read.faults.length)
    problems.push(problem('evaluation-error', 'AttributeError', `'${typeName(read.value)}' object has no attribute 'get'`, topOf(file)));
  const told = own.entries.get('_base_');
  const bases = told
    ? loadBases(context, file, told.value, siteOfValue(told.value) ?? told.written?.value ?? topOf(file), parent)
    : noBases();
  problems.push(...bases.problems);
  return { style, ...mergeWithBases(context, source, own, bases, replaced, problems, true), body: null };
}

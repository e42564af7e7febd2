/** `--cfg-options`: values laid over a resolved config, as mmengine's `Config.merge_from_dict` does. */
import { ConfigDict } from '../config/config-dict.ts';
import { mergeOptionsInto } from '../config/merge.ts';
import type { ConfigProblem, ResolvedConfig } from '../config/resolved.ts';
import { Interpreter } from '../python/interpreter.ts';
import { Dict } from '../python/types/dict.ts';
import { Float } from '../python/types/float.ts';
import { List } from '../python/types/list.ts';
import type { Value } from '../python/value.ts';
import type { Parse } from '../syntax/parse.ts';

/** `path`: `model.neck.in_channels`. What does not merge is a problem of the config. */
export function withOptions(config: ResolvedConfig, options: ReadonlyMap<string, Value>): ResolvedConfig {
  if (!options.size) return config;
  const tree = new ConfigDict(),
    problems: ConfigProblem[] = [];
  for (const [path, value] of options) {
    const steps = path.split('.'),
      last = steps.pop() ?? '';
    let at: Dict = tree;
    for (const step of steps) {
      let inner = at.get(step);
      if (!(inner instanceof Dict)) at.set(step, (inner = new ConfigDict()));
      if (inner instanceof Dict) at = inner;
    }
    at.set(last, value);
  }
  const value = mergeOptionsInto(tree, config.value, config.file, p => void problems.push(p));
  return { ...config, value, problems: [...config.problems, ...problems], ok: config.ok && !problems.length };
}

/** A Python literal; what is none stays text. */
export function literalValue(text: string, parse: Parse): Value {
  const ended = new Interpreter({ parse }).run(`value = ${text.trim()}`, { file: '<option>' });
  const value = ended.kind === 'done' ? ended.value.member('value') : undefined;
  return value === undefined ? text.trim() : value;
}

/** JSON as Python has it once it is read. */
export function fromJson(data: unknown): Value {
  if (Array.isArray(data)) return new List(data.map(fromJson));
  if (typeof data === 'number') return Number.isInteger(data) ? data : new Float(data);
  if (data === null || typeof data === 'string' || typeof data === 'boolean') return data;
  const out = new Dict();
  for (const [key, value] of Object.entries(Object(data))) out.set(key, fromJson(value));
  return out;
}

/** An argument that a type's constructor must have, and that neither the config nor the builder gives. */

import { basesAreWhole } from '../config/whole.ts';
import { builtParts, isGivenAround } from '../recipe/part-types.ts';
import { recipeOf } from '../recipe/recipe.ts';
import { isUsed, type TypedPart } from '../recipe/typed-parts.ts';
import type { Entry, Parameter } from '../registry/entry.ts';
import { missingClipping } from './clip-grad.ts';
import type { Fix } from './diagnostic.ts';
import { distinct } from './distinct.ts';
import { editsFor } from './fit/edits.ts';
import { missingCandidates } from './fit/missing-values.ts';
import { isAmongBases } from './may-be-completed.ts';
import { nearest } from './nearest.ts';
import type { ConfigContext, ConfigRule, Finding } from './rule.ts';
import { missingOfRunner } from './runner-arguments.ts';

/** What is built from its dict and what its builder is known to give (mmengine 0.10.7, `Runner`). Everything else may be given more. */
const GIVEN: Readonly<Record<string, readonly string[]>> = {
  detector: [],
  backbone: [],
  neck: [],
  loss: [],
  coder: [],
  prior_generator: [],
  transform: [],
  dataset: [],
  metric: [],
  evaluator: [],
  hook: [],
  log_processor: [],
  // A benchmark's checkpoint is named where it is run (`--cfg-options`).
  'weight initializer': ['checkpoint'],
  loop: ['runner', 'dataloader', 'evaluator'],
  counted_loop: ['runner', 'dataloader'],
  'data sampler': ['dataset', 'sampler', 'batch_size', 'seed'],
  'parameter scheduler': ['optimizer', 'param_name'],
};

export const missingArgument: ConfigRule = {
  code: 'missing-argument',
  severity: 'error',
  summary: 'an argument that the type must have is not given',
  needs: 'config',
  check(context) {
    const { config } = context;
    // A base holds a part that others complete: only what has data to run on is complete.
    if (!basesAreWhole(config) || !recipeOf(config).loaders.length || isAmongBases(config.file)) return [];
    const found = builtParts(context).flatMap(({ part, entry }): readonly Finding[] => {
      const given = GIVEN[part.place.role ?? part.place.registry];
      const lacking = given ? lackingIn(part, entry, given) : NONE_MISSING;
      if (!lacking.length) return NONE;
      const site = part.site;
      // The model that is tested with augmentation is put into its wrapper.
      if (part.path[0] === 'tta_model' || site.file !== config.file || !isUsed(part)) return NONE;
      const missing = lacking.filter(({ name }) => !isGivenAround(context, part, name) && !isMisspelt(part, entry, name));
      if (missing.length === 0 || (entry.variadic.args !== null && !isScheduler(entry))) return NONE;
      const names = missing.map(({ name }) => `'${name}'`);
      const listed = names.length > 1 ? `${names.slice(0, -1).join(', ')}${names.length > 2 ? ',' : ''} and ${names.at(-1)}` : names[0];
      const called = entry.kind === 'class' ? `${entry.target.split('.').at(-1)}.__init__()` : `${entry.target.split('.').at(-1)}()`;
      return [
        {
          site,
          message: `\`${part.type}\` needs ${missing.map(({ name }) => `\`${name}\``).join(', ')}\nTypeError: ${called} missing ${names.length} required positional argument${names.length > 1 ? 's' : ''}: ${listed}`,
          fixes: addingFixes(
            context,
            part,
            missing.map(({ name }) => name),
          ),
        },
      ];
    });
    return distinct([...found, ...missingClipping(context), ...missingOfRunner(context)]);
  },
};

const NONE: readonly Finding[] = [];
const NONE_MISSING: readonly Parameter[] = [];
const requiring = new WeakMap<Entry, readonly Parameter[]>();

/** What must be given, and neither the config nor the builder gives. */
function lackingIn({ dict }: TypedPart, entry: Entry, given: readonly string[]): readonly Parameter[] {
  let required = requiring.get(entry);
  if (!required) requiring.set(entry, (required = entry.parameters.filter(parameter => parameter.required)));
  return required.every(({ name }) => dict.entries.has(name) || given.includes(name))
    ? NONE_MISSING
    : required.filter(({ name }) => !dict.entries.has(name) && !given.includes(name));
}

/** Of a part of the model: what the parts beside it say, each tried by a run. */
function addingFixes({ config, text, body }: ConfigContext, part: TypedPart, names: readonly string[]): readonly Fix[] {
  const own = text(config.file),
    statements = body(config.file);
  if (own === null || !statements) return [];
  return missingCandidates(config, part.path, names).flatMap(({ changes, title }, i): Fix[] => {
    const edits = editsFor(config, own, statements, changes);
    return edits?.length ? [{ title, edits, preferred: i === 0, mustRun: 'farther' }] : [];
  });
}

/** mmengine's own hand on all that they are given. */
const isScheduler = ({ scope, registry }: Entry): boolean => scope === 'mmengine' && registry === 'parameter scheduler';

/** A slip of the pen is told as such. */
function isMisspelt({ dict }: TypedPart, { parameters }: Entry, name: string): boolean {
  const strange = [...dict.entries.keys()].map(String).filter(key => key !== 'type' && !parameters.some(p => p.name === key));
  return strange.length > 0 && nearest(name, strange) !== null;
}

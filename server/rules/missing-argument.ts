/** An argument that a type's constructor must have, and that neither the config nor the builder gives. */
import { valueAt } from '../config/origins.ts';
import type { ConfigRule, Finding } from './rule.ts';
import { constructorOf, distinct, type TypedPart, typedParts } from './typed-parts.ts';
import { basesAreWhole } from './values-of.ts';

/** What is built from its dict alone. Everything else may be given more by who builds it. */
const BUILT_ALONE = new Set(['backbone', 'neck', 'transform', 'loss', 'coder', 'prior_generator', 'dataset', 'metric']);

export const missingArgument: ConfigRule = {
  code: 'missing-argument',
  severity: 'error',
  summary: 'an argument that the type must have is not given',
  needs: 'config',
  check(context) {
    const { config } = context;
    if (!basesAreWhole(config)) return [];
    // A base holds a part that others complete: only what can be run is complete.
    if (
      !['train_dataloader', 'val_dataloader', 'test_dataloader'].some(name => valueAt(config, [name]) !== undefined) ||
      /(^|\/)_base_\//.test(config.file)
    )
      return [];
    const found = typedParts(context).flatMap((part): Finding[] => {
      const site = part.origin.value;
      if (site.file !== config.file || !BUILT_ALONE.has(part.place.role ?? part.place.registry) || !isUsed(part)) return [];
      const entry = constructorOf(context, part);
      const missing = entry?.parameters.filter(parameter => parameter.required && !part.dict.entries.has(parameter.name)) ?? [];
      if (!entry || missing.length === 0 || entry.variadic.args !== null) return [];
      const names = missing.map(({ name }) => `'${name}'`);
      const listed = names.length > 1 ? `${names.slice(0, -1).join(', ')}${names.length > 2 ? ',' : ''} and ${names.at(-1)}` : names[0];
      const called = entry.kind === 'class' ? `${entry.target.split('.').at(-1)}.__init__()` : `${entry.target.split('.').at(-1)}()`;
      return [
        {
          site,
          message: `\`${part.type}\` needs ${missing.map(({ name }) => `\`${name}\``).join(', ')}\nTypeError: ${called} missing ${names.length} required positional argument${names.length > 1 ? 's' : ''}: ${listed}`,
        },
      ];
    });
    return distinct(found);
  },
};

/** Part of something that runs; a variable beside it may be a draft that the file completes later. */
const isUsed = ({ path }: TypedPart): boolean =>
  /^(?:model|(?:train|val|test)_(?:dataloader|evaluator)|default_hooks|custom_hooks)$/.test(String(path[0]));

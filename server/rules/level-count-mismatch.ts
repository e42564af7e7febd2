/** A part is given more or fewer levels than it takes: `out_indices` and the length of `in_channels`. */

import { numbersFrom } from '../config/from-value.ts';
import { valueAt } from '../config/origins.ts';
import { formatPath } from '../config/path.ts';
import type { ConfigPath } from '../config/resolved.ts';
import { placeOf } from './fit/blame.ts';
import { causesOf } from './fit/causes.ts';
import { allDeclaredStrides, giverOf } from './fit/declared-strides.ts';
import { levelGroups, toldApart } from './fit/level-lists.ts';
import { isOwnIndex, ownRelated } from './fit/own-code.ts';
import { hasOwnForward } from './fit/own-forward.ts';
import { provenFixes } from './fit/proven.ts';
import { channelsOf, type Side, sidesOf, told } from './fit/sides.ts';
import type { Finding, ModelContext, ModelRule } from './rule.ts';

export const levelCountMismatch: ModelRule = {
  code: 'level-count-mismatch',
  severity: 'error',
  summary: 'a part is given more or fewer levels than it takes',
  needs: 'model',
  check(context) {
    const { config, verdict } = context;
    const found = verdict.mismatches.filter(m => m.kind === 'levels' && !isOwnIndex(context, m));
    if (verdict.ok === true && !verdict.mismatches.length) return untold(context);
    return causesOf(context, found).map(({ mismatch, paths }): Finding => {
      const { consumer, producer } = sidesOf(config, verdict, mismatch);
      const taken = consumer === null ? undefined : numbersFrom(valueAt(config, ['model', consumer, 'in_channels']));
      const given = channelsOf(producer);
      const indices: readonly ConfigPath[] = producer ? [['model', producer.name, 'out_indices']] : [];
      const place = placeOf(config, [...paths, ...indices], producer ? [['model', producer.name]] : []);
      const apart = apartIn(context, producer);
      const takes = taken
        ? `\`${consumer}.in_channels\` takes ${count(taken.length)}`
        : `${consumer ?? 'the model'} takes another number of levels`;
      const gives =
        producer && given.length
          ? `; ${told(config, producer)} gives ${count(given.length)}: ${given.join(', ')} channels at strides ${producer.strides.join(', ')}`
          : '';
      const { where, compared } = mismatch.error;
      // In the part that joins levels what it takes and is given says most; elsewhere what was compared.
      const sentence =
        taken && gives && isFirstOf(consumer, where)
          ? `${takes}${gives}`
          : (apart ?? (compared ? `\`${where ?? consumer ?? 'the model'}\`: ${compared}` : `${takes}${gives}`));
      return {
        site: place.site,
        message: `${sentence}.\n${mismatch.error.source ?? mismatch.error.message}`,
        related: [...place.related, ...ownRelated(context, mismatch)],
        fixes: provenFixes(context),
      };
    });
  },
};

/** A generator of priors that was made for another number of levels than come runs, and fails when it is asked for the priors: in the first step of training. */
function untold(context: ModelContext): readonly Finding[] {
  const { config, verdict } = context;
  const giver = giverOf(config, verdict);
  if (!giver?.strides.length || channelsOf(giver).length !== giver.strides.length) return [];
  return allDeclaredStrides(config).flatMap(({ path, strides, takes }): readonly Finding[] => {
    if (
      takes === 'first' ||
      !GENERATOR.test(String(path.at(-2))) ||
      strides.length === giver.strides.length ||
      hasOwnForward(context, path)
    )
      return [];
    const outs = ['model', giver.name, 'num_outs'],
      place = placeOf(config, [path, outs], [path.slice(0, -1), ['model', giver.name]]);
    return [
      {
        site: place.site,
        message: `\`${formatPath(path.slice(1))}\` has ${strides.length} entries; ${told(config, giver)} gives ${count(giver.strides.length)} at strides ${giver.strides.join(', ')}.`,
        related: place.related,
        fixes: provenFixes(context),
      },
    ];
  });
}
const GENERATOR = /^(?:prior|anchor)_generator$/;

/** The list that is longer or shorter than the others, of whichever part. */
function apartIn({ config, verdict }: ModelContext, producer: Side | undefined): string | null {
  for (const group of levelGroups(config, verdict)) {
    const sentence = toldApart(group, producer ? told(config, producer) : 'what comes before');
    if (sentence) return sentence;
  }
  return null;
}

/** The part itself, not one inside of it. */
const isFirstOf = (part: string | null, where: string | null): boolean => where === null || where === part;

const count = (levels: number): string => `${levels} ${levels === 1 ? 'level' : 'levels'}`;

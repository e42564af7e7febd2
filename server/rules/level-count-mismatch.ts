/** A part is given more or fewer levels than it takes: `out_indices` and the length of `in_channels`. */
import { valueAt } from '../config/origins.ts';
import type { ConfigPath } from '../config/resolved.ts';
import { placeOf } from './fit/blame.ts';
import { causesOf } from './fit/causes.ts';
import { numbersFrom } from './fit/plain.ts';
import { provenFixes } from './fit/proven.ts';
import { channelsOf, sidesOf, told } from './fit/sides.ts';
import type { Finding, ModelRule } from './rule.ts';

export const levelCountMismatch: ModelRule = {
  code: 'level-count-mismatch',
  severity: 'error',
  summary: 'a part is given more or fewer levels than it takes',
  needs: 'model',
  check(context) {
    const { config, verdict } = context;
    const found = verdict.mismatches.filter(m => m.kind === 'levels');
    return causesOf(context, found).map(({ mismatch, paths }): Finding => {
      const { consumer, producer } = sidesOf(config, verdict, mismatch);
      const taken = consumer === null ? undefined : numbersFrom(valueAt(config, ['model', consumer, 'in_channels']));
      const given = channelsOf(producer);
      const indices: readonly ConfigPath[] = producer ? [['model', producer.name, 'out_indices']] : [];
      const place = placeOf(config, [...paths, ...indices], producer ? [['model', producer.name]] : []);
      const takes = taken
        ? `\`${consumer}.in_channels\` takes ${count(taken.length)}`
        : `${consumer ?? 'the model'} takes another number of levels`;
      const gives =
        producer && given.length
          ? `; ${told(config, producer)} gives ${count(given.length)}: ${given.join(', ')} channels at strides ${producer.strides.join(', ')}`
          : '';
      return {
        site: place.site,
        message: `${takes}${gives}.\n${mismatch.error.source ?? mismatch.error.message}`,
        related: place.related,
        fixes: provenFixes(context),
      };
    });
  },
};

const count = (levels: number): string => `${levels} ${levels === 1 ? 'level' : 'levels'}`;

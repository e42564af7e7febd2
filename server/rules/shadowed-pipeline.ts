/** A pipeline of the base is written anew, and the loaders keep the base's: the commonest way to train on a pipeline that one does not see. */
import { formatPath } from '../config/path.ts';
import { List } from '../python/types/list.ts';
import { Tuple } from '../python/types/tuple.ts';
import type { Fix } from './diagnostic.ts';
import { hooksAnew } from './hooks-anew.ts';
import { lostEdits } from './lost-edit.ts';
import { type LostOverride, lostOverrides, toldUses, usingFix } from './lost-override.ts';
import type { ConfigContext, ConfigRule, Finding } from './rule.ts';

export const shadowedPipeline: ConfigRule = {
  code: 'shadowed-pipeline',
  severity: 'warning',
  summary: 'a pipeline is written anew, and nothing takes it',
  needs: 'config',
  check: context => [
    ...lostOverrides(context)
      .filter(isPipeline)
      .map(
        (lost): Finding => ({
          site: lost.written.key,
          message: `\`${lost.name}\` is written anew, but ${kept(lost)}`,
          related: takenAt(lost),
          fixes: [...usingFix(context, lost.name, lost.uses, lost.written.value.end), ...inHook(context, lost)],
        }),
      ),
    ...lostEdits(context)
      .filter(isPipeline)
      .map(
        (lost): Finding => ({
          site: lost.site,
          message: `\`_base_.${lost.name}\` is edited here, but ${kept(lost)}`,
          related: takenAt(lost),
          fixes: usingFix(context, `_base_.${lost.name}`, lost.uses, lost.below),
        }),
      ),
  ],
};

/** Of one that a hook of the base's switches to. */
function inHook(context: ConfigContext, { name, uses }: LostOverride): readonly Fix[] {
  const [only, ...more] = uses;
  return only?.bare && !more.length ? hooksAnew(context, only.path, name, `Set ${formatPath(only.path)} to ${name}`) : [];
}

type Lost = Pick<LostOverride, 'name' | 'uses'>;
const kept = (lost: Lost): string =>
  `${toldUses(lost)} ${lost.uses.length > 1 ? 'keep' : 'keeps'} the base's pipeline: it has to be set there too.`;
const takenAt = ({ name, uses }: Lost) =>
  uses.slice(0, 5).map(({ site }) => ({ site, message: `the base takes its own \`${name}\` here` }));

export const isPipeline = ({ name, value }: Pick<LostOverride, 'name' | 'value'>): boolean =>
  /pipeline/.test(name) && (value instanceof List || value instanceof Tuple);

/** `prefix` of an `init_cfg` against the names that are in the file: mmengine's own assertion where none begins so (0.10.7, `_load_checkpoint_with_prefix`). */
import { formatPath } from '../../config/path.ts';
import { beginnings, checkpointFit, targeted } from '../../recipe/checkpoint-fit.ts';
import type { Fix } from '../diagnostic.ts';
import { nearest } from '../nearest.ts';
import { recipePlace } from '../recipe-place.ts';
import type { ConfigContext, Finding, ModelContext } from '../rule.ts';
import { settingFix } from '../setting-fix.ts';
import { isLackOfPrefix, localCheckpoints, networkOf } from './local-checkpoints.ts';

/** By the file alone. */
export function wrongPrefixes(context: ConfigContext): readonly Finding[] {
  return localCheckpoints(context).flatMap(({ initial, prefix, header, file, target }): Finding[] => {
    // In the file of a DataParallel each name has a `module.` before it.
    if (!initial || prefix === null || prefix.startsWith('module')) return [];
    const start = prefix.endsWith('.') ? prefix : `${prefix}.`;
    const names = [...header.tensors.keys()];
    const place = names.some(name => name.startsWith(start))
      ? null
      : recipePlace(context, [initial.at('prefix'), initial.at('checkpoint')]);
    if (!place) return [];
    const own = `${target.split('.').at(-1)}.`;
    const begins = new Set(names.map(name => name.slice(0, name.indexOf('.') + 1)).filter(Boolean));
    const meant = begins.has(own) ? own : nearest(start, [...begins]);
    const told = beginnings(names).map(name => `\`${name}\``);
    return [
      {
        ...place,
        severity: 'error',
        message: `No name in \`${file}\` begins with \`${start}\`: they begin with ${told.join(', ')}\nAssertionError: ${start} is not in the pretrained model`,
        fixes: meant === null ? [] : prefixFix(context, initial.at('prefix'), meant),
      },
    ];
  });
}

/** By the names of the part that loads it. */
export function lackingPrefixes(context: ModelContext): readonly Finding[] {
  const network = networkOf(context);
  if (!network.length) return [];
  return localCheckpoints(context).flatMap((checkpoint): Finding[] => {
    const { initial, target, header, file } = checkpoint;
    const own = targeted(network, target);
    const fit = own.length ? checkpointFit(own, header.tensors) : null;
    if (!initial || fit?.kind !== 'nothing' || fit.prefix === null || !isLackOfPrefix(checkpoint, fit)) return [];
    const place = recipePlace(context, [initial.at('checkpoint'), initial.path]);
    if (!place) return [];
    return [
      {
        ...place,
        message: `\`${formatPath(initial.path)}\` has no \`prefix\`, and in \`${file}\` the names of ${target === '' ? 'this model' : `\`${target}\``} stand behind \`${fit.prefix}\`: nothing is loaded`,
        fixes: prefixFix(context, initial.at('prefix'), fit.prefix),
      },
    ];
  });
}

const prefixFix = (context: ConfigContext, path: readonly (string | number)[], prefix: string): readonly Fix[] =>
  settingFix(context, [{ path, text: `'${prefix}'` }], `Set ${formatPath(path)} to '${prefix}'`);

/** The checkpoints that a config names and that lie on this disk, by their headers. */
import type { CheckpointHeader, Expected } from '../../../runtime/index.ts';
import type { ConfigPath } from '../../config/resolved.ts';
import { isWhole } from '../../config/whole.ts';
import type { CheckpointFit } from '../../recipe/checkpoint-fit.ts';
import type { NamedCheckpoint } from '../../recipe/checkpoints.ts';
import { classSource, type ReadClass } from '../../recipe/class-source.ts';
import { methodOf } from '../../recipe/keys/constructed.ts';
import { entryAt } from '../../recipe/part-types.ts';
import { recipeOf } from '../../recipe/recipe.ts';
import { typedParts } from '../../recipe/typed-parts.ts';
import type { ConfigContext, ModelContext } from '../rule.ts';

export interface LocalCheckpoint extends NamedCheckpoint {
  /** Its file's name alone. */
  readonly file: string;
  readonly header: CheckpointHeader;
}

/** Those that are loaded as mmengine loads them. */
export function localCheckpoints(context: ConfigContext): readonly LocalCheckpoint[] {
  if (!isWhole(context.config)) return [];
  return recipeOf(context.config).checkpoints.flatMap((named): LocalCheckpoint[] => {
    const file = fileNamed(context, named.name);
    const header = file === null || isLoadedOtherwise(context, named) ? null : (context.disk?.checkpoint?.(file) ?? null);
    return header ? [{ ...named, header, file: named.name.slice(named.name.lastIndexOf('/') + 1) }] : [];
  });
}

/** The tensors of the model that loads them; empty where it is not known to the end. */
export function networkOf({ verdict: { from, stateDict } }: ModelContext): readonly Expected[] {
  return from === 'source' ? (stateDict ?? []).map(([name, shape, dtype]) => ({ name, shape, dtype })) : [];
}

/** Of a part of the model, that is the rule of prefixes' to tell. */
export const isLackOfPrefix = ({ initial, prefix }: LocalCheckpoint, fit: CheckpointFit): boolean =>
  initial !== null && prefix === null && fit.kind === 'nothing' && fit.prefix !== null;

/** Absolute; null where it is no file of this disk. */
function fileNamed({ disk }: ConfigContext, name: string): string | null {
  // `torchvision://`, `https://`: what is loaded is not at hand.
  if (!disk || /^[\w+.-]+:/.test(name) || name.startsWith('~')) return null;
  const paths = name.startsWith('/') ? [name] : disk.folders.map(folder => `${folder}/${name.replace(/^\.\//, '')}`);
  return paths.find(path => disk.kind(path) === 'file') ?? null;
}

/** By a class that gives names of its own to what is in the file: it opens it itself, or looks through the names before they are loaded. */
function isLoadedOtherwise(context: ConfigContext, { of }: NamedCheckpoint): boolean {
  const opens =
    of !== null &&
    classesOf(context, of.path).some(({ name, body, file }) => {
      const own = name === 'BaseModule' ? null : methodOf(body, 'init_weights');
      return own !== null && /checkpoint|state_dict|pretrained/.test(textOf(context, file, own.span));
    });
  const at = of?.path ?? ['model'];
  return (
    opens ||
    typedParts(context).some(({ path }) => at.every((step, i) => path[i] === step) && renames(context, path, path.length === at.length))
  );
}

/** mmdet's detectors take a head of the one kind for that of the other, and no more (3.3.0). */
const OF_HEADS = new Set(['SingleStageDetector', 'TwoStageDetector']);

/** `isOutermost`: what is loaded into. Inside of it, libraries' classes look for nothing but tables of another size, and names of older versions. */
function renames(context: ConfigContext, path: ConfigPath, isOutermost: boolean): boolean {
  const isOfLibrary = context.registry.libraries.has(entryAt(context, path)?.scope ?? '');
  return classesOf(context, path).some(({ name, body, file }) => {
    if (methodOf(body, '_checkpoint_filter')) return true;
    if (OF_HEADS.has(name) || (isOfLibrary && !isOutermost)) return false;
    const init = methodOf(body, '__init__');
    return (
      methodOf(body, '_load_from_state_dict') !== null ||
      methodOf(body, 'load_state_dict') !== null ||
      (init !== null && PRE_HOOK.test(textOf(context, file, init.span)))
    );
  });
}

/** mmpretrain's classifiers ask their backbone for one, which is looked for there (1.2.0). */
const PRE_HOOK = /load_state_dict_pre_hook\((?!\s*self\.backbone\b)/;

function classesOf(context: ConfigContext, path: ConfigPath): readonly ReadClass[] {
  const entry = entryAt(context, path);
  return (entry && classSource(context, entry)?.classes) ?? [];
}
const textOf = ({ text }: ConfigContext, file: string, { start, end }: { readonly start: number; readonly end: number }): string =>
  text(file)?.slice(start, end) ?? '';

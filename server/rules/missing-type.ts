/** A part that a registry must build says no `type`: no base gives it one, or what gave it was lost (mmengine 0.10.7, `build_from_cfg`: a KeyError). */
import { originAt } from '../config/origins.ts';
import { formatPath } from '../config/path.ts';
import type { ConfigPath } from '../config/resolved.ts';
import { isWhole } from '../config/whole.ts';
import type { ModelError } from '../model/verdict.ts';
import { type Built, typelessParts } from '../recipe/built.ts';
import { classSource } from '../recipe/class-source.ts';
import { entryAt, importsAreKnown } from '../recipe/part-types.ts';
import { type Recipe, recipeOf } from '../recipe/recipe.ts';
import type { Entry } from '../registry/entry.ts';
import { viewerOf } from '../registry/viewer.ts';
import { addType } from './add-type.ts';
import type { Fix } from './diagnostic.ts';
import { distinct } from './distinct.ts';
import { provenFixes } from './fit/proven.ts';
import { refusals } from './fit/refusals.ts';
import { type LostType, lostType } from './lost-type.ts';
import { mayBeCompleted } from './may-be-completed.ts';
import { nearest } from './nearest.ts';
import { recipePlace } from './recipe-place.ts';
import type { ConfigContext, ConfigRule, Finding, ModelContext } from './rule.ts';
import { lacksType, typelessAt } from './typeless.ts';

export const missingType: ConfigRule = {
  code: 'missing-type',
  severity: 'error',
  summary: 'a part that must be built says no `type`',
  needs: 'config',
  check(context) {
    const recipe = recipeOf(context.config);
    // What others complete may have none yet.
    if (!isWhole(context.config) || !recipe.isRun || !recipe.isOfMmengine) return [];
    const found = [
      ...typelessParts(recipe)
        .filter(({ part }) => isBuiltAsItIs(context, part.path))
        .flatMap(built => finding(context, built)),
      ...loopFinding(context, recipe),
      ...optimizerFinding(context, recipe),
    ];
    return found.length && mayBeCompleted(context) ? [] : distinct(found);
  },
  checkModel: ofModel,
};

/** Whether what holds it hands it to a registry as it is: a library's class does, and what is a `BaseDataset`; any other may take dicts of another form. */
function isBuiltAsItIs(context: ConfigContext, path: ConfigPath): boolean {
  const recipe = recipeOf(context.config);
  for (let length = path.length - 1; length > 0; length--) {
    const around = path.slice(0, length);
    const type = recipe.partAt(around)?.type;
    if (type === undefined) continue;
    const holder = entryAt(context, around) ?? entryNamed(context, type);
    // A class that a lazy config imports from where it is handed on.
    if (!holder) return type.includes('.') && context.registry.libraries.has(type.slice(0, type.indexOf('.')));
    return (
      context.registry.libraries.has(holder.scope) ||
      (classSource(context, holder)?.classes.some(({ name }) => name === 'BaseDataset') ?? false)
    );
  }
  return true;
}

/** Where no scope is told, mmengine's counts. */
function entryNamed(context: ConfigContext, type: string): Entry | null {
  const found = importsAreKnown(context) ? context.registry.lookup(type, 'mmengine', null, viewerOf(context.config)) : null;
  return found?.kind === 'found' ? found.entry : null;
}

/** What classes build by themselves: of the model, and of transforms in transforms. */
function ofModel(context: ModelContext): readonly Finding[] {
  if (mayBeCompleted(context) || !recipeOf(context.config).loaders.length) return [];
  return distinct(
    refusals(context).flatMap(({ error, part }): Finding[] => {
      const path = typelessOf(context, error, part?.path);
      const typeless = path && recipeOf(context.config).partAt(path);
      if (!typeless) return [];
      const by = error.source ? `\n${error.source}${error.at ? `  (${error.at})` : ''}` : '';
      const what = part ? 'a part of another' : 'a part of the model';
      const found = finding(context, { part: typeless, what }).map(one => ({ ...one, message: `${one.message}${by}` }));
      if (part) return found;
      const proven = provenFixes(context);
      return found.map(one => {
        const own = one.fixes ?? [],
          others = proven.filter(({ edits }) => !own.some(fix => JSON.stringify(fix.edits) === JSON.stringify(edits)));
        return { ...one, fixes: [...own, ...others] };
      });
    }),
  );
}

const typelessOf = (context: ConfigContext, error: ModelError, below?: ConfigPath): ConfigPath | null =>
  lacksType(error) ? typelessAt(context, error, below) : null;

/** Whether it is told by this rule that a build ended so. */
export const isToldAsTypeless = (context: ModelContext, error: ModelError, below?: ConfigPath): boolean =>
  lacksType(error) &&
  (context.found().some(({ code }) => code === 'missing-type') || (!mayBeCompleted(context) && typelessOf(context, error, below) !== null));

/** What the runner registers by itself, by name: its own is not merged with what a config says (`Runner.register_default_hooks`). */
const DEFAULT_HOOKS: Readonly<Record<string, string>> = {
  runtime_info: 'RuntimeInfoHook',
  timer: 'IterTimerHook',
  sampler_seed: 'DistSamplerSeedHook',
  logger: 'LoggerHook',
  param_scheduler: 'ParamSchedulerHook',
  checkpoint: 'CheckpointHook',
};

/** What is raised where it is no `build_from_cfg`. */
const SAYS: Readonly<Record<string, string>> = {
  'an optimizer': "KeyError: 'type'",
  'a function': 'TypeError: the first argument must be callable',
  'a scheduler': 'AssertionError: Each parameter scheduler should contain the key type',
};
const USUAL = 'KeyError: \'`cfg` or `default_args` must contain the key "type", but got …\'';

function finding(context: ConfigContext, { part, what }: Built): readonly Finding[] {
  const place = recipePlace(context, [part.path]);
  if (!place) return [];
  const name = formatPath(part.path);
  const lost = lostType(context, part.path);
  const says = SAYS[what] ?? USUAL;
  const near = lost ? null : nearSibling(context, part.path);
  const own = part.path.length === 2 && part.path[0] === 'default_hooks' ? DEFAULT_HOOKS[String(part.path[1])] : undefined;
  const usual = lost || own !== undefined ? null : typeByDefault(context, part.path);
  const why = lost
    ? whyLost(lost)
    : near !== null
      ? `no base has \`${name}\`; did you mean \`${near}\`?`
      : own !== undefined
        ? `the runner's own \`${own}\` is not merged with it, and no base has one`
        : usual !== null
          ? `this takes the place of the default, whose type is \`${usual}\``
          : context.config.chain.length > 1
            ? 'no base gives it one'
            : `write which ${what.replace(/^an? /, '')} it is`;
  return [
    {
      ...place,
      related: lost ? [{ site: lost.site, message: `its type was \`${lost.text.replace(/^['"]|['"]$/g, '')}\`` }] : place.related,
      message: `\`${name}\` says no \`type\`, and ${what} is to be built of it: ${why}\n${says}`,
      fixes: near !== null ? renameFix(context, part.path, near) : addType(context, place.path, lost?.text ?? quoted(own ?? usual)),
    },
  ];
}

const quoted = (name: string | null): string | null => (name === null ? null : `'${name}'`);

/** Of what the dict is given to by keyword, the type that the parameter's own default has: of `norm_cfg`, `BN`. */
function typeByDefault(context: ConfigContext, path: ConfigPath): string | null {
  const written = entryAt(context, path.slice(0, -1))?.parameters.find(({ name }) => name === path.at(-1))?.default ?? '';
  return /^(?:dict\(|\{)[^(){}[\]]*?\btype(?:=|['"]: ?)(['"])([\w.]+)\1/.exec(written)?.[2] ?? null;
}

function whyLost({ text, by, site }: LostType): string {
  const type = text.replace(/^['"]|['"]$/g, '');
  switch (by) {
    case 'delete':
      return `\`_delete_=True\` takes the base's \`${type}\` away with all else`;
    case 'list':
      return `a list takes the place of the base's, whose entry here is a \`${type}\`, and is not merged with it`;
    case 'earlier':
      return `this takes the place of what line ${site.line} says, and with it of \`${type}\``;
    case 'assignment':
      return `this takes the place of the base's \`${type}\``;
  }
}

/** A name beside it that is almost the same, and has a type. */
function nearSibling({ config }: ConfigContext, path: Built['part']['path']): string | null {
  const own = path.at(-1);
  const around = recipeOf(config).partAt(path.slice(0, -1));
  if (typeof own !== 'string' || !around || path.length < 2) return null;
  const siblings = [...around.dict.entries.keys()].map(String).filter(key => key !== own && around.part(key)?.type !== undefined);
  return nearest(own, siblings, 2);
}

function renameFix({ config, text }: ConfigContext, path: Built['part']['path'], near: string): readonly Fix[] {
  const key = originAt(config, path)?.key;
  const written = key?.file === config.file ? (text(key.file)?.slice(key.start, key.end) ?? '') : '';
  const own = String(path.at(-1));
  if (!key || !written.includes(own)) return [];
  const { file, start, end } = key;
  return [{ title: `Change ${own} to ${near}`, edits: [{ file, start, end, text: written.replace(own, near) }], preferred: true }];
}

/** Of neither type nor `by_epoch` the runner makes a loop by iterations (`Runner.build_train_loop`). */
function loopFinding(context: ConfigContext, recipe: Recipe): readonly Finding[] {
  const loop = recipe.runs('train') ? recipe.top.part('train_cfg') : undefined;
  if (loop?.presence('type') !== 'absent' || loop.presence('by_epoch') !== 'absent' || loop.presence('max_epochs') === 'absent') return [];
  const place = recipePlace(context, [loop.path]);
  if (!place) return [];
  const lost = lostType(context, loop.path);
  const why = lost ? `: ${whyLost(lost)}` : '';
  return [
    {
      ...place,
      message: `\`train_cfg\` says neither \`type\` nor \`by_epoch\`, so a loop by iterations is built of it, which takes no \`max_epochs\`${why}\nTypeError: IterBasedTrainLoop.__init__() got an unexpected keyword argument 'max_epochs'`,
      fixes: addType(context, loop.path, lost?.text ?? "'EpochBasedTrainLoop'"),
    },
  ];
}

/** Without one, and without a constructor that makes some, each of its entries is taken for an optimizer that is made already (`Runner.build_optim_wrapper`). */
function optimizerFinding(context: ConfigContext, recipe: Recipe): readonly Finding[] {
  const wrapper = recipe.runs('train') ? recipe.optimWrapper : undefined;
  const state = wrapper?.presence('optimizer');
  if (!wrapper || (state !== 'absent' && state !== 'none') || wrapper.dict.entries.has('constructor')) return [];
  const place = recipePlace(context, [wrapper.path]);
  const lost = lostType(context, wrapper.at('optimizer'));
  if (!place) return [];
  return [
    {
      ...place,
      related: lost ? [{ site: lost.site, message: 'the optimizer was written here' }] : place.related,
      message: `\`optim_wrapper\` has no \`optimizer\`${lost ? `: ${whyLost(lost)}` : ''}\nValueError: each item mush be an optimizer object when "type" and "constructor" are not in optimizer`,
    },
  ];
}

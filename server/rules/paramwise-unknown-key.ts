/** Settings by parameter that mmengine's own constructor does not read, that have nothing to multiply, or that match no parameter of this model (mmengine 0.10.7). */
import { originAt } from '../config/origins.ts';
import { formatPath } from '../config/path.ts';
import { isWhole } from '../config/whole.ts';
import { plain } from '../python/origin.ts';
import type { Part } from '../recipe/part.ts';
import { recipeOf } from '../recipe/recipe.ts';
import { viewerOf } from '../registry/viewer.ts';
import type { Fix } from './diagnostic.ts';
import { nearest } from './nearest.ts';
import { recipePlace } from './recipe-place.ts';
import type { ConfigContext, ConfigRule, Finding, ModelContext } from './rule.ts';

const READ = [
  'custom_keys',
  'bias_lr_mult',
  'bias_decay_mult',
  'norm_decay_mult',
  'flat_decay_mult',
  'dwconv_decay_mult',
  'dcn_offset_lr_mult',
  'bypass_duplicate',
];
/** What asks for a weight decay to multiply. */
const OF_DECAY = ['bias_decay_mult', 'norm_decay_mult', 'dwconv_decay_mult'];

export const paramwiseUnknownKey: ConfigRule = {
  code: 'paramwise-unknown-key',
  severity: 'warning',
  summary: 'a setting by parameter that nothing reads or nothing matches',
  needs: 'config',
  check(context) {
    const paramwise = ownConstructors(context);
    return paramwise
      ? [...unread(context, paramwise), ...unreadOfPart(context, paramwise), ...withoutDecay(context, paramwise)]
      : byYolo(context);
  },
  checkModel: context => unmatched(context),
};

/** Null where another constructor reads them. */
function ownConstructors({ config }: ConfigContext): Part | null {
  const wrapper = recipeOf(config).optimWrapper;
  const isOwn = wrapper?.presence('constructor') === 'absent' || wrapper?.text('constructor') === 'DefaultOptimWrapperConstructor';
  return isWhole(config) && isOwn ? (wrapper?.part('paramwise_cfg') ?? null) : null;
}

function unread(context: ConfigContext, paramwise: Part): readonly Finding[] {
  return keysOf(paramwise)
    .filter(key => !READ.includes(key))
    .flatMap((key): Finding[] => {
      const site = originAt(context.config, paramwise.at(key))?.key;
      if (site?.file !== context.config.file) return [];
      const meant = nearest(key, [...READ, '_delete_'], 4);
      return [
        {
          site,
          message: `Nothing reads \`${key}\` of \`paramwise_cfg\`${meant ? `; did you mean \`${meant}\`?` : ': settings of parts of the model go into `custom_keys`'}`,
          fixes: meant ? renamed(context, site, key, meant) : [],
        },
      ];
    });
}

/** What a part is said to have its own of: near what is read there, and not it. Other keys become settings of the optimizer's group. */
function unreadOfPart(context: ConfigContext, paramwise: Part): readonly Finding[] {
  const custom = paramwise.part('custom_keys');
  const parts = custom ? keysOf(custom).flatMap(key => custom.part(key) ?? []) : [];
  return parts.flatMap(part =>
    keysOf(part).flatMap((key): Finding[] => {
      const meant = OF_PART.includes(key) ? null : nearest(key, OF_PART);
      const site = meant === null ? undefined : originAt(context.config, part.at(key))?.key;
      if (meant === null || site?.file !== context.config.file) return [];
      return [{ site, message: `Nothing reads \`${key}\` here; did you mean \`${meant}\`?`, fixes: renamed(context, site, key, meant) }];
    }),
  );
}
const OF_PART = ['lr_mult', 'decay_mult'];

/** mmyolo's constructors of YOLOv5 and v7 read one key, and must be given it (mmyolo 0.6.0). */
function byYolo(context: ConfigContext): readonly Finding[] {
  const wrapper = isWhole(context.config) ? recipeOf(context.config).optimWrapper : undefined;
  const paramwise = wrapper?.part('paramwise_cfg');
  const name = /^(?:mmyolo\.)?(YOLOv5OptimizerConstructor|YOLOv7OptimWrapperConstructor)$/.exec(wrapper?.text('constructor') ?? '')?.[1];
  if (!wrapper || !paramwise || !name) return [];
  const found = context.registry.lookup(name, 'mmyolo', 'optimizer wrapper constructor', viewerOf(context.config));
  if (found.kind !== 'found' || !found.entry.target.startsWith('mmyolo.')) return [];
  const isGiven = paramwise.presence(OF_YOLO) !== 'absent';
  const others = keysOf(paramwise).filter(key => key !== OF_YOLO);
  const place = isGiven && !others.length ? null : recipePlace(context, [...others.map(key => paramwise.at(key)), paramwise.path]);
  if (!place) return [];
  const list = others.map(key => `\`${key}\``).join(', ');
  return [
    {
      ...place,
      related: [],
      ...(!isGiven && { severity: 'error' as const }),
      message: isGiven
        ? `\`${name}\` reads \`${OF_YOLO}\` alone: ${list} does nothing`
        : `\`${name}\` needs \`${OF_YOLO}\` in \`paramwise_cfg\`${list ? `, and reads nothing else: ${list} does nothing` : ''}\nAssertionError`,
    },
  ];
}
const OF_YOLO = 'base_total_batch_size';

/** A multiple of a weight decay that the optimizer is not given. */
function withoutDecay(context: ConfigContext, paramwise: Part): readonly Finding[] {
  const optimizer = recipeOf(context.config).optimWrapper?.part('optimizer');
  const state = optimizer?.presence('weight_decay');
  if (!optimizer || (state !== 'absent' && state !== 'none')) return [];
  const custom = paramwise.part('custom_keys');
  const asking = [
    ...OF_DECAY.filter(key => paramwise.dict.entries.has(key)).map(key => paramwise.at(key)),
    ...(custom
      ? keysOf(custom).flatMap(key => (custom.part(key)?.dict.entries.has('decay_mult') ? [[...custom.at(key), 'decay_mult']] : []))
      : []),
  ];
  const [first] = asking;
  const place = first && recipePlace(context, [optimizer.at('weight_decay'), ...asking, optimizer.at('type')]);
  if (!first || !place) return [];
  return [
    {
      ...place,
      severity: 'error',
      message: `\`${formatPath(first)}\` multiplies a weight decay, and the optimizer has none: it needs \`weight_decay\`\nValueError: base_wd should not be None`,
    },
  ];
}

/** A text that stands in no name of the model's parameters and buffers. */
function unmatched(context: ModelContext): readonly Finding[] {
  const custom = ownConstructors(context)?.part('custom_keys');
  const { ok, from, stateDict } = context.verdict;
  if (!custom || !ok || from !== 'source' || !stateDict?.length) return [];
  const names = stateDict.map(([name]) => name);
  return keysOf(custom)
    .filter(key => !names.some(name => name.includes(key)))
    .flatMap((key): Finding[] => {
      const site = originAt(context.config, custom.at(key))?.key;
      // Of a short text, one letter makes another word.
      const near = key.length < SHORTEST ? null : nearest(key, piecesOf(names, key.split('.').length));
      // Of a number, every other one is as near.
      const meant = near !== null && unnumbered(near) === unnumbered(key) ? null : near;
      if (site?.file !== context.config.file || (near === null && IN_MANY.test(key))) return [];
      return [
        {
          site,
          message: `No parameter of this model has \`${key}\` in its name: the setting does nothing${meant === null ? '' : `; did you mean \`${meant}\`?`}`,
          ...(near === null && { severity: 'hint' }),
          fixes: meant === null ? [] : renamed(context, site, key, meant),
        },
      ];
    });
}
const SHORTEST = 5;
const unnumbered = (key: string): string => key.replace(/\d+/g, '#');
/** Lists of these are copied from model to model, whether it has them or not. */
const IN_MANY = /pos_embed|position|token|norm|bias|query|level_embed|ln_|gamma|scale/;

/** Pieces of names, of so many steps. */
function piecesOf(names: readonly string[], steps: number): readonly string[] {
  const found = new Set<string>();
  for (const name of names) {
    const all = name.split('.');
    for (let i = 0; i + steps <= all.length; i++) found.add(all.slice(i, i + steps).join('.'));
  }
  return [...found];
}

function renamed({ text }: ConfigContext, { file, start, end }: Finding['site'], from: string, to: string): readonly Fix[] {
  const written = text(file)?.slice(start, end) ?? '';
  if (!written.includes(from)) return [];
  return [{ title: `Change ${from} to ${to}`, edits: [{ file, start, end, text: written.replace(from, to) }], preferred: true }];
}

const keysOf = (part: Part): readonly string[] =>
  [...part.dict.entries.values()].flatMap(({ key }) => {
    const name = plain(key);
    return typeof name === 'string' && name !== '_delete_' && name !== '_scope_' ? [name] : [];
  });

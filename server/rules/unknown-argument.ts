/** An argument that a type's constructor does not take: written here, or left over from a base whose part was of another type. */
import { textFrom } from '../config/from-value.ts';
import { originAt } from '../config/origins.ts';
import type { Origin } from '../config/resolved.ts';
import { plain } from '../python/origin.ts';
import { takenOfOptimizer } from '../recipe/optimizer-constructors.ts';
import { type BuiltPart, builtParts, isGivenAround } from '../recipe/part-types.ts';
import { recipeOf } from '../recipe/recipe.ts';
import { isUsed, type TypedPart } from '../recipe/typed-parts.ts';
import type { Entry } from '../registry/entry.ts';
import { difference } from '../registry/near.ts';
import { keysOfBuilder } from '../registry/place.ts';
import { viewerOf } from '../registry/viewer.ts';
import { unknownClipping } from './clip-grad.ts';
import { unreadPrefixes } from './data-prefix.ts';
import type { Edit, Fix } from './diagnostic.ts';
import { distinct } from './distinct.ts';
import { ofDraft } from './of-draft.ts';
import { removalOf } from './removal.ts';
import type { ConfigContext, ConfigRule, Finding } from './rule.ts';
import { unknownToRunner } from './runner-arguments.ts';
import { scopedFunctions } from './scoped-function.ts';
import { baseType, takingNothingOver, takingWhatFits } from './taking-nothing-over.ts';

/** Built by functions that look into the dict themselves. */
const NOT_CHECKED = new Set(['upsample']);

export const unknownArgument: ConfigRule = {
  code: 'unknown-argument',
  severity: 'error',
  summary: 'an argument that the type does not take',
  needs: 'config',
  check: context =>
    distinct([
      ...builtParts(context).flatMap(built => checkPart(context, built)),
      ...scopedFunctions(context),
      ...unknownClipping(context),
      ...unknownToRunner(context),
      ...unreadPrefixes(context),
    ]),
};

function checkPart(context: ConfigContext, { part, entry }: BuiltPart): readonly Finding[] {
  const named = namesTaken(entry);
  if (takesAll(part, named) || NOT_CHECKED.has(part.place.role ?? part.place.registry)) return NONE;
  const taken = takenBy(context, part);
  const late = taken && entry.open ? lateOf(context, part, entry) : null;
  if (!taken || (entry.open && !late)) return NONE;
  const more = [...(late?.parameters.map(({ name }) => name) ?? []), ...keysOfBuilder(part.place), ...(taken ?? [])];
  const strange = [...part.dict.entries.values()].flatMap(({ key }) => {
    const name = plain(key);
    const origin =
      typeof name === 'string' && !named.has(name) && !more.includes(name) && !isGivenAround(context, part, name)
        ? originAt(context.config, [...part.path, name])
        : undefined;
    return typeof name === 'string' && origin ? [{ name, origin }] : [];
  });
  const { file } = context.config;
  const own = strange.filter(({ origin }) => origin.key.file === file);
  const inherited = strange.filter(({ origin }) => origin.key.file !== file);
  const all = own.length > 1 ? withoutAll(context, part, own) : [];
  return [
    ...own
      .map(argument => ownFinding(context, part, entry, late, argument))
      .map(one => ({ ...one, fixes: [...(one.fixes ?? []), ...all] })),
    ...inheritedFinding(context, part, entry, inherited, [...named, ...more]),
  ];
}

const NONE: readonly Finding[] = [];

/** Mostly a constructor takes what is written. */
function takesAll({ dict }: TypedPart, named: ReadonlySet<string>): boolean {
  for (const key of dict.entries.keys()) if (typeof key !== 'string' || !named.has(key)) return false;
  return true;
}

const names = new WeakMap<Entry, ReadonlySet<string>>();

/** Its parameters, and what every builder takes out. */
function namesTaken(entry: Entry): ReadonlySet<string> {
  let known = names.get(entry);
  if (!known) names.set(entry, (known = new Set([...entry.parameters.map(({ name }) => name), 'type', '_scope_', '_delete_'])));
  return known;
}

/** What takes the keywords that a constructor keeps for later. */
interface Late {
  readonly parameters: Entry['parameters'];
  readonly called: string;
}

/** Null where it is not sure: another type may be built, another runner may be called. */
function lateOf(context: ConfigContext, part: TypedPart, entry: Entry): Late | null {
  const handed = context.registry.handedOn?.(entry) ?? null;
  if (!handed) return null;
  if (handed.kind === 'call')
    return context.config.value.get('runner_type') === undefined ? { parameters: handed.parameters, called: `${handed.called}()` } : null;
  const { parameter } = handed;
  const fallback = /^(['"])([\w.]+)\1$/.exec(entry.parameters.find(({ name }) => name === parameter)?.default ?? '')?.[2];
  const written = part.dict.get(parameter);
  const type = written === undefined ? fallback : textFrom(written);
  if (type === undefined) return null;
  const found = context.registry.lookup(type, part.scope, handed.registry, viewerOf(context.config));
  if (found.kind !== 'found' || found.entry.open || found.others.length > 0 || found.sight === 'neighbour') return null;
  return { parameters: found.entry.parameters, called: nameOf(found.entry) };
}

/** What is taken out of an optimizer's arguments by the constructor of the user's choice; null where it may be anything. */
function takenBy({ config }: ConfigContext, { path, place }: TypedPart): readonly string[] | null {
  const wrapper = (place.role ?? place.registry) === 'optimizer' ? recipeOf(config).partAt(path.slice(0, -1)) : undefined;
  return wrapper ? takenOfOptimizer(wrapper) : [];
}

interface Strange {
  readonly name: string;
  readonly origin: Origin;
}

function ownFinding(context: ConfigContext, part: TypedPart, entry: Entry, late: Late | null, { name, origin }: Strange): Finding {
  const near = nearArguments(context, part, [...entry.parameters, ...(late?.parameters ?? [])], name);
  const { key, value } = origin;
  const text = context.text(key.file) ?? '';
  const written = text.slice(key.start, key.end);
  const renames = near.slice(0, 2).flatMap((parameter, i): Fix[] => {
    const replaced = written.replace(name, parameter);
    return written === name || written.slice(1, -1) === name
      ? [
          {
            title: `Change ${name} to ${parameter}`,
            edits: [{ file: key.file, start: key.start, end: key.end, text: replaced }],
            preferred: i === 0,
          },
        ]
      : [];
  });
  const removal = removalOf(text, key.file, key.start, value.end);
  return {
    site: key,
    ...ofDraft(context, part),
    message: `\`${part.type}\` takes no \`${name}\`${near[0] ? `; did you mean \`${near[0]}\`?` : ''}\n${late ? `It is handed on. ` : ''}TypeError: ${late?.called ?? nameOf(entry)} got an unexpected keyword argument '${name}'`,
    fixes: [...renames, ...(removal ? [{ title: `Remove ${name}`, edits: [removal], preferred: renames.length === 0 }] : [])],
  };
}

/** What was written for another type is taken out at once. */
function withoutAll(context: ConfigContext, { type }: TypedPart, all: readonly Strange[]): readonly Fix[] {
  const edits = all.map(({ origin: { key, value } }) => removalOf(context.text(key.file) ?? '', key.file, key.start, value.end));
  const known = edits.filter(edit => edit !== null);
  if (known.length !== all.length) return [];
  return [{ title: `Remove all ${all.length} that ${type} does not take`, edits: inOne(known), preferred: false }];
}

/** Removals that meet are one. */
function inOne(removals: readonly Edit[]): readonly Edit[] {
  const joined: Edit[] = [];
  for (const edit of removals.toSorted((a, b) => a.start - b.start)) {
    const before = joined.at(-1);
    if (before && edit.start <= before.end) joined[joined.length - 1] = { ...before, end: Math.max(before.end, edit.end) };
    else joined.push(edit);
  }
  return joined;
}

/** Of those that the constructor or the builder takes and this file does not give: what a base gives may be meant to be changed. */
function nearArguments({ config }: ConfigContext, part: TypedPart, parameters: Entry['parameters'], name: string): readonly string[] {
  const limit = Math.max(1, Math.floor(name.length / 3));
  return [...parameters.map(parameter => parameter.name), ...keysOfBuilder(part.place)]
    .filter(parameter => originAt(config, [...part.path, parameter])?.key.file !== config.file || !part.dict.entries.has(parameter))
    .flatMap(parameter => {
      const cost = difference(name, parameter, limit);
      return cost === null ? [] : [{ parameter, cost }];
    })
    .sort((a, b) => a.cost - b.cost)
    .map(({ parameter }) => parameter);
}

/** What a base gave to another type: one finding, at the type that was put in its place. */
function inheritedFinding(
  context: ConfigContext,
  part: TypedPart,
  entry: Entry,
  inherited: readonly Strange[],
  taken: readonly string[],
): readonly Finding[] {
  const site = part.site;
  const [first] = inherited;
  // A variable that is left beside the part is merged with the base's of that name, and nobody builds it: `optimizer`.
  if (!first || site.file !== context.config.file || !isUsed(part)) return [];
  const before = baseType(context, part);
  const names = inherited.map(({ name }) => `\`${name}\``).join(', ');
  const from = before ? `, which the base gave to \`${before}\`` : ' from the base';
  const fixes = [takingNothingOver(context, part), takingWhatFits(context, part, taken)].filter(fix => fix !== null);
  return [
    {
      site,
      message: `\`${part.type}\` takes no ${names}${from}; \`_delete_=True\` leaves out what the base has\nTypeError: ${nameOf(entry)} got an unexpected keyword argument '${first.name}'`,
      related: inherited.slice(0, 5).map(({ name, origin }) => ({ site: origin.key, message: `\`${name}\` is written here` })),
      fixes,
    },
  ];
}

const nameOf = (entry: Entry): string =>
  entry.kind === 'class' ? `${entry.target.split('.').at(-1)}.__init__()` : `${entry.target.split('.').at(-1)}()`;

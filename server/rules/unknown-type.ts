/** A type that no registry has that would be searched for it. Silent where one of them is not known to the end. */
import { textFrom } from '../config/from-value.ts';
import { originAt, valueAt } from '../config/origins.ts';
import { basesAreWhole } from '../config/whole.ts';
import { plain } from '../python/origin.ts';
import { importsAreKnown, lookupPart } from '../recipe/part-types.ts';
import { recipeOf } from '../recipe/recipe.ts';
import { type TypedPart, typedParts } from '../recipe/typed-parts.ts';
import { LIBRARIES } from '../registry/openmmlab-libraries.ts';
import { viewerOf } from '../registry/viewer.ts';
import { assignment } from '../syntax/assigned.ts';
import type { Fix } from './diagnostic.ts';
import { distinct } from './distinct.ts';
import { mayBeCompleted } from './may-be-completed.ts';
import { namedTypes } from './named-types.ts';
import { ofDraft } from './of-draft.ts';
import { removalOf } from './removal.ts';
import type { ConfigContext, ConfigRule, Finding, ModelContext } from './rule.ts';

const MOST_FIXES = 3;

export const unknownType: ConfigRule = {
  code: 'unknown-type',
  severity: 'error',
  summary: 'a type that is in no registry',
  needs: 'config',
  check(context) {
    // A base that could not be read may import what registers it.
    if (!basesAreWhole(context.config) || !importsAreKnown(context) || registersMore(context)) return [];
    const parts = [...typedParts(context).filter(part => !isSetting(part)), ...namedTypes(context)];
    return distinct([...missingAmong(context, parts), ...withoutScope(context)]);
  },
  checkModel: context => unknownSettings(context),
};

/** A library that is run in and is not at hand may register its types in others' registries too, as mmaction does in mmdet's. */
function registersMore({ config, registry }: ConfigContext): boolean {
  const scope = textFrom(valueAt(config, ['default_scope']));
  return scope !== undefined && LIBRARIES.has(scope) && !registry.hasScope(scope);
}

/** In a head's settings for training and testing, which not every head reads: told where the run ends at it; and where there was none, of what heads are known to build. */
export function unknownSettings(context: ModelContext): readonly Finding[] {
  const { config, verdict } = context;
  if (verdict.ok === true || !basesAreWhole(config) || !importsAreKnown(context)) return [];
  const endsAt = ({ type }: TypedPart): boolean =>
    verdict.error?.type === 'KeyError' && verdict.error.message.includes(`${type} is not in`);
  const settings = typedParts(context).filter(part => isSetting(part) && (verdict.from === 'table' || endsAt(part)));
  return distinct(missingAmong(context, settings));
}
const isSetting = ({ path }: TypedPart): boolean => path[0] === 'model' && path.some(step => step === 'train_cfg' || step === 'test_cfg');

function missingAmong(context: ConfigContext, parts: readonly TypedPart[]): readonly Finding[] {
  return parts.flatMap((part): Finding[] => {
    const { site } = part;
    if (site.file !== context.config.file) return [];
    const answer = lookupPart(context, part);
    if (answer.kind !== 'missing') return [];
    // What stands there may be computed: only a plain text is replaced.
    const written = context.text(site.file)?.slice(site.start, site.end) ?? '';
    return [
      {
        site,
        ...ofDraft(context, part),
        message: tell(part, answer.near, answer.message),
        fixes: answer.near.length ? fixesFor(site.file, site.start, site.end, written, part, answer.near) : withoutIt(context, part),
      },
    ];
  });
}

/** A runner looks in mmengine's own registries where no default scope is told (mmdeploy#2837). Only of a config that is whole: others are completed, and tools set one. */
function withoutScope(context: ConfigContext): readonly Finding[] {
  const { config, registry } = context;
  const { file, value } = config;
  const type = textFrom(valueAt(config, ['model', 'type']));
  const site = originAt(config, ['model', 'type'])?.value;
  if (value.get('default_scope') !== undefined || !recipeOf(config).runs('train') || type === undefined || site?.file !== file) return [];
  if (valueAt(config, ['model', '_scope_']) !== undefined || mayBeCompleted(context)) return [];
  const answer = registry.lookup(type, 'mmengine', 'model', viewerOf(context.config));
  if (answer.kind !== 'missing') return [];
  const libraries = answer.near.flatMap(name => (name.endsWith(`.${type}`) ? [name.slice(0, -type.length - 1)] : []));
  const [library] = libraries;
  if (library === undefined) return [];
  const body = context.body(file);
  const base = body && assignment(body, '_base_');
  const start = base?.span.end ?? body?.[0]?.span.start;
  return [
    {
      site,
      message: `The config sets no \`default_scope\`, so a run looks for \`${type}\` in mmengine alone; ${libraries.slice(0, MOST_FIXES).join(', ')} ${libraries.length > 1 ? 'have' : 'has'} it\n${answer.message}`,
      fixes:
        start === undefined || config.style !== 'text'
          ? []
          : libraries.slice(0, MOST_FIXES).map((name, i) => ({
              title: `Set default_scope to ${name}`,
              edits: [{ file, start, end: start, text: base ? `\ndefault_scope = '${name}'` : `default_scope = '${name}'\n` }],
              preferred: i === 0,
            })),
    },
  ];
}

/** Of a layer's dict (`act_cfg`) that this file writes over a base's, or where a default would do, and of which it says the type alone: what stands without it. */
function withoutIt({ config, text: textOf }: ConfigContext, { path, dict }: TypedPart): readonly Fix[] {
  const name = path.at(-1),
    origin = originAt(config, path),
    text = textOf(config.file);
  if (path[0] !== 'model' || typeof name !== 'string' || !name.endsWith('_cfg') || !origin || text === null) return [];
  const { key, value, overrides } = origin;
  const isKeyword = key.file === config.file && value.file === config.file && /^\s*[=:]\s*$/.test(text.slice(key.end, value.start));
  const others = [...dict.entries.values()].filter(entry => entry.written?.key.file === config.file && plain(entry.key) !== 'type');
  const removal = isKeyword && !others.length ? removalOf(text, config.file, key.start, value.end) : null;
  if (!removal) return [];
  const stays = overrides && overrides.value.file !== config.file ? "keep the base's" : 'take the default';
  return [{ title: `Remove ${name}, and ${stays}`, edits: [removal], preferred: true, mustRun: 'farther' }];
}

function tell({ type, scope, place }: TypedPart, near: readonly string[], message: string): string {
  const meant =
    near.length > 0
      ? `; did you mean ${near
          .slice(0, MOST_FIXES)
          .map(name => `\`${name}\``)
          .join(', ')}?`
      : '';
  const what = place.role && place.role !== place.registry ? place.role.replaceAll('_', ' ') : place.registry;
  return `There is no ${what} \`${type}\` under ${scope}${meant}\n${message}`;
}

function fixesFor(file: string, start: number, end: number, written: string, { type }: TypedPart, near: readonly string[]): readonly Fix[] {
  const quote = written[0] ?? '';
  if (written !== `${quote}${type}${quote}`) return [];
  return near.slice(0, MOST_FIXES).map((name, i) => ({
    title: `Change ${type} to ${name}`,
    edits: [{ file, start, end, text: `${quote}${name}${quote}` }],
    preferred: i === 0,
  }));
}

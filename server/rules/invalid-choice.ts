/** A value that is none of those that a constructor knows: a depth, an arch, a style. By its source where that proves it, and by its own refusal where it was built. */
import { originAt } from '../config/origins.ts';
import type { Origin } from '../config/resolved.ts';
import { plain } from '../python/origin.ts';
import { Float } from '../python/types/float.ts';
import type { Site, Value } from '../python/value.ts';
import { type BuiltPart, builtParts } from '../recipe/part-types.ts';
import type { TypedPart } from '../recipe/typed-parts.ts';
import type { Choices, Entry, Parameter } from '../registry/entry.ts';
import { difference } from '../registry/near.ts';
import { literalText } from '../registry/scan/literal-table.ts';
import type { Fix } from './diagnostic.ts';
import { distinct } from './distinct.ts';
import { override } from './fit/override.ts';
import { provenFixes } from './fit/proven.ts';
import { refusalFinding, refusals } from './fit/refusals.ts';
import { refusedValues } from './refused-values.ts';
import type { ConfigContext, ConfigRule, Finding } from './rule.ts';
import { takingNothingOver } from './taking-nothing-over.ts';

/** Of a model's part, so many are tried by runs, the nearest first. */
const MOST_TRIED = 8;
const MOST_FIXES = 3;
/** More are not listed in full. */
const MOST_TOLD = 12;

export const invalidChoice: ConfigRule = {
  code: 'invalid-choice',
  severity: 'error',
  summary: 'a value that is none of those that the type knows',
  needs: 'config',
  check: context =>
    distinct([...builtParts(context).flatMap(built => checkPart(context, built)), ...refusedValues(context, 'invalid-choice')]),
  checkModel: context =>
    distinct(
      refusals(context)
        .filter(({ kind }) => kind === 'choice')
        .map(refusal => ({
          ...refusalFinding(context, refusal, (name, value) => `${name} cannot be ${value}`),
          fixes: refusal.mismatch ? provenFixes(context) : [],
        })),
    ),
};

function checkPart(context: ConfigContext, { part, entry }: BuiltPart): readonly Finding[] {
  const { file } = context.config;
  return choosingOf(entry).flatMap((parameter): Finding[] => {
    const { name, choices } = parameter;
    const given = part.dict.get(name);
    const value = given === undefined ? undefined : literalOf(given);
    if (!choices || value === undefined || isAmong(value, choices)) return [];
    const origin = originAt(context.config, [...part.path, name]);
    // A value of the base's, and a type that was put in its place here.
    const site = origin?.value.file === file ? origin.value : part.origin.value.file === file ? part.origin.value : null;
    if (!site || !origin) return [];
    return [
      {
        site,
        message: `\`${part.type}\` has no \`${name}\` ${literalText(value)}; it knows ${listed(choices)}`,
        related: site === origin.value ? [] : [{ site: origin.value, message: `\`${name}\` is written here` }],
        fixes: site === origin.value ? fixesFor(context, part, origin, value, parameter) : overriding(context, part, value, parameter),
      },
    ];
  });
}

const choosing = new WeakMap<Entry, readonly Parameter[]>();

/** Parameters that know their values: few have any. */
function choosingOf(entry: Entry): readonly Parameter[] {
  let known = choosing.get(entry);
  if (!known) choosing.set(entry, (known = entry.parameters.filter(({ choices }) => choices)));
  return known;
}

/** Undefined for what is neither a text nor a number: the constructor itself is asked about that. */
function literalOf(given: Value): string | number | undefined {
  const value = plain(given);
  return typeof value === 'string' || typeof value === 'number' ? value : value instanceof Float ? value.value : undefined;
}

function isAmong(value: string | number, { values, of, caseless }: Choices): boolean {
  if (of === 'str' && typeof value !== 'string') return true;
  const same = (text: string): string => (caseless ? text.toLowerCase() : text);
  return values.some(
    choice => choice === value || (typeof choice === 'string' && typeof value === 'string' && same(choice) === same(value)),
  );
}

function listed({ values }: Choices): string {
  const told = values.slice(0, MOST_TOLD).map(literalText);
  return `${told.join(', ')}${values.length > MOST_TOLD ? ` and ${values.length - MOST_TOLD} more` : ''}`;
}

/** What a base says was meant for another type: it is said anew, or nothing of the base's is taken over. */
function overriding(context: ConfigContext, part: TypedPart, value: string | number, parameter: Parameter): readonly Fix[] {
  const { file } = context.config,
    text = context.text(file),
    body = context.body(file);
  if (text === null || !body) return [];
  const said = likely(part, value, parameter).flatMap(({ choice, mustRun }, i): Fix[] => {
    const edits = override(file, text, body, [{ path: [...part.path, parameter.name], text: literalText(choice) }]);
    const rest = { preferred: i === 0, ...(mustRun && { mustRun: 'right' as const }) };
    return edits ? [{ title: `Set ${parameter.name} to ${literalText(choice)}`, edits, ...rest }] : [];
  });
  const deleting = takingNothingOver(context, part);
  return [...said, ...(deleting ? [{ ...deleting, preferred: said.length === 0 }] : [])];
}

interface Likely {
  readonly choice: string | number;
  readonly mustRun: boolean;
}
/** The nearest; of a model's part the others as well, where it runs with them: first what was said before. `before`: in a base; undefined: nothing is written here that is near. */
function likely({ path }: TypedPart, value: string | number, { choices }: Parameter, before?: string): readonly Likely[] {
  const all = choices?.values ?? [],
    near = nearest(value, all);
  const others = all
    .filter(choice => choice !== null)
    .filter(choice => !near.includes(choice))
    .toSorted((a, b) => Number(literalText(b) === before) - Number(literalText(a) === before));
  const isTried = path[0] === 'model' && all.length <= MOST_TRIED,
    tried = isTried || (before === undefined && !near.length && all.length <= MOST_FIXES) ? others : [];
  return [
    ...near.flatMap(choice => (choice === null ? [] : [{ choice, mustRun: false }])),
    ...tried.map(choice => ({ choice, mustRun: isTried })),
  ];
}

/** The nearest: of numbers by distance, of texts by spelling. */
function nearest(value: string | number, choices: Choices['values']): Choices['values'] {
  return choices
    .flatMap((choice): { readonly choice: string | number; readonly cost: number }[] => {
      if (typeof choice === 'number' && typeof value === 'number') return [{ choice, cost: Math.abs(choice - value) }];
      if (typeof choice !== 'string' || typeof value !== 'string') return [];
      const cost = difference(value, choice, Math.max(1, Math.floor(value.length / 3)));
      return cost === null ? [] : [{ choice, cost }];
    })
    .toSorted((a, b) => a.cost - b.cost)
    .slice(0, MOST_FIXES)
    .map(({ choice }) => choice);
}

function fixesFor(
  context: ConfigContext,
  part: TypedPart,
  { value: used, literals, overrides }: Origin,
  value: string | number,
  parameter: Parameter,
): readonly Fix[] {
  const { name } = parameter,
    { file } = used;
  const isIt = ({ start, end }: Site): boolean =>
    /^(['"]?)(.*)\1$/.exec(context.text(file)?.slice(start, end) ?? '')?.[2] === String(value);
  // Where a variable is bound.
  const { start, end } = [used, ...literals].find(site => site.file === file && isIt(site)) ?? used,
    written = context.text(file)?.slice(start, end) ?? '',
    before = overrides && context.text(overrides.value.file)?.slice(overrides.value.start, overrides.value.end);
  const quote = /^['"]/.exec(written)?.[0] ?? '';
  if (written !== `${quote}${value}${quote}`) return [];
  return likely(part, value, parameter, before?.replaceAll('"', "'") ?? '').map(({ choice, mustRun }, i) => ({
    title: `Change ${name} to ${choice}`,
    edits: [{ file, start, end, text: `${quote}${choice}${quote}` }],
    preferred: i === 0,
    ...(mustRun && { mustRun: 'right' as const }),
  }));
}

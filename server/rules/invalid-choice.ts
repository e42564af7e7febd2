/** A value that is none of those that a constructor knows: a depth, an arch, a style. By its source where that proves it, and by its own refusal where it was built. */
import { originAt } from '../config/origins.ts';
import { plain } from '../python/origin.ts';
import { Float } from '../python/types/float.ts';
import type { Value } from '../python/value.ts';
import type { Choices, Entry, Parameter } from '../registry/entry.ts';
import { difference } from '../registry/near.ts';
import { literalText } from '../registry/scan/literal-table.ts';
import type { Fix } from './diagnostic.ts';
import { override } from './fit/override.ts';
import { provenFixes } from './fit/proven.ts';
import { refusalFinding, refusals } from './fit/refusals.ts';
import { refusedValues } from './refused-values.ts';
import type { ConfigContext, ConfigRule, Finding } from './rule.ts';
import { takingNothingOver } from './taking-nothing-over.ts';
import { constructorOf, distinct, type TypedPart, typedParts } from './typed-parts.ts';

const MOST_FIXES = 3;
/** More are not listed in full. */
const MOST_TOLD = 12;

export const invalidChoice: ConfigRule = {
  code: 'invalid-choice',
  severity: 'error',
  summary: 'a value that is none of those that the type knows',
  needs: 'config',
  check: context =>
    distinct([...typedParts(context).flatMap(part => checkPart(context, part)), ...refusedValues(context, 'invalid-choice')]),
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

function checkPart(context: ConfigContext, part: TypedPart): readonly Finding[] {
  const { file } = context.config;
  const entry = constructorOf(context, part);
  return (entry ? choosingOf(entry) : []).flatMap((parameter): Finding[] => {
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
        fixes: site === origin.value ? fixesFor(context, origin.value, value, parameter) : overriding(context, part, value, parameter),
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
  const all = parameter.choices?.values ?? [],
    near = nearest(value, all);
  const said = (near.length ? near : all.length <= MOST_FIXES ? all : []).flatMap((choice, i): Fix[] => {
    const edits = override(file, text, body, [{ path: [...part.path, parameter.name], text: literalText(choice) }]);
    return edits ? [{ title: `Set ${parameter.name} to ${literalText(choice)}`, edits, preferred: i === 0 }] : [];
  });
  const deleting = takingNothingOver(context, part);
  return [...said, ...(deleting ? [{ ...deleting, preferred: said.length === 0 }] : [])];
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
  { file, start, end }: { file: string; start: number; end: number },
  value: string | number,
  { name, choices }: Parameter,
): readonly Fix[] {
  const written = context.text(file)?.slice(start, end) ?? '';
  const quote = /^['"]/.exec(written)?.[0] ?? '';
  if (written !== `${quote}${value}${quote}`) return [];
  return nearest(value, choices?.values ?? []).map((choice, i) => ({
    title: `Change ${name} to ${choice}`,
    edits: [{ file, start, end, text: `${quote}${choice}${quote}` }],
    preferred: i === 0,
  }));
}

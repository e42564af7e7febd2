/** A value of a kind that the constructor does not take: by its own check where it was built, else by an annotation that leaves no doubt. */
import { originAt } from '../config/origins.ts';
import { refusedBy } from './fit/annotation.ts';
import { refusalFinding, refusals } from './fit/refusals.ts';
import type { ConfigContext, ConfigRule, Finding } from './rule.ts';
import { constructorOf, distinct, type TypedPart, typedParts } from './typed-parts.ts';

export const argumentType: ConfigRule = {
  code: 'argument-type',
  severity: 'error',
  summary: 'a value of a kind that the type does not take',
  needs: 'config',
  check: context => distinct(typedParts(context).flatMap(part => checkPart(context, part))),
  checkModel: context =>
    distinct(
      refusals(context)
        .filter(({ kind }) => kind === 'type')
        .map(refusal => refusalFinding(context, refusal, (name, value) => `${name} cannot be ${value}`)),
    ),
};

const GIVEN = { text: 'a text', number: 'a number', sequence: 'a list', dict: 'a dict' } as const;

/** A constructor that only keeps what it is given fails later, or never: a warning. */
function checkPart(context: ConfigContext, part: TypedPart): readonly Finding[] {
  return (constructorOf(context, part)?.parameters ?? []).flatMap(({ name, annotation, choices, default: fallback }): Finding[] => {
    const value = part.dict.get(name);
    if (value === undefined || annotation === null || choices) return [];
    const refused = refusedBy(annotation, value);
    const origin = refused && originAt(context.config, [...part.path, name]);
    // A dict for each of several inputs is taken where one value is announced: annotations are of the usual case.
    if (!refused || refused.given === 'dict' || origin?.value.file !== context.config.file || isOfKind(fallback, refused.given)) return [];
    return [
      {
        site: origin.value,
        severity: 'warning',
        message: `\`${part.type}\` takes \`${name}: ${refused.wanted}\`, and this is ${GIVEN[refused.given]}`,
      },
    ];
  });
}

/** An annotation that its own default does not keep to says nothing. */
function isOfKind(fallback: string | null, kind: keyof typeof GIVEN): boolean {
  if (fallback === null) return false;
  return { text: /^[rbf]?['"]/, number: /^-?[\d.]/, sequence: /^[[(]/, dict: /^(?:\{|dict\()/ }[kind].test(fallback);
}

/** A value of a kind that the constructor does not take: by its own check where it was built, else by an annotation that leaves no doubt. */
import { originAt } from '../config/origins.ts';
import { type BuiltPart, builtParts } from '../recipe/part-types.ts';
import { recipeOf } from '../recipe/recipe.ts';
import type { Entry, Parameter } from '../registry/entry.ts';
import { distinct } from './distinct.ts';
import { refusedBy, refusesAny } from './fit/annotation.ts';
import { provenFixes } from './fit/proven.ts';
import { refusalFinding, refusals } from './fit/refusals.ts';
import { refusedValues } from './refused-values.ts';
import type { ConfigContext, ConfigRule, Finding } from './rule.ts';
import { wrongForRunner } from './runner-arguments.ts';

export const argumentType: ConfigRule = {
  code: 'argument-type',
  severity: 'error',
  summary: 'a value of a kind that the type does not take',
  needs: 'config',
  check: context =>
    distinct([
      ...builtParts(context).flatMap(built => checkPart(context, built)),
      ...wrongForRunner(context),
      ...refusedValues(context, 'argument-type'),
    ]),
  checkModel: context =>
    distinct(
      refusals(context)
        .filter(({ kind }) => kind === 'type')
        .map(refusal => ({
          ...refusalFinding(context, refusal, (name, value) => `${name} cannot be ${value}`),
          fixes: refusal.mismatch ? provenFixes(context) : [],
        })),
    ),
};

const GIVEN = { text: 'a text', number: 'a number', sequence: 'a list', dict: 'a dict' } as const;

/** They reckon with what they are given as soon as they are built, or run: a loop with its intervals where there is a validation. */
const isSure = ({ config }: ConfigContext, target: string, name: string): boolean =>
  target.startsWith('torch.optim.') ||
  (target.startsWith('mmengine.runner.loops.') && (name.startsWith('max_') || recipeOf(config).runs('val')));

const NONE: readonly Finding[] = [];

/** A constructor that only keeps what it is given fails later, or never: a warning. */
function checkPart(context: ConfigContext, { part, entry }: BuiltPart): readonly Finding[] {
  return annotatedOf(entry).flatMap((parameter): readonly Finding[] => {
    const value = part.dict.entries.get(parameter.name)?.value;
    const refused = value === undefined ? null : refusedBy(parameter.annotation, value);
    if (!refused || refused.given === 'dict' || isOfKind(parameter.default, refused.given)) return NONE;
    const origin = originAt(context.config, [...part.path, parameter.name]);
    // A dict for each of several inputs is taken where one value is announced: annotations are of the usual case.
    if (origin?.value.file !== context.config.file) return NONE;
    return [
      {
        site: origin.value,
        // What a model makes of it is known by building it; some never look.
        severity: part.path[0] === 'model' ? 'hint' : isSure(context, entry.target, parameter.name) ? 'error' : 'warning',
        message: `\`${part.type}\` takes \`${parameter.name}: ${refused.wanted}\`, and this is ${GIVEN[refused.given]}`,
      },
    ];
  });
}

type Annotated = Parameter & { readonly annotation: string };
const annotations = new WeakMap<Entry, readonly Annotated[]>();

/** Parameters whose annotation is all that there is to tell what they take, and refuses something. */
function annotatedOf(entry: Entry): readonly Annotated[] {
  let known = annotations.get(entry);
  if (!known) {
    const told = entry.parameters.flatMap(({ annotation, ...rest }) =>
      annotation === null || rest.choices || !refusesAny(annotation) ? [] : [{ ...rest, annotation }],
    );
    annotations.set(entry, (known = told));
  }
  return known;
}

/** An annotation that its own default does not keep to says nothing. */
function isOfKind(fallback: string | null, kind: keyof typeof GIVEN): boolean {
  if (fallback === null) return false;
  return { text: /^[rbf]?['"]/, number: /^-?[\d.]/, sequence: /^[[(]/, dict: /^(?:\{|dict\()/ }[kind].test(fallback);
}

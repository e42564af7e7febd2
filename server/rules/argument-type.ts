/** A value of a kind that the constructor does not take: by its own check where it was built, else by an annotation that leaves no doubt. */
import { originAt } from '../config/origins.ts';
import { plain } from '../python/origin.ts';
import { recipeOf } from '../recipe/recipe.ts';
import type { Entry, Parameter } from '../registry/entry.ts';
import { refusedBy } from './fit/annotation.ts';
import { provenFixes } from './fit/proven.ts';
import { refusalFinding, refusals } from './fit/refusals.ts';
import { refusedValues } from './refused-values.ts';
import type { ConfigContext, ConfigRule, Finding } from './rule.ts';
import { wrongForRunner } from './runner-arguments.ts';
import { constructorOf, distinct, type TypedPart, typedParts } from './typed-parts.ts';

export const argumentType: ConfigRule = {
  code: 'argument-type',
  severity: 'error',
  summary: 'a value of a kind that the type does not take',
  needs: 'config',
  check: context =>
    distinct([
      ...typedParts(context).flatMap(part => checkPart(context, part)),
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

/** A constructor that only keeps what it is given fails later, or never: a warning. */
function checkPart(context: ConfigContext, part: TypedPart): readonly Finding[] {
  const entry = constructorOf(context, part);
  const annotated = entry && annotatedOf(entry);
  if (!annotated?.size) return [];
  return [...part.dict.entries.values()].flatMap(({ key, value }): Finding[] => {
    const name = plain(key);
    const parameter = typeof name === 'string' ? annotated.get(name) : undefined;
    const refused = parameter && refusedBy(parameter.annotation, value);
    if (!parameter || !refused || refused.given === 'dict' || isOfKind(parameter.default, refused.given)) return [];
    const origin = originAt(context.config, [...part.path, parameter.name]);
    // A dict for each of several inputs is taken where one value is announced: annotations are of the usual case.
    if (origin?.value.file !== context.config.file) return [];
    return [
      {
        site: origin.value,
        // What a model makes of it is known by building it; some never look.
        severity: part.path[0] === 'model' ? 'hint' : isSure(context, entry?.target ?? '', parameter.name) ? 'error' : 'warning',
        message: `\`${part.type}\` takes \`${parameter.name}: ${refused.wanted}\`, and this is ${GIVEN[refused.given]}`,
      },
    ];
  });
}

type Annotated = Parameter & { readonly annotation: string };
const annotations = new WeakMap<Entry, ReadonlyMap<string, Annotated>>();

/** Parameters whose annotation is all that there is to tell what they take. */
function annotatedOf(entry: Entry): ReadonlyMap<string, Annotated> {
  let known = annotations.get(entry);
  if (!known) {
    const told = entry.parameters.flatMap(({ annotation, ...rest }) =>
      annotation === null || rest.choices ? [] : [[rest.name, { ...rest, annotation }] as const],
    );
    annotations.set(entry, (known = new Map(told)));
  }
  return known;
}

/** An annotation that its own default does not keep to says nothing. */
function isOfKind(fallback: string | null, kind: keyof typeof GIVEN): boolean {
  if (fallback === null) return false;
  return { text: /^[rbf]?['"]/, number: /^-?[\d.]/, sequence: /^[[(]/, dict: /^(?:\{|dict\()/ }[kind].test(fallback);
}

/**
 * A library that is not at hand: a base in it cannot be read, a type of it cannot be checked. No error of the config's: where it is run, the library may well be. Its
 * sources are enough, so `necktie fetch` helps as much as an installation.
 */
import type { ConfigProblem } from '../config/resolved.ts';
import { type TypedPart, typedParts } from '../recipe/typed-parts.ts';
import { LIBRARIES } from '../registry/openmmlab-libraries.ts';
import { configProblemFinding } from './config-problem.ts';
import type { Fix } from './diagnostic.ts';
import type { ConfigContext, ConfigRule, Finding } from './rule.ts';

export const libraryMissing: ConfigRule = {
  code: 'library-missing',
  severity: 'information',
  summary: 'a library that is not at hand',
  needs: 'config',
  check(context) {
    const bases = context.config.problems.filter(isMissingLibrary);
    return [
      ...bases.map(problem => configProblemFinding(context, problem, ofBase(problem))),
      ...types(context, new Set(bases.map(libraryOf))),
    ];
  },
};

/** mmengine's own complaint that a package is not installed. */
export const isMissingLibrary = ({ kind, errorType }: ConfigProblem): boolean =>
  kind === 'base-not-found' && (errorType === 'ModuleNotFoundError' || errorType === 'PackageNotFoundError');

const libraryOf = ({ subject = '' }: ConfigProblem): string => /^\w+/.exec(subject)?.[0] ?? subject;

function ofBase(problem: ConfigProblem): Pick<Finding, 'message'> {
  const library = libraryOf(problem);
  return { message: `${library} is not at hand, so this base cannot be read. ${howTo(library)}\n${problem.message}` };
}

/** Scopes of OpenMMLab's that are not at hand where others are, or that not even the bundled facts know: one finding each, at the first type of it. */
function types(context: ConfigContext, told: ReadonlySet<string>): readonly Finding[] {
  const { config, registry } = context;
  const seen = new Set(told);
  return typedParts(context).flatMap((part): Finding[] => {
    const { type, scope } = part;
    const dot = type.indexOf('.');
    const library = dot < 0 ? scope : type.slice(0, dot);
    // A type by default is mmengine's.
    if (seen.has(library) || !LIBRARIES.has(library) || !part.dict.entries.has('type') || isAtHand(context, library)) return [];
    const { site } = part;
    if (site.file !== config.file) return [];
    seen.add(library);
    // By bundled facts the type is known: where the config is run, it has to be there.
    const consequence = registry.libraries.has(library) ? 'so a run here would not find this type' : 'so its types are not checked';
    return [{ site, message: `${library} is not at hand, ${consequence}. ${howTo(library)}`, fixes: successor(context, part) }];
  });
}

/** Where nothing at all is installed, the bundled facts are all there is, and all is checked by them. */
function isAtHand({ registry }: ConfigContext, library: string): boolean {
  const { libraries } = registry;
  const known = libraries.get(library);
  // One works in its own repository.
  if (known === undefined) return registry.hasScope(library);
  return known.root !== 'snapshot' || ![...libraries.values()].some(({ root }) => root !== 'snapshot');
}

/** mmcls and mmselfsup have gone on as mmpretrain (mmpose#2422). */
function successor(context: ConfigContext, { type, scope, place, site }: TypedPart): readonly Fix[] {
  const name = /^(?:mmcls|mmselfsup)\.(.+)$/.exec(type)?.[1];
  const written = context.text(site.file)?.slice(site.start, site.end) ?? '';
  const quote = written[0] ?? '';
  const now = `mmpretrain.${name}`;
  if (name === undefined || written !== `${quote}${type}${quote}` || !isAtHand(context, 'mmpretrain')) return [];
  if (context.registry.lookup(now, scope, place.registry).kind !== 'found') return [];
  const edit = { file: site.file, start: site.start, end: site.end, text: `${quote}${now}${quote}` };
  return [{ title: `Change ${type} to ${now}, its name today`, edits: [edit], preferred: false }];
}

const howTo = (library: string): string =>
  `Install it (\`mim install ${LIBRARIES.get(library) ?? library}\`), or lay out its sources alone (\`necktie fetch ${LIBRARIES.get(library) ?? library}\`).`;

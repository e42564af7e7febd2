/** The model's own code refuses: an assertion or exception of a library or of the user, while it is built or run. */
import type { Mismatch, ModelError } from '../model/verdict.ts';
import { importsAreKnown, lookupPart } from '../recipe/part-types.ts';
import { recipeOf } from '../recipe/recipe.ts';
import { typedParts } from '../recipe/typed-parts.ts';
import { viewerOf } from '../registry/viewer.ts';
import { distinct } from './distinct.ts';
import { inModel, placeOf } from './fit/blame.ts';
import { failedImport } from './fit/failed-import.ts';
import { isOwnIndex, ownBug, ownImport, ownRelated } from './fit/own-code.ts';
import { provenCauses, provenFixes } from './fit/proven.ts';
import { refusalFinding, refusals } from './fit/refusals.ts';
import { isToldAsSize } from './img-scale-stride.ts';
import { mayBeCompleted } from './may-be-completed.ts';
import { isToldAsTypeless } from './missing-type.ts';
import type { Finding, ModelContext, ModelRule } from './rule.ts';
import { unknownSettings } from './unknown-type.ts';

export const buildError: ModelRule = {
  code: 'build-error',
  severity: 'error',
  summary: "the model's own code refuses what the config gives it",
  needs: 'model',
  check(context) {
    const { config, verdict } = context;
    const told = refusals(context);
    const isOthers = (m: Mismatch): boolean => told.some(({ mismatch, kind }) => mismatch === m && kind !== 'other');
    const ofModel = (isToldAsSize(context) ? [] : verdict.mismatches)
      .filter(
        m =>
          m.kind !== 'channels' &&
          (m.kind !== 'levels' || isOwnIndex(context, m)) &&
          (ownImport(context, m) !== null ||
            (!isOthers(m) &&
              !isToldBefore(context, m) &&
              !isToldAsTypeless(context, m.error) &&
              !isScopedElsewhere(context, m) &&
              !isLeftToOthers(context, m))),
      )
      .map((mismatch): Finding => {
        const part = mismatch.error.where?.split('.')[0];
        const around = part ? [['model', part]] : [],
          blamed = placeOf(config, mismatch.blame.map(inModel), around),
          // A type alone says little.
          causes = blamed.exact && !mismatch.blame[0]?.endsWith('type') ? [] : provenCauses(context),
          place = causes.length ? placeOf(config, causes, around) : blamed;
        const failed = isOfVersions(mismatch) ? null : failedImport(context, mismatch, place);
        if (failed) return failed;
        const own = ownBug(context, mismatch, place);
        return {
          site: own?.site ?? place.site,
          message: message(isOwnIndex(context, mismatch) ? { ...mismatch, kind: 'build' } : mismatch),
          related: own?.related ?? [...place.related, ...ownRelated(context, mismatch)],
          fixes: own ? [] : provenFixes(context),
          // Where the config is run it may be there.
          ...((isMissingLibrary(context, mismatch) || isOfVersions(mismatch)) && { severity: 'information' }),
        };
      });
    const ofParts = told
      .filter(refusal => refusal.part && refusal.kind === 'other' && !isOtherRules(context, refusal.error.message))
      .filter(refusal => !isToldBefore(context, refusal) && !isToldAsTypeless(context, refusal.error, refusal.part?.path))
      .map(refusal => ({
        ...refusalFinding(context, refusal, () => ''),
        message: refusal.isCalled
          ? message({
              error: { ...refusal.error, where: null, class: `\`${refusal.part?.type}\`` },
              kind: refusal.isCalled === 'always' ? 'called' : 'some',
            })
          : message({ error: { ...refusal.error, where: null }, kind: 'build' }),
      }));
    return distinct([...ofModel, ...ofParts]);
  },
};

const DOING: Readonly<Record<string, string>> = {
  build: 'cannot be built',
  called: 'fails as soon as a picture comes',
  some: 'fails at pictures of some sizes or kinds',
};

function message({ error, kind }: { readonly error: ModelError; readonly kind: Mismatch['kind'] | 'called' | 'some' }): string {
  const doing = DOING[kind] ?? 'fails when it runs';
  const what = error.where ? `\`${error.where}\`${error.class ? ` (${error.class})` : ''}` : (error.class ?? 'The model');
  // An assertion often has no words but its own source.
  const says = error.message
    ? `${error.type}: ${error.message}`
    : `${error.type}: ${error.source ?? ''}${error.compared ? `; ${error.compared}` : ''}`;
  const source = error.source ? `\n${error.source}${error.at ? `  (${error.at})` : ''}` : '';
  return `${what} ${doing}: ${says}${error.message ? source : error.at ? `\n${error.at}` : ''}`;
}

/** What the registries' rules found ends the build with the same words. */
const REGISTRY_CODES = new Set(['unknown-type', 'unknown-argument', 'missing-argument']);
function isToldBefore(context: ModelContext, { error }: Pick<Mismatch, 'error'>): boolean {
  const found = context.found();
  const isSame = /got an unexpected keyword argument|takes no arguments|missing \d+ required|is not in the .+? registry/.test(
    error.message,
  );
  const isImport =
    error.type === 'ImportError' ||
    error.type === 'ModuleNotFoundError' ||
    /^import_modules_from_strings\(\)|^custom_imports must be a list|^the 'package' argument is required/.test(error.message);
  return (
    (isSame && (found.some(d => REGISTRY_CODES.has(d.code)) || unknownSettings(context).length > 0)) ||
    (isImport && found.some(d => d.code === 'import-not-found'))
  );
}

/** A type that is written as such is the registries' rules' to tell, or to leave; a name that a constructor looks up is not seen by them. */
function isOtherRules(context: ModelContext, message: string): boolean {
  const name = /^'?(\S+) is not in the .+? registry/.exec(message)?.[1];
  return name !== undefined && typedParts(context).some(part => part.type === name);
}

/** What a base lacks, others give: arguments, and the type itself, which a file without a data set leaves to others in any case. */
function isLeftToOthers(context: ModelContext, { error: { type, message } }: Mismatch): boolean {
  if (type === 'KeyError' && /must contain the key "type"/.test(message) && !recipeOf(context.config).loaders.length) return true;
  return /must contain the key "type"|missing \d+ required/.test(message) && mayBeCompleted(context);
}

/** A part of a config, such as `_base_/models/x.py`, says no scope of its own: whoever inherits from it does. */
function isScopedElsewhere({ config }: ModelContext, { error }: Mismatch): boolean {
  return config.value.get('default_scope') === undefined && / is not in the mmengine::/.test(error.message);
}

/** A library that is not at hand: its own request to be installed, or a type of its registry. */
function isMissingLibrary(context: ModelContext, { error }: Mismatch): boolean {
  if (error.type === 'ImportError' || error.type === 'ModuleNotFoundError') return true;
  const name = /^'?(\S+) is not in the .+? registry/.exec(error.message)?.[1];
  if (name === undefined) return false;
  // What `allow_failed_imports` lets pass here may be found, and register it, where the config is run.
  if (!importsAreKnown(context)) return true;
  const part = typedParts(context).find(p => p.type === name || p.type.endsWith(`.${name}`));
  if (part) return lookupPart(context, part).kind === 'unknown';
  // Where no scope is told, mmengine's counts, and others have it.
  const found = context.registry.lookup(name, 'mmengine', null, viewerOf(context.config));
  return !/ in the mmengine::/.test(error.message) || found.kind !== 'missing' || !found.near.some(near => near.endsWith(`.${name}`));
}

/** What a package asserts of the libraries beside it as soon as it is imported: `MMCV==2.3.0 is used but incompatible`. It is no mistake of the config's. */
function isOfVersions({ error, traceback }: Mismatch): boolean {
  const last = traceback.at(-1);
  return (
    error.type === 'AssertionError' &&
    /\bincompatible\b|\b[Pp]lease (?:install|upgrade|update)\b/.test(error.message) &&
    last?.name === '<module>' &&
    last.file.endsWith('/__init__.py')
  );
}

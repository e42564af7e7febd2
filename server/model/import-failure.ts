/** A failure while a module is imported, by what was raised there first. */
import type { Exception } from '../python/exception.ts';
import { isOfOtherVersion } from '../python/library/other-versions.ts';
import { plain } from '../python/origin.ts';
import { isOwnFile } from '../registry/own-file.ts';
import { messageOf, tracebackOf } from './failure.ts';
import { isReal, type ModelPlace } from './session.ts';
import type { ImportFailure } from './verdict.ts';

/** Null where no module's own statements were run, and none was read. */
export function importFailure(told: Exception, place: Pick<ModelPlace, 'host' | 'environment'>): ImportFailure | null {
  const exception = beneath(told),
    traceback = tracebackOf(exception),
    { refused } = exception;
  if (!refused && !traceback.some(line => line.name === '<module>')) return null;
  return {
    type: exception.type.name,
    message: messageOf(exception, place.environment),
    refused: refused && { file: refused.file, ...refused.span },
    lacks: lackOf(exception, place),
    traceback,
  };
}

/** `import_modules_from_strings` says of every ImportError that it failed to import what the config names. */
function beneath(exception: Exception): Exception {
  const [raisedBy] = exception.traceback;
  const isMmengines = raisedBy?.name === 'import_modules_from_strings' && exception.type.name === 'ImportError';
  return isMmengines ? (exception.context ?? exception) : exception;
}

function lackOf(exception: Exception, place: Pick<ModelPlace, 'host' | 'environment'>): ImportFailure['lacks'] {
  if (!exception.type.ancestors.some(type => type.name === 'ImportError')) return null;
  const { host, environment } = place,
    path = plain(exception.details?.get('path') ?? null),
    name = plain(exception.details?.get('name') ?? null);
  // Another Python than the one that we are like may have it.
  const member = /^cannot import name '(\w+)'/.exec(messageOf(exception, environment))?.[1];
  if (typeof name === 'string' && member !== undefined && isOfOtherVersion(name, member)) return 'laid out';
  const top = typeof name === 'string' ? (name.split('.')[0] ?? '') : '';
  const isOwn =
    typeof path === 'string'
      ? isOwnFile(environment, path)
      : top !== '' &&
        (environment.workspace ?? []).some(root => host.kind(`${root}/${top}`) === 'folder' || host.kind(`${root}/${top}.py`) === 'file');
  return isOwn ? 'own' : isReal(place) ? 'installed' : 'laid out';
}

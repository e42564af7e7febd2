/** `pkgutil` where a model is built: texts that an installed package keeps beside its modules. The rest is not known. */
import { posix } from 'node:path';
import type { Host } from '../project/host.ts';
import { type NativeModule, nativeModule } from '../python/import/native-module.ts';
import { native } from '../python/native.ts';
import { plain } from '../python/origin.ts';
import { unknown } from '../python/stop.ts';
import { Bytes } from '../python/types/bytes.ts';
import { Opaque } from '../python/types/opaque.ts';
import type { Environment } from '../registry/environment.types.ts';
import { isOwnFile } from '../registry/own-file.ts';

export const pkgutilModule = (host: Host, environment: Environment): NativeModule =>
  nativeModule(
    'pkgutil',
    {
      get_data: native('get_data(package, resource)', (packageName = null, resource = null) => {
        const [name, written] = [plain(packageName), plain(resource)];
        const folder = typeof name === 'string' ? folderOf(host, environment, name) : null;
        const file = folder !== null && typeof written === 'string' && !posix.isAbsolute(written) ? posix.join(folder, written) : null;
        // A file of the user's own may be another at the next run; one that is not there is refused in words that are not here to be said.
        const text = file !== null && !isOwnFile(environment, file) ? host.read(file) : null;
        return text !== null && isAscii(text) ? new Bytes(Buffer.from(text, 'latin1')) : unknown('pkgutil.get_data');
      }),
    },
    { lacking: name => new Opaque(`pkgutil.${name}`) },
  );

/** Where a module's file lies: that of a package is its `__init__`. */
function folderOf(host: Host, { roots }: Environment, name: string): string | null {
  for (const root of roots) {
    const path = `${root}/${name.replaceAll('.', '/')}`;
    if (host.kind(`${path}/__init__.py`) === 'file') return path;
    if (host.kind(`${path}.py`) === 'file') return posix.dirname(path);
  }
  return null;
}

/** Bytes that were read as a text are theirs again. */
const isAscii = (text: string): boolean => /^[\t\n\r\x20-\x7e]*$/.test(text);

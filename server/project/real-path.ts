import { posix } from 'node:path';
import type { Host } from './host.ts';

/** Where an absolute path leads once all links are followed, as `os.path.realpath` has it: what is not there is below what is. */
export function realPath(host: Host, path: string): string {
  if (!host.real || path === '/') return path;
  return host.kind(path) === null ? posix.join(realPath(host, posix.dirname(path)), posix.basename(path)) : host.real(path);
}

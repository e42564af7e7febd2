/** Paths of data as Python joins them. */

/** `os.path.join`, made plain: no `./`, no doubled slash, `..` taken back. What Windows writes with a backslash is told with a slash, which it reads as well. */
export function joinPath(root: string, path: string): string {
  if (`${root}${path}`.includes('\\')) return joinPath(root.replaceAll('\\', '/'), path.replaceAll('\\', '/'));
  const joined = isAbsolutePath(path) || root === '' ? path : `${root.replace(/\/$/, '')}/${path}`;
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(joined)) return joined;
  if (!/\/(?:[/.]|$)|^\./.test(joined)) return joined;
  const steps: string[] = [];
  for (const step of joined.split('/')) {
    if (step === '' || step === '.') continue;
    if (step === '..' && steps.length && steps.at(-1) !== '..') steps.pop();
    else steps.push(step);
  }
  return (joined.startsWith('/') ? '/' : '') + steps.join('/');
}

/** From a root, or from a drive of Windows. */
export const isAbsolutePath = (path: string): boolean => /^(?:[a-z]:)?[\\/]/i.test(path);

/** Both may be one file: they are told alike, or one of them from a working folder that only the run knows. */
export function mayBeOneFile(one: string, other: string): boolean {
  const [a, b] = [joinPath('', one), joinPath('', other)];
  if (a === b) return true;
  if (isAbsolutePath(a) === isAbsolutePath(b)) return false;
  const [whole, part] = isAbsolutePath(a) ? [a, b] : [b, a];
  return whole.endsWith(`/${part.replace(/^(?:\.\.\/)+/, '')}`);
}

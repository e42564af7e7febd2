/** Paths of data as Python joins them. */

/** `os.path.join`, made plain: no `./`, no doubled slash, `..` taken back. */
export function joinPath(root: string, path: string): string {
  const joined = path.startsWith('/') || root === '' ? path : `${root.replace(/\/$/, '')}/${path}`;
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

/** pyenv's shims are programs that look up which Python is meant: the same look-up, without running them. */
import type { Host } from '../project/host.ts';
import type { Variables } from './interpreter.ts';

/** The installation behind a shim, as pyenv 2 finds it; null where that is not one of its own (`system`). */
export function pyenvPrefix(host: Host, shim: string, workspace: readonly string[], env: Variables): string | null {
  const beside = shim.slice(0, shim.indexOf('/shims/'));
  for (const root of new Set([env.PYENV_ROOT?.replaceAll('\\', '/'), beside])) {
    if (!root || host.kind(`${root}/versions`) !== 'folder') continue;
    for (const name of selected(host, root, workspace, env)) {
      const prefix = name === 'system' ? null : installed(host, root, name);
      if (prefix !== null) return prefix;
    }
  }
  return null;
}

/** By the variable, else by the nearest `.python-version` above, else pyenv's own `version`. */
function selected(host: Host, root: string, workspace: readonly string[], env: Variables): readonly string[] {
  if (env.PYENV_VERSION) return env.PYENV_VERSION.split(':');
  for (const start of workspace) {
    for (
      let folder: string | null = start;
      folder !== null;
      folder = folder === '' ? null : folder.slice(0, Math.max(0, folder.lastIndexOf('/')))
    ) {
      const names = namesIn(host.read(`${folder}/.python-version`));
      if (names.length > 0) return names;
    }
  }
  return namesIn(host.read(`${root}/version`));
}

const namesIn = (text: string | null): readonly string[] =>
  (text ?? '')
    .split(/\r?\n/)
    .map(line => line.replace(/#.*/, '').trim())
    .flatMap(line => line.split(/\s+/))
    .filter(Boolean);

/** `3.11` is the newest 3.11 that is there; a name may be that of an environment. */
function installed(host: Host, root: string, name: string): string | null {
  const plain = name.replace(/^python-/, '');
  for (const candidate of [name, plain])
    if (host.kind(`${root}/versions/${candidate}`) === 'folder') return `${root}/versions/${candidate}`;
  const order = (version: string): number => Number(version.slice(plain.length + 1).split('.')[0]);
  const newest = host
    .list(`${root}/versions`)
    .map(entry => entry.name)
    .filter(version => version.startsWith(`${plain}.`) && /^[\d.]+$/.test(version))
    .sort((a, b) => order(b) - order(a))[0];
  return newest === undefined ? null : `${root}/versions/${newest}`;
}

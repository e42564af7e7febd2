/** The user's own pip, run as a program. */
import { spawn } from 'node:child_process';
import type { Io } from './command.ts';

export type PipEnd =
  | { readonly kind: 'done' }
  | { readonly kind: 'absent'; readonly python: string }
  | { readonly kind: 'failed'; readonly output: string };

/** `pip install` with these arguments, by the first of these Pythons that has a pip: an environment may well have none of its own. */
export async function pipInstall(pythons: readonly string[], args: readonly string[], io: Io): Promise<PipEnd> {
  let end: PipEnd = { kind: 'absent', python: pythons[0] ?? 'python3' };
  for (const python of pythons) if (isWithoutPip(end)) end = await install(python, args, io);
  return end;
}

/** Why it did not work and what to do, with `otherwise` at its end; `what`: what was to be fetched. Null where it worked. */
export function pipComplaint(end: PipEnd, what: string, otherwise: string): string | null {
  if (end.kind === 'done') return null;
  if (end.kind === 'absent') return `there is no ${end.python}. Install Python 3 with pip, or name one: --python PATH.${otherwise}`;
  return isWithoutPip(end)
    ? `this Python has no pip. Install it (python3 -m ensurepip, or your system's python3-pip), or name another Python: --python PATH.`
    : `pip could not fetch ${what}:\n${end.output.trim().split('\n').slice(-6).join('\n')}`;
}

const isWithoutPip = (end: PipEnd): boolean => end.kind === 'absent' || (end.kind === 'failed' && /No module named pip/.test(end.output));

function install(python: string, args: readonly string[], io: Io): Promise<PipEnd> {
  return new Promise(done => {
    const child = spawn(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '--no-compile', ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...io.env },
      signal: io.signal,
    });
    let output = '';
    const keep = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', error =>
      done('code' in error && error.code === 'ENOENT' ? { kind: 'absent', python } : { kind: 'failed', output: error.message }),
    );
    child.on('close', code => done(code === 0 ? { kind: 'done' } : { kind: 'failed', output }));
  });
}

import { expect, test, vi } from 'vitest';
import { watchPythonEnvironment } from '../../../client/python-environment.ts';

function extension(path: string) {
  const listeners: ((event: unknown) => void)[] = [];
  let selected = path;
  const environments = {
    getActiveEnvironmentPath: () => ({ id: selected, path: selected }),
    onDidChangeActiveEnvironmentPath: (listener: (event: unknown) => void) => {
      listeners.push(listener);
      return { dispose: () => listeners.splice(0) };
    },
  };
  return {
    activate: () => Promise.resolve({ ready: Promise.resolve(), environments }),
    select: (next: string) => {
      selected = next;
      for (const listener of listeners) listener({ path: next });
    },
    listeners,
  };
}
const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

test('the selected environment is known once the extension runs, and when another is selected', async () => {
  const python = extension('/ws/.venv/bin/python');
  const changed = vi.fn();
  const watched = watchPythonEnvironment(python, changed, vi.fn());
  expect(watched.path(undefined)).toBeUndefined();
  await settled();
  expect(watched.path(undefined)).toBe('/ws/.venv/bin/python');
  expect(changed).toHaveBeenCalledTimes(1);
  python.select('/opt/conda/envs/mm');
  expect(watched.path(undefined)).toBe('/opt/conda/envs/mm');
  expect(changed).toHaveBeenCalledTimes(2);
  watched.dispose();
  expect(python.listeners).toEqual([]);
});

test('an extension of another kind, one that fails, and none are done without', async () => {
  const log = vi.fn();
  const changed = vi.fn();
  const without = [
    watchPythonEnvironment(undefined, changed, log),
    watchPythonEnvironment({ activate: () => Promise.resolve({ settings: {} }) }, changed, log),
    watchPythonEnvironment({ activate: () => Promise.reject(new Error('no')) }, changed, log),
  ];
  await settled();
  expect(without.map(watched => watched.path(undefined))).toEqual([undefined, undefined, undefined]);
  expect(changed).not.toHaveBeenCalled();
  expect(log).toHaveBeenCalledTimes(1);
});

/** Whose an import's failure is. */
import { expect, it } from 'vitest';
import { importFailure } from '../../../server/model/import-failure.ts';
import { detailed, raise } from '../../../server/python/exception.ts';
import { MemoryHost } from '../registry/memory-host.ts';

const host = new MemoryHost({ '/site/torch/__init__.py': '', '/ws/net.py': 'from typing import override\n' }),
  environment = { roots: ['/ws', '/site'], workspace: ['/ws'], description: '' };
function lacks(module: string, name: string, path: string | null = null) {
  const { exception } = detailed(raise('ImportError', `cannot import name '${name}' from '${module}' (${path ?? 'unknown location'})`), {
    name: module,
    path,
  });
  exception.traceback.push({ file: '/ws/net.py', name: '<module>', span: { start: 0, end: 27, line: 1 }, self: null });
  return importFailure(exception, { host, environment })?.lacks;
}

it('a name that another Python has may be there where the config is run', () => {
  expect(lacks('typing', 'override')).toBe('laid out');
  expect(lacks('collections', 'Mapping')).toBe('laid out');
  expect(lacks('typing', 'no_such')).toBe('installed');
  expect(lacks('net', 'override', '/ws/net.py')).toBe('own');
});

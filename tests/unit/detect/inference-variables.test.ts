/** The environment of the process that runs models. */
import { expect, it } from 'vitest';
import { inferenceVariables } from '../../../server/detect/inference-variables.ts';
import { NodeHost } from '../../../server/project/node-host.ts';

it('keeps what a run gave back, unless the user has said otherwise', () => {
  const variables = (env: Readonly<Record<string, string>>) => inferenceVariables(new NodeHost(), env, '/inference.mjs', []);
  expect(variables({})).toEqual({ MALLOC_MMAP_THRESHOLD_: '33554432', MALLOC_TRIM_THRESHOLD_: '134217728' });
  expect(variables({ MALLOC_TRIM_THRESHOLD_: '0' })).toMatchObject({ MALLOC_TRIM_THRESHOLD_: '0' });
});

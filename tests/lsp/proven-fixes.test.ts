/** What a model's run tells is shown before its fixes were proven; they are offered when they were, and an edit that comes first has them forgotten. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import type { Diagnostic } from 'vscode-languageserver/node';
import { WorkerClient } from '../../server/lsp/worker-client.ts';
import { DEFAULT_SETTINGS } from '../../server/project/settings.ts';
import type { DetectProgress } from '../../server/protocol.ts';
import type { Method, ParamsOf, ResultOf } from '../../server/worker/messages.ts';
import { zoo } from '../zoo.ts';
import { diagnosedDocument } from './diagnosed-document.ts';

const configOf = (neck: string): string => `default_scope = 'mmdet'
model = dict(
    type='RetinaNet',
    data_preprocessor=dict(type='DetDataPreprocessor'),
    backbone=dict(type='ResNet', depth=50, num_stages=4, out_indices=(0, 1, 2, 3)),
    neck=dict(type='FPN', in_channels=${neck}, out_channels=32, num_outs=5),
    bbox_head=dict(
        type='RetinaHead',
        num_classes=3,
        in_channels=32,
        feat_channels=32,
        anchor_generator=dict(type='AnchorGenerator', octave_base_scale=4, scales_per_octave=3, ratios=[1.0], strides=[4, 8, 16, 32, 64])))
`;
const RIGHT = configOf('[256, 512, 1024, 2048]');
const ONE_WRONG = configOf('[256, 512, 1024, 1024]');
/** The neck takes one more: which of both is wrong, runs tell. */
const THREE_LEVELS = RIGHT.replace('(0, 1, 2, 3)', '(1, 2, 3)');

const root = mkdtempSync(join(tmpdir(), 'necktie-proven-'));
const URI = pathToFileURL(join(root, 'a.py')).href;
const WHOLE = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };

/** Asks for proofs when it is let. */
class Holding extends WorkerClient {
  readonly held: (() => void)[] = [];
  override async request<M extends Method>(
    method: M,
    params: ParamsOf<M>,
    progress?: (progress: DetectProgress) => void,
  ): Promise<ResultOf<M>> {
    if (method === 'proven') await new Promise<void>(resolve => this.held.push(resolve));
    return super.request(method, params, progress);
  }
}

interface Shown {
  readonly version: number | undefined;
  readonly diagnostics: readonly Diagnostic[];
}
let shown: Shown[];
let looked: number;
let server: ReturnType<typeof started>;

const started = () =>
  diagnosedDocument({
    uri: URI,
    root,
    settings: { ...DEFAULT_SETTINGS, sitePackages: [zoo] },
    deep: events => new Holding({ kind: 'deep' }, events),
    published: (version, diagnostics) => void shown.push({ version, diagnostics }),
    looked: () => void looked++,
  });
const last = (): readonly string[] | undefined => shown.at(-1)?.diagnostics.map(d => String(d.code));
const titles = (): readonly string[] => server.diagnosis.modelFixes(URI, WHOLE).map(fix => fix.title);
/** The text under the one that is shown. */
const marked = (): string | undefined => {
  const [only, ...others] = shown.at(-1)?.diagnostics ?? [];
  const { start, end } = only?.range ?? WHOLE;
  return only && !others.length ? THREE_LEVELS.split('\n')[start.line]?.slice(start.character, end.character) : undefined;
};
/** Until proofs are asked for so often: what comes before them has come. */
const held = (times: number) => expect.poll(() => server.deep.held.length, { timeout: 60_000 }).toBe(times);

beforeEach(() => {
  writeFileSync(join(root, 'a.py'), RIGHT);
  shown = [];
  looked = 0;
  server = started();
});
afterEach(() => server.close());
afterAll(() => rmSync(root, { recursive: true }));

test('it is shown without fixes, and again when they were proven and are offered', async () => {
  server.write(1, ONE_WRONG);
  await held(1);
  expect(last()).toEqual(['channel-mismatch']);
  expect(titles()).toEqual([]);
  expect(looked).toBe(0);
  const times = shown.length;

  server.deep.held[0]?.();
  await expect.poll(() => looked, { timeout: 60_000 }).toBe(1);
  expect(titles()).toContain('Change 1024 to 2048: every level fits');
  expect(shown.length).toBe(times + 1);
  expect(last()).toEqual(['channel-mismatch']);
}, 120_000);

test('what is proven to be wrong is marked when it is known, and at once after an edit that changes nothing of the model', async () => {
  server.write(1, THREE_LEVELS);
  await held(1);
  expect(marked()).toBe('[256, 512, 1024, 2048]');
  server.deep.held[0]?.();
  await expect.poll(() => looked, { timeout: 60_000 }).toBe(1);
  expect(marked()).toBe('(1, 2, 3)');
  const proven = shown.at(-1);
  expect(proven?.version).toBe(1);
  expect(titles().length).toBeGreaterThan(0);

  server.write(2, `${THREE_LEVELS}# The same model.\n`);
  await held(2);
  expect(shown.at(-1)).toEqual({ ...proven, version: 2 });
  expect(titles()).toEqual([]);
}, 120_000);

test('an edit that comes first has them forgotten', async () => {
  server.write(1, ONE_WRONG);
  await held(1);
  server.write(2, RIGHT);
  server.deep.held[0]?.();
  await expect.poll(() => looked, { timeout: 60_000 }).toBe(1);
  expect(last()).toEqual([]);
  expect(titles()).toEqual([]);
}, 120_000);

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  CancellationTokenSource,
  CodeActionRequest,
  CodeLensRequest,
  CompletionRequest,
  DefinitionRequest,
  type Diagnostic,
  DocumentLinkRequest,
  DocumentSymbolRequest,
  HoverRequest,
  type InitializeResult,
  InlayHintRequest,
  ReferencesRequest,
} from 'vscode-languageserver/node';
import {
  DETECT,
  type DetectParams,
  type DetectProblem,
  type DetectProgress,
  type DetectResult,
  PROGRESS,
  RESOLVED,
  type ResolvedParams,
  type ResolvedResult,
} from '../../server/protocol.ts';
import { zoo } from '../zoo.ts';
import { Client } from './client.ts';

const workspace = fileURLToPath(new URL('../../configs', import.meta.url));
const NAME = 'yolov5_s-v61_syncbn_8xb16-300e_coco_mmdet-resnet50.py';
const RESNET = readFileSync(join(workspace, NAME), 'utf8');

const codes = (diagnostics: readonly Diagnostic[]): readonly (number | string | undefined)[] => diagnostics.map(d => d.code);

describe('with the libraries’ sources', () => {
  let client: Client;
  let initialized: InitializeResult;
  const uri = pathToFileURL(join(workspace, NAME)).href;
  const whole = { start: { line: 0, character: 0 }, end: { line: 999, character: 0 } };

  beforeAll(async () => {
    ({ client, initialized } = await Client.start({ root: workspace, settings: { sitePackages: [zoo] } }));
    await client.open(uri, RESNET);
  });
  beforeEach(() => client.write(uri, RESNET));
  afterAll(async () => expect(await client.stop()).toBe(0));

  test('says what it can do', () => {
    expect(initialized.capabilities).toMatchObject({
      completionProvider: {},
      hoverProvider: true,
      codeActionProvider: {},
      inlayHintProvider: true,
      codeLensProvider: {},
    });
  });

  test('a right config has no diagnostics, and hints when its model was run', async () => {
    expect(await client.diagnostics(uri, () => true)).toEqual([]);
    await expect
      .poll(
        async () =>
          (await client.connection.sendRequest(InlayHintRequest.type, { textDocument: { uri }, range: whole }))?.map(h => h.label),
        { timeout: 30_000 },
      )
      .toContain('→ 512, 1024, 2048 at /8, /16, /32');
    const lenses = await client.connection.sendRequest(CodeLensRequest.type, { textDocument: { uri } });
    expect(lenses?.map(l => l.command?.command)).toContain('necktie.detect');
  });

  test('a wrong number is marked where it is written, and its fix makes all right', async () => {
    await client.replace(uri, 'channels = [512, 1024, 2048]', 'channels = [512, 1024, 512]');
    const found = await client.diagnostics(uri, d => codes(d).includes('channel-mismatch'));
    const mismatch = found.find(d => d.code === 'channel-mismatch');
    const at = client.position(uri, '512]');
    expect(mismatch?.range).toEqual({ start: at, end: { line: at.line, character: at.character + 3 } });
    expect(mismatch?.message).toContain(
      '`neck.in_channels[2]` expects 512 channels at stride 32; the backbone (mmdet.ResNet, depth 50) gives 2048.',
    );

    const range = mismatch?.range ?? whole;
    const offered = async () => {
      const actions = await client.connection.sendRequest(CodeActionRequest.type, {
        textDocument: { uri },
        range,
        context: { diagnostics: [] },
      });
      const fix = actions?.find(a => a.title === 'Change 512 to 2048: every level fits');
      return fix && 'edit' in fix ? fix.edit?.changes?.[uri] : undefined;
    };
    // It follows what is told, once it was tried.
    await expect.poll(offered, { timeout: 30_000 }).toEqual([{ range, newText: '2048' }]);
    await client.replace(uri, '512]', '2048]');
    expect(await client.diagnostics(uri, d => d.length === 0)).toEqual([]);
  });

  test('what the rules of the config tell is mended by what was run, too', async () => {
    await client.replace(uri, 'neck=dict(', "neck=dict(act_cfg=dict(type='Mish'),");
    const found = await client.diagnostics(uri, d => codes(d).includes('unknown-type'));
    const range = found.find(d => d.code === 'unknown-type')?.range ?? whole;
    await expect
      .poll(
        async () =>
          (
            await client.connection.sendRequest(CodeActionRequest.type, { textDocument: { uri }, range, context: { diagnostics: [] } })
          )?.map(a => a.title),
        { timeout: 30_000 },
      )
      .toContain("Remove act_cfg, and keep the base's");
  });

  test('registered types are completed in half-typed text', async () => {
    const type = "type='mmdet.ResNet'";
    await client.replace(uri, type, "type='mmdet.Res");
    const position = client.position(uri, "type='mmdet.Res", true);
    const list = await client.connection.sendRequest(CompletionRequest.type, { textDocument: { uri }, position });
    const items = Array.isArray(list) ? list : (list?.items ?? []);
    expect(items.map(i => i.label)).toEqual(expect.arrayContaining(['mmdet.ResNet', 'mmdet.ResNeXt']));
    expect(items[0]?.textEdit).toMatchObject({ newText: expect.stringMatching(/^mmdet\.Res/) });
  });

  test('hover shows the merged value; a base and a type can be gone to', async () => {
    const hover = await client.connection.sendRequest(HoverRequest.type, {
      textDocument: { uri },
      position: client.position(uri, 'depth=50'),
    });
    expect(JSON.stringify(hover?.contents)).toContain('model.backbone.depth = 50');
    const links = await client.connection.sendRequest(DocumentLinkRequest.type, { textDocument: { uri } });
    expect(links?.map(l => l.target)).toEqual([pathToFileURL(join(workspace, 'yolov5_s-v61_syncbn_8xb16-300e_coco.py')).href]);
    const places = await client.connection.sendRequest(DefinitionRequest.type, {
      textDocument: { uri },
      position: client.position(uri, 'mmdet.ResNet'),
    });
    expect(JSON.stringify(places)).toContain('/mmdet/models/backbones/resnet.py');
  });

  test('who overrides a key of the base, the outline, and the resolved config', async () => {
    const at = { textDocument: { uri }, position: client.position(uri, 'depth=50') };
    const base = await client.connection.sendRequest(DefinitionRequest.type, { ...at, position: client.position(uri, 'neck=dict') });
    expect(JSON.stringify(base)).toContain('yolov5_s-v61_syncbn_8xb16-300e_coco.py');
    const baseUri = pathToFileURL(join(workspace, 'yolov5_s-v61_syncbn_8xb16-300e_coco.py')).href;
    const position = Array.isArray(base) && base[0] && 'range' in base[0] ? base[0].range.start : { line: 0, character: 0 };
    await client.open(baseUri, readFileSync(fileURLToPath(baseUri), 'utf8'));
    const references = await client.connection.sendRequest(ReferencesRequest.type, {
      textDocument: { uri: baseUri },
      position,
      context: { includeDeclaration: false },
    });
    expect(references?.map(r => r.uri)).toContain(uri);

    const symbols = await client.connection.sendRequest(DocumentSymbolRequest.type, { textDocument: { uri } });
    expect(JSON.stringify(symbols)).toContain('mmdet.ResNet');

    const resolved: ResolvedResult = await client.connection.sendRequest(RESOLVED, { uri, bases: false } satisfies ResolvedParams);
    const lines = resolved?.text.split('\n') ?? [];
    const line = lines.findIndex(l => l.includes('depth=50'));
    expect(resolved?.origins[line]?.uri).toBe(uri);
    expect(new Set(resolved?.origins.map(o => o?.uri)).size).toBeGreaterThan(1);
    const before: ResolvedResult = await client.connection.sendRequest(RESOLVED, { uri, bases: true } satisfies ResolvedParams);
    expect(before?.text).toContain('YOLOv5CSPDarknet');
    expect(before?.text).not.toContain('mmdet.ResNet');
    await client.replace(uri, 'depth=50', 'depth=101');
    const typed: ResolvedResult = await client.connection.sendRequest(RESOLVED, { uri, bases: false } satisfies ResolvedParams);
    expect(typed?.text).toContain('depth=101');
    // And so does what is typed in the base.
    await client.replace(baseUri, 'lr_factor = 0.01', 'lr_factor = 0.02');
    const after: ResolvedResult = await client.connection.sendRequest(RESOLVED, { uri, bases: false } satisfies ResolvedParams);
    expect(after?.text).toContain('lr_factor = 0.02');
    expect(after?.text).toContain('lr_factor=0.02');
    await client.replace(baseUri, 'lr_factor = 0.02', 'lr_factor = 0.01');
  });

  test('what is typed counts at once, and goes when it is mended', async () => {
    await client.replace(uri, 'depth=50', 'depth=deep');
    expect(codes(await client.diagnostics(uri, d => d.length > 0))).toContain('undefined-name');
    await client.replace(uri, 'depth=deep', 'depth=50');
    expect(await client.diagnostics(uri, d => d.length === 0)).toEqual([]);
  });
});

describe('without the libraries', () => {
  test('can be stopped, tells how far it is, and detects with what was exported before', async () => {
    const root = join(workspace, 'demo');
    const { client } = await Client.start({ root, settings: { environment: false } });
    const config = join(root, 'shapes_yolov5_tiny.py');
    const params: DetectParams = { token: '1', config, image: join(root, 'images/meadow.jpg'), checkpoint: null, device: 'cpu' };
    const phases: string[] = [];
    // The first has everything to start, so there is time to stop it.
    const stop = new CancellationTokenSource();
    client.connection.onNotification(PROGRESS, (progress: DetectProgress) => {
      if (progress.token === '1') stop.cancel();
      else phases.push(progress.phase);
    });
    const stopped: Promise<DetectResult | DetectProblem> = client.connection.sendRequest(DETECT, params, stop.token);
    expect(
      await stopped.then(
        result => (result.kind === 'problem' ? result.code : result.kind),
        () => 'cancelled',
      ),
    ).toBe('cancelled');

    const result: DetectResult | DetectProblem = await client.connection.sendRequest(DETECT, { ...params, token: '2' });
    expect(result).toMatchObject({ kind: 'detections', width: 640, height: 480, provider: 'cpu', weights: { kind: 'exported' } });
    expect(phases.length).toBeGreaterThan(0);
    expect(await client.stop()).toBe(0);
  });
});

describe('in a folder without anything', () => {
  test('what is wrong in a base is shown there, and in the config that names it', async () => {
    const root = mkdtempSync(join(tmpdir(), 'necktie-lsp-'));
    const { client } = await Client.start({ root, settings: { environment: false } });
    const base = pathToFileURL(join(root, 'base.py')).href;
    const config = pathToFileURL(join(root, 'config.py')).href;
    writeFileSync(join(root, 'base.py'), "default_scope = 'mmdet'\nx = y\n");
    await client.open(config, "_base_ = './base.py'\nlr = 1\n");
    const [child] = await client.diagnostics(config, d => d.length > 0);
    expect(child?.message).toBe("In base.py: name 'y' is not defined");
    expect(child?.relatedInformation?.[0]?.location).toMatchObject({ uri: base, range: { start: { line: 1, character: 4 } } });
    await expect
      .poll(() => client.published(base).map(d => [d.code, d.range.start]))
      .toEqual([['undefined-name', { line: 1, character: 4 }]]);
    await client.write(config, 'lr = 1\n');
    await expect.poll(() => client.published(base)).toEqual([]);
    expect(await client.stop()).toBe(0);
    rmSync(root, { recursive: true });
  });

  test('a file that is no config is left alone', async () => {
    const root = mkdtempSync(join(tmpdir(), 'necktie-lsp-'));
    const { client } = await Client.start({ root, settings: { environment: false } });
    const program = pathToFileURL(join(root, 'train.py')).href;
    const config = pathToFileURL(join(root, 'config.py')).href;
    await client.open(program, 'def main(:\n');
    await client.open(config, "_base_ = './nowhere.py'\n");
    expect(codes(await client.diagnostics(config, d => d.length > 0))).toEqual(['base-not-found']);
    await expect(client.diagnostics(program, d => d.length > 0, 300)).rejects.toThrow();
    expect(await client.stop()).toBe(0);
    rmSync(root, { recursive: true });
  });
});

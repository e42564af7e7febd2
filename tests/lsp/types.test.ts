/** What the server says of types, with the libraries' sources at hand: what fits, what it takes, where it is defined, who uses it. */
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  CompletionRequest,
  DefinitionRequest,
  HoverRequest,
  type Position,
  ReferencesRequest,
  SignatureHelpRequest,
  WorkspaceSymbolRequest,
} from 'vscode-languageserver/node';
import { zoo } from '../zoo.ts';
import { Client } from './client.ts';

const workspace = fileURLToPath(new URL('../../configs', import.meta.url));
const SCOPE = "default_scope = 'mmyolo'\n";
const LAZY = 'from mmengine.config import read_base\nfrom mmdet.models.backbones.resnet import ResNet\n';

describe('types', () => {
  let client: Client;
  let count = 0;
  beforeAll(async () => {
    ({ client } = await Client.start({ root: workspace, settings: { sitePackages: [zoo] } }));
  });
  afterAll(async () => expect(await client.stop()).toBe(0));

  /** Opens a file of this text; the cursor stands at `$0`. */
  async function at(text: string): Promise<{ readonly textDocument: { readonly uri: string }; readonly position: Position }> {
    const uri = pathToFileURL(`${workspace}/types_${count++}.py`).href;
    const before = text.slice(0, text.indexOf('$0')).split('\n');
    await client.open(uri, text.replace('$0', ''));
    return { textDocument: { uri }, position: { line: before.length - 1, character: before.at(-1)?.length ?? 0 } };
  }

  test('completion writes the import that a library needs, and is asked for again with the next letter', async () => {
    const list = await client.connection.sendRequest(
      CompletionRequest.type,
      await at(`${SCOPE}model = dict(backbone=dict(type='ConvNe$0'))`),
    );
    if (!list || Array.isArray(list)) throw new Error('a list was expected');
    expect(list.isIncomplete).toBe(true);
    const item = list.items.find(({ label }) => label === 'mmpretrain.ConvNeXt');
    expect(item?.additionalTextEdits?.[0]?.newText).toBe(
      "custom_imports = dict(imports=['mmpretrain.models'], allow_failed_imports=False)\n",
    );
    expect(JSON.stringify(item?.documentation)).toContain('mmpretrain 1.2.0');
  });
  test.each([
    ['a type', `${SCOPE}model = dict(backbone=dict(type='mmdet.Res$0Net'))`, ['mmdet 3.3.0', 'depth,', 'ResNet backbone']],
    ['an argument', `${SCOPE}model = dict(backbone=dict(type='mmdet.ResNet', de$0pth=50))`, ['of `ResNet` (mmdet)', 'Depth of resnet']],
    ['a class of lazy style', `${LAZY}model = dict(backbone=dict(type=Res$0Net))`, ['mmdet 3.3.0', 'depth,']],
  ])('hover on %s', async (_, text, parts) => {
    const hover = JSON.stringify(await client.connection.sendRequest(HoverRequest.type, await at(text)));
    for (const part of parts) expect(hover).toContain(part);
  });
  test.each([
    ['a type', `${SCOPE}model = dict(backbone=dict(type='mmdet.Res$0Net'))`, '/mmdet/models/backbones/resnet.py'],
    ['an argument', `${SCOPE}model = dict(backbone=dict(type='mmdet.ResNet', de$0pth=50))`, '/mmdet/models/backbones/resnet.py'],
    [
      "an argument of a base's",
      `${SCOPE}p_pipeline = [dict(type='YOLOv5KeepRatioResize', back$0end='cv2')]`,
      '/mmcv/transforms/processing.py',
    ],
    ['a class of lazy style', `${LAZY}model = dict(backbone=dict(type=Res$0Net))`, '/mmdet/models/backbones/resnet.py'],
  ])('definition of %s', async (_, text, file) => {
    const places = JSON.stringify(await client.connection.sendRequest(DefinitionRequest.type, await at(text)));
    expect(places).toContain(file);
  });
  test.each([
    ['a number', `${SCOPE}model = dict(backbone=dict(type='mmdet.ResNet', depth=5$0))`, 'depth'],
    ['a tuple', `${SCOPE}model = dict(backbone=dict(type='mmdet.ResNet', depth=50, out_indices=(0, $0)))`, 'out_indices'],
  ])('signature help in %s', async (_, text, active) => {
    const help = await client.connection.sendRequest(SignatureHelpRequest.type, await at(text));
    const [signature] = help?.signatures ?? [];
    const label = signature?.parameters?.[help?.activeParameter ?? 0]?.label;
    if (!signature || !Array.isArray(label)) throw new Error('a signature was expected');
    expect(signature.label.slice(...label)).toMatch(new RegExp(`^${active}\\b`));
  });
  test('all configs that use a type', async () => {
    const place = await at(`${SCOPE}model = dict(type='YOLODet$0ector')`);
    const found = await client.connection.sendRequest(ReferencesRequest.type, { ...place, context: { includeDeclaration: true } });
    const files = found?.map(({ uri }) => uri.slice(uri.lastIndexOf('/') + 1));
    expect(files).toEqual(expect.arrayContaining(['yolo_detector.py', 'yolov5_s-v61_syncbn_8xb16-300e_coco.py']));
  });
  test('types by their names', async () => {
    const found = await client.connection.sendRequest(WorkspaceSymbolRequest.type, { query: 'cspnextpafpn' });
    expect(found?.map(({ name }) => name)).toContain('CSPNeXtPAFPN');
  });
});

/** A workspace that changes under the server's feet: files on disk, folders, settings, JSON and YAML, and many configs on one base. */
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  CompletionRequest,
  type Diagnostic,
  DidChangeConfigurationNotification,
  DocumentLinkRequest,
  DocumentSymbolRequest,
  FileChangeType,
  HoverRequest,
  ReferencesRequest,
} from 'vscode-languageserver/node';
import { Client } from './client.ts';

let root: string;
let client: Client;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'necktie-workspace-'));
  ({ client } = await Client.start({ root, settings: { environment: false } }));
});
afterEach(async () => {
  expect(await client.stop()).toBe(0);
  rmSync(root, { recursive: true });
});

const uriOf = (name: string): string => pathToFileURL(join(root, name)).href;
function put(name: string, text: string): string {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), text);
  return uriOf(name);
}
async function open(name: string, text: string, language = 'python'): Promise<string> {
  const uri = put(name, text);
  await client.open(uri, text, language);
  return uri;
}
const codes = (found: readonly Diagnostic[]): readonly unknown[] => found.map(d => d.code);
const shows = (uri: string, ...wanted: readonly string[]) =>
  client.diagnostics(uri, found => JSON.stringify(codes(found)) === JSON.stringify(wanted));

describe('files on disk', () => {
  test('a base that changes, goes, and comes again', async () => {
    const base = put('configs/base.py', 'lr = 1\n');
    const child = await open('configs/child.py', "_base_ = './base.py'\nx = _base_.lr\n");
    await shows(child);
    put('configs/base.py', 'rate = 1\n');
    await client.touched([{ uri: base, type: FileChangeType.Changed }]);
    expect((await client.diagnostics(child, d => d.length > 0)).map(d => d.message).join()).toContain('lr');
    rmSync(join(root, 'configs/base.py'));
    await client.touched([{ uri: base, type: FileChangeType.Deleted }]);
    await client.diagnostics(child, d => codes(d).includes('base-not-found'));
    put('configs/base.py', 'lr = 1\n');
    await client.touched([{ uri: base, type: FileChangeType.Created }]);
    await shows(child);
  });

  test('a folder that goes and is found under another name', async () => {
    put('configs/_base_/a.py', 'lr = 1\n');
    const child = await open('configs/child.py', "_base_ = './_base_/a.py'\n");
    await shows(child);
    renameSync(join(root, 'configs/_base_'), join(root, 'configs/common'));
    await client.touched([{ uri: uriOf('configs/_base_'), type: FileChangeType.Deleted }]);
    await shows(child, 'base-not-found');
    await client.replace(child, '_base_/a', 'common/a');
    await shows(child);
    // The whole workspace may go: what is open is told all the same, and comes back with it.
    rmSync(join(root, 'configs'), { recursive: true });
    await client.touched([{ uri: uriOf('configs'), type: FileChangeType.Deleted }]);
    await shows(child, 'base-not-found');
    put('configs/common/a.py', 'lr = 1\n');
    await client.touched([{ uri: uriOf('configs/common/a.py'), type: FileChangeType.Created }]);
    await shows(child);
  });

  test('a module that registers a type after it was saved', async () => {
    const config = await open(
      'configs/a.py',
      "default_scope = 'mmdet'\ncustom_imports = dict(imports=['my_net'])\nmodel = dict(type='MyNet', colour=3)\n",
    );
    const before = await client.diagnostics(config, () => true);
    const module = put(
      'my_net.py',
      'from mmdet.registry import MODELS\n\n\n@MODELS.register_module()\nclass MyNet:\n    def __init__(self, size):\n        pass\n',
    );
    await client.touched([{ uri: module, type: FileChangeType.Created }]);
    await client.diagnostics(config, d => codes(d).includes('unknown-argument'));
    expect(codes(before)).not.toContain('unknown-argument');
  });

  test('settings that change', async () => {
    const config = await open('configs/a.py', 'lr = rate\n');
    await shows(config, 'undefined-name');
    const set = (severities: object) =>
      client.connection.sendNotification(DidChangeConfigurationNotification.type, {
        settings: { necktie: { environment: false, severities } },
      });
    await set({ 'undefined-name': 'off' });
    await shows(config);
    await set({ 'undefined-name': 'hint' });
    expect((await shows(config, 'undefined-name'))[0]?.severity).toBe(4);
  });
});

describe('many configs on one base', () => {
  test('an edit of the base is told in all of them, and a request does not wait', async () => {
    const base = await open('configs/base.py', 'lr = 1\nmodel = dict(type=None)\n');
    const children: string[] = [];
    for (let i = 0; i < 40; i++) children.push(await open(`configs/c${i}.py`, `_base_ = './base.py'\nx${i} = _base_.lr\n`));
    for (const child of children) await shows(child);
    await client.replace(base, 'lr = 1', 'rate = 1');
    const last = children.at(-1) ?? '';
    const position = client.position(last, 'lr');
    const [hover] = await Promise.all([
      client.connection.sendRequest(HoverRequest.type, { textDocument: { uri: last }, position }),
      ...children.map(child => client.diagnostics(child, d => d.length > 0)),
    ]);
    expect(hover).toBeDefined();
    await client.replace(base, 'rate = 1', 'lr = 1');
    await Promise.all(children.map(child => shows(child)));
  });

  test('who overrides its key, also in files that are not open, also after one was changed', async () => {
    const base = await open('configs/base.py', 'model = dict(neck=dict(width=1))\n');
    put('configs/a/b.py', "_base_ = ['../base.py']\nmodel = dict(neck=dict(width=2))\n");
    put('configs/a/c.py', "_base_ = '../base.py'\nlr = 1\n");
    put('configs/other.py', 'model = dict(neck=dict(width=2))\n');
    put('configs/d.yaml', '_base_: ./a/b.py\nmodel:\n  neck:\n    width: 3\n');
    const ask = async () => {
      const found = await client.connection.sendRequest(ReferencesRequest.type, {
        textDocument: { uri: base },
        position: client.position(base, 'width'),
        context: { includeDeclaration: false },
      });
      return found?.map(({ uri, range }) => `${uri.slice(uriOf('').length + 1)}:${range.start.line + 1}`).sort();
    };
    expect(await ask()).toEqual(['configs/a/b.py:2', 'configs/d.yaml:4']);
    put('configs/a/c.py', "_base_ = '../base.py'\nmodel = dict(neck=dict(width=4))\n");
    rmSync(join(root, 'configs/d.yaml'));
    expect(await ask()).toEqual(['configs/a/b.py:2', 'configs/a/c.py:2']);
  });
});

describe('JSON and YAML', () => {
  test('a config by its keys has diagnostics and features', async () => {
    put('configs/base.json', '{"default_scope": "mmdet", "model": {"type": "YOLOX", "neck": {"width": 1}}}');
    const text = '{\n  "_base_": "./base.json",\n  "model": {"neck": {"width": 2, "_delete_": 5}}\n}\n';
    const config = await open('configs/a.json', text, 'json');
    await shows(config);
    const at = { textDocument: { uri: config } };
    const hover = await client.connection.sendRequest(HoverRequest.type, { ...at, position: client.position(config, '"width"') });
    expect(JSON.stringify(hover?.contents)).toContain('model.neck.width');
    const links = await client.connection.sendRequest(DocumentLinkRequest.type, at);
    expect(links?.map(l => l.target)).toEqual([uriOf('configs/base.json')]);
    const symbols = await client.connection.sendRequest(DocumentSymbolRequest.type, at);
    expect(symbols?.map(s => s.name)).toContain('model');
    expect(await client.connection.sendRequest(CompletionRequest.type, { ...at, position: client.position(config, '2,') })).toMatchObject({
      items: [],
    });
    await client.replace(config, './base.json', './nowhere.json');
    await client.diagnostics(config, d => codes(d).includes('base-not-found'));
  });
  test('a YAML config whose base is a config in Python', async () => {
    put('configs/base.py', "default_scope = 'mmdet'\nlr = 1\n");
    const config = await open('configs/a.yaml', '_base_: ./base.py\nlr: 2\n', 'yaml');
    await shows(config);
    await client.replace(config, './base.py', '[./base.py, ./gone.py]');
    await client.diagnostics(config, d => codes(d).includes('base-not-found'));
  });

  const FOREIGN: readonly (readonly [name: string, language: string, text: string])[] = [
    ['package.json', 'json', '{"name": "x", "version": 1, "model": {"type": "no"}, }'],
    ['configs/annotations.json', 'json', '{"images": [], "annotations": [], "categories": [{"id": 1}]'],
    [
      'configs/hydra.yaml',
      'yaml',
      'defaults:\n  - model: x\nmodel:\n  type: Nothing\ntrain_dataloader: imagenet\nval_dataloader: imagenet\n',
    ],
    ['configs/paddle.yml', 'yaml', "_base_: './gone.yml'\nmodel:\n  type: OCRNet\noptimizer:\n  type: sgd\nbatch_size: 2\n"],
    ['.github/workflows/ci.yaml', 'yaml', 'on: push\njobs:\n  test: {runs-on: x\n'],
    ['configs/detectron.yaml', 'yaml', '_BASE_: "./gone.yaml"\nMODEL:\n  WEIGHTS: x\n'],
    ['docker-compose.yml', 'yaml', 'services:\n  a: *b\n'],
  ];
  test('files of other programs are left alone', async () => {
    const uris: string[] = [];
    for (const [name, language, text] of FOREIGN) uris.push(await open(name, text, language));
    // Asked after them, answered after them.
    await shows(await open('configs/a.py', 'lr = rate\n'), 'undefined-name');
    expect(uris.map(uri => client.published(uri))).toEqual(uris.map(() => []));
  });
});

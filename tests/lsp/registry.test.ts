/** What is registered changes while the editor is open: a module that is being written, a package that pip installs; and what is told of a type when it is looked at. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CompletionRequest, CompletionResolveRequest, type Diagnostic } from 'vscode-languageserver/node';
import { Client } from './client.ts';

let root: string;
let client: Client;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'necktie-registry-'));
  put('site/mmengine/__init__.py', '');
  put('site/mmengine/registry.py', "class Registry:\n    pass\nMODELS = Registry('model')\n");
  mkdirSync(join(root, 'ws'));
  ({ client } = await Client.start({
    root: join(root, 'ws'),
    settings: { sitePackages: [join(root, 'site')] },
    capabilities: { textDocument: { completion: { completionItem: { resolveSupport: { properties: ['documentation'] } } } } },
  }));
});
afterEach(async () => {
  expect(await client.stop()).toBe(0);
  rmSync(root, { recursive: true });
});

function put(name: string, text: string): string {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), text);
  return pathToFileURL(join(root, name)).href;
}
async function open(name: string, text: string): Promise<string> {
  const uri = put(name, text);
  await client.open(uri, text);
  return uri;
}
const net = (argument: string): string =>
  `from mmengine.registry import MODELS\n\n\n@MODELS.register_module()\nclass MyNet:\n    """A net of mine.\n    """\n\n    def __init__(self, ${argument}=1):\n        pass\n`;
const refuses = (name: string) => (found: readonly Diagnostic[]) =>
  found.some(({ code, message }) => code === 'unknown-argument' && String(message).includes(`no \`${name}\``));
const CONFIG =
  "default_scope = 'mmengine'\ncustom_imports = dict(imports=['nets.my_net'], allow_failed_imports=False)\nmodel = dict(backbone=dict(type='MyNet', width=3))\n";

test('an argument that is renamed in a module that is not saved', async () => {
  const module = await open('ws/nets/my_net.py', net('width'));
  const config = await open('ws/configs/a.py', CONFIG);
  await client.diagnostics(config, found => found.length === 0);
  await client.replace(module, 'width', 'wide');
  await client.diagnostics(config, refuses('width'));
  await client.replace(module, 'wide', 'width');
  await client.diagnostics(config, found => found.length === 0);
});

test('a package that is installed, and removed again', async () => {
  const config = await open(
    'ws/configs/a.py',
    "default_scope = 'mmshapes'\nmodel = dict(backbone=dict(type='mmshapes.Square', width=3))\n",
  );
  await client.diagnostics(config, () => true);
  put('site/mmshapes/__init__.py', "__version__ = '1.0'\n");
  put('site/mmshapes/registry.py', "from mmengine.registry import MODELS as ROOT, Registry\nMODELS = Registry('model', parent=ROOT)\n");
  put('site/mmshapes/nets.py', net('side').replace('mmengine.registry', 'mmshapes.registry').replace('MyNet', 'Square'));
  put('site/mmshapes-1.0.dist-info/METADATA', 'Name: mmshapes\nVersion: 1.0\n');
  await client.diagnostics(config, refuses('width'));
  rmSync(join(root, 'site/mmshapes'), { recursive: true });
  rmSync(join(root, 'site/mmshapes-1.0.dist-info'), { recursive: true });
  await client.diagnostics(config, found => found.every(({ code }) => code !== 'unknown-argument'));
});

test('a type’s documentation, when it is looked at', async () => {
  put('ws/nets/my_net.py', net('width'));
  const uri = await open('ws/configs/a.py', CONFIG);
  const list = await client.connection.sendRequest(CompletionRequest.type, {
    textDocument: { uri },
    position: client.position(uri, "type='My", true),
  });
  const items = Array.isArray(list) ? list : (list?.items ?? []);
  const item = items.find(({ label }) => label === 'MyNet');
  if (!item) throw new Error('MyNet is not offered');
  expect(item.documentation).toBeUndefined();
  const { documentation } = await client.connection.sendRequest(CompletionResolveRequest.type, item);
  expect(JSON.stringify(documentation)).toContain('A net of mine.');
});

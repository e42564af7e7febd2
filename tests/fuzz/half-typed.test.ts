/** Configs as they are in the middle of an edit, and in the middle of an accident: nothing throws, nothing hangs, every answer lies in the text, and undoing undoes. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { canonical } from '../../server/config/canonical.ts';
import type { ResolvedConfig } from '../../server/config/resolved.ts';
import { completion } from '../../server/features/completion.ts';
import { definitionAt } from '../../server/features/definition.ts';
import { hoverAt } from '../../server/features/hover.ts';
import { linksIn } from '../../server/features/links.ts';
import { assets } from '../../server/project/assets.ts';
import { NodeHost } from '../../server/project/node-host.ts';
import { Project } from '../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../server/project/settings.ts';
import type { Site } from '../../server/python/value.ts';
import { loadUsage } from '../../server/registry/usage.ts';
import type { Diagnostic } from '../../server/rules/diagnostic.ts';
import { zoo } from '../zoo.ts';
import { type Chance, chance, fuzz } from './seeded.ts';

const samples = fileURLToPath(new URL('../../configs', import.meta.url));
const FROM_ZOO = 40;

/** Few of the libraries' own are written so. */
const OTHER_STYLES = {
  'lazy_base.py': `from mmengine.optim import OptimWrapper
from torch.optim import SGD

base_lr = 0.01
optim_wrapper = dict(type=OptimWrapper, optimizer=dict(type=SGD, lr=base_lr, momentum=0.9))
model = dict(backbone=dict(depth=50, out_indices=(1, 2, 3)), neck=dict(in_channels=[512, 1024, 2048]))
`,
  'lazy.py': `from mmengine.config import read_base
from mmdet.models import FPN

with read_base():
    from .lazy_base import *

model.update(dict(neck=dict(type=FPN, in_channels=[c // 2 for c in model.neck.in_channels], out_channels=256, num_outs=5)))
optim_wrapper.optimizer.lr = base_lr / 10
for name in ('a', 'b'):
    model[name] = f'{name}: {base_lr:.3f}'
`,
  'config.json': `{
  "_base_": ["./other.yaml"],
  "model": {"type": "YOLODetector", "backbone": {"type": "mmdet.ResNet", "depth": 50, "out_indices": [1, 2, 3]}},
  "lr": 1e-3, "name": "\u00e9 {{ fileBasename }}", "none": null, "yes": true
}
`,
  'other.yaml': `default_scope: mmyolo
model:
  neck: &neck
    type: YOLOv5PAFPN
    in_channels: [256, 512, 1024]
  head: {<<: *neck, widen_factor: 0.5}
text: |
  several
  lines
none: ~
`,
};

const host = new NodeHost();
let project: Project;
let files: readonly string[];
beforeAll(async () => {
  const settings = { ...DEFAULT_SETTINGS, sitePackages: [zoo] };
  project = await Project.open(host, { roots: [samples], settings, env: {}, cancel: new Int32Array(1), models: false });
  const libraries = ['mmyolo', 'mmdet', 'mmpretrain'].flatMap(library => pythonIn(join(zoo, library, '.mim/configs')));
  const dice = chance(8);
  if (!libraries.length) throw new Error(`no configs of libraries in ${zoo}`);
  for (const [name, text] of Object.entries(OTHER_STYLES)) host.overlay(`/fuzz/${name}`, text);
  files = [
    ...pythonIn(samples),
    ...Object.keys(OTHER_STYLES).map(name => `/fuzz/${name}`),
    ...Array.from({ length: FROM_ZOO }, () => dice.pick(libraries)),
  ];
}, 120_000);

const pythonIn = (folder: string): readonly string[] =>
  host.kind(folder) === 'folder'
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter(name => name.endsWith('.py'))
        .sort()
        .map(name => join(folder, name))
    : [];

test('edits and accidents', { timeout: 300_000 }, () =>
  fuzz({ seed: 1000, count: 250 }, (dice, notes) => {
    const file = dice.pick(files);
    const original = host.read(file) ?? '';
    const before = told(file);
    const text = changed(original, dice);
    Object.assign(notes, { file, text });
    const undo = host.lay(file, text);
    try {
      look(file, text, dice);
      // Typed on, with what is remembered of the text before.
      const further = changed(text, dice);
      notes['text'] = further;
      host.overlay(file, further);
      look(file, further, dice);
    } finally {
      undo();
    }
    expect(told(file)).toEqual(before);
  }),
);

/** All that is said of a file, as plain data. */
function told(file: string): unknown {
  const { value, problems, chain, ok } = project.config(file);
  return { value: canonical(value), problems, chain, ok, diagnostics: project.configDiagnostics(file) };
}

function look(file: string, text: string, dice: Chance): void {
  const strict = file.endsWith('.py') ? project.configs.parse(text) : null;
  const config = project.config(file);
  if (strict?.kind === 'error') {
    isWithin(text, strict.span.start, strict.span.end);
    expect(config.problems.filter(p => p.kind === 'syntax-error' && p.site.file === file).length).toBeGreaterThan(0);
  }
  canonical(config.value);
  areSound(config, project.configDiagnostics(file));
  for (const { start, end } of linksIn(project, file)) isWithin(text, start, end);
  for (let i = 0; i < 3; i++) {
    const offset = dice.below(text.length + 1);
    const items = completion({
      text,
      offset,
      config: project.readable(file),
      registry: project.registry,
      usage: loadUsage(assets.facts),
      file,
      list: folder => host.list(folder),
    });
    for (const { range } of items) {
      isWithin(text, range.start, range.end);
      expect(range.start <= offset && offset <= range.end, `completion at ${offset} replaces ${range.start} to ${range.end}`).toBe(true);
    }
    const hovered = hoverAt(project, file, offset, { verdict: null, sizes: [] }, ({ file: to, line }) => `${to}:${line}`);
    if (hovered) isWithin(text, hovered.start, hovered.end);
    for (const site of definitionAt(project, file, offset)) isSite(site);
  }
}

function areSound({ problems, file }: ResolvedConfig, diagnostics: readonly Diagnostic[]): void {
  for (const { site, message, related } of problems) {
    for (const s of [site, ...related.map(r => r.site)]) isSite(s);
    isSentence(message);
  }
  for (const { site, message, related, fixes } of diagnostics) {
    isSentence(message);
    for (const s of [site, ...related.map(r => r.site)]) isSite(s);
    for (const { edits } of fixes) for (const e of edits) isWithin(host.read(e.file) ?? '', e.start, e.end);
  }
  expect(diagnostics.some(d => d.site.file === '')).toBe(false);
  expect(file).not.toBe('');
}

const isSentence = (message: string): void => expect(message).not.toMatch(/^\s*$|\bundefined\b|\[object |NaN/);
const isSite = (site: Site): void => isWithin(host.read(site.file) ?? '', site.start, site.end);
function isWithin(text: string, start: number, end: number): void {
  if (!(start >= 0 && start <= end && end <= text.length)) throw new Error(`${start} to ${end} of a text of ${text.length}`);
}

/** What is typed in the wrong place, now and then. */
const TYPED = [
  ...'()[]{}\'",:=.#\\\n\t *@_-0a',
  '"""',
  "'''",
  '{{',
  '}}',
  '{{ fileDirname }}',
  '{{_base_.model}}',
  '_base_.',
  'dict(',
  '=',
  '**',
];
const RARE = [
  'lambda: ',
  'é',
  '漢',
  '\u{1f600}',
  '\r\n',
  '\0',
  '\u2028',
  'f"{',
  'import ',
  'with read_base():\n    ',
  'del ',
  '1e999',
  '-',
  'None',
  '_delete_=True',
];

function changed(text: string, dice: Chance): string {
  const times = 1 + dice.below(3);
  let out = text;
  for (let i = 0; i < times; i++) out = dice.pick(CHANGES)(out, dice);
  return out;
}

const CHANGES: readonly ((text: string, dice: Chance) => string)[] = [
  // Not typed on yet.
  (text, dice) => text.slice(0, dice.below(text.length + 1)),
  // Without a bracket or a quote.
  (text, dice) => without(text, /[()[\]{}'",]/g, dice),
  // Without a token.
  (text, dice) => without(text, /\w+|[^\s\w]/g, dice),
  (text, dice) => insert(text, dice.pick(TYPED), dice),
  (text, dice) => insert(text, dice.pick(RARE), dice),
  // Without some characters.
  (text, dice) => {
    const at = dice.below(text.length + 1);
    return text.slice(0, at) + text.slice(at + dice.below(30));
  },
  // Two lines change places.
  (text, dice) => {
    const lines = text.split('\n');
    const [a, b] = [dice.below(lines.length), dice.below(lines.length)];
    [lines[a], lines[b]] = [lines[b] ?? '', lines[a] ?? ''];
    return lines.join('\n');
  },
  // A line twice, at another depth.
  (text, dice) => {
    const lines = text.split('\n');
    const at = dice.below(lines.length);
    lines.splice(dice.below(lines.length), 0, `${' '.repeat(dice.below(6))}${lines[at]?.trim() ?? ''}`);
    return lines.join('\n');
  },
];

function without(text: string, what: RegExp, dice: Chance): string {
  const all = [...text.matchAll(what)];
  if (!all.length) return text;
  const { index, 0: found } = dice.pick(all);
  return text.slice(0, index) + text.slice(index + found.length);
}
function insert(text: string, what: string, dice: Chance): string {
  const at = dice.below(text.length + 1);
  return text.slice(0, at) + what + text.slice(at);
}

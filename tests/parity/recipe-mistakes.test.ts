/**
 * Mistakes of data and pipelines beside what repairs them (`tests/data/recipe-mistakes.txt`), as several libraries and users write them: through bases, variables, lazily,
 * with modules of their own. Each is told once, in the file that made it, and no longer when it is repaired; and a fix that is offered repairs it.
 */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { NodeHost } from '../../server/project/node-host.ts';
import { Project } from '../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../server/project/settings.ts';
import type { Diagnostic } from '../../server/rules/diagnostic.ts';
import { edited } from '../../server/rules/edited.ts';
import { zoo } from '../zoo.ts';

interface Mistake {
  readonly code: string;
  readonly name: string;
  readonly files: readonly (readonly [path: string, text: string])[];
}

const mistakes = readFileSync(new URL('../data/recipe-mistakes.txt', import.meta.url), 'utf8')
  .split(/^=== /m)
  .slice(1)
  .map((chunk): Mistake => {
    const [head = '', ...files] = chunk.split(/^--- /m);
    const [code = '', name = ''] = head.split('\n');
    const textOf = (file: string): string => `${file.slice(file.indexOf('\n') + 1).trimEnd()}\n`;
    return { code, name: name.replace('%% ', ''), files: files.map(file => [file.split('\n')[0] ?? '', textOf(file)]) };
  });

const host = new NodeHost();
let project: Project;

type Side = 'wrong' | 'right';
const sided = (text: string, side: Side): string => text.replace(/<<(.*?)\|\|(.*?)>>/gs, side === 'wrong' ? '$1' : '$2');
/** Each in a folder of its own. */
const pathOf = (index: number, path = mistakes[index]?.files.at(-1)?.[0] ?? ''): string => `/mistakes/${index}/${path}`;

beforeAll(async () => {
  for (const [index, { files }] of mistakes.entries())
    for (const [path, text] of files) host.overlay(pathOf(index, path), sided(text, 'wrong'));
  project = await Project.open(host, {
    roots: ['/mistakes'],
    settings: { ...DEFAULT_SETTINGS, sitePackages: [zoo], configFiles: ['*.py'] },
    env: {},
    cancel: new Int32Array(1),
    models: false,
  });
});

/** What is told of a text in the place of the last file's. */
function told(index: number, text: string): readonly Diagnostic[] {
  const restore = host.lay(pathOf(index), text);
  try {
    return project.check(pathOf(index)).diagnostics;
  } finally {
    restore();
  }
}

describe.each(mistakes.map((mistake, index) => ({ ...mistake, index })))('$code: $name', ({ code, index, files }) => {
  const text = files.at(-1)?.[1] ?? '';
  test('is told once, and no longer when it is repaired', () => {
    const found = told(index, sided(text, 'wrong'));
    expect(found.map(one => one.code)).toEqual(code === 'none' ? [] : [code]);
    for (const { site } of found) expect(site.file).toBe(pathOf(index));
    expect(told(index, sided(text, 'right'))).toEqual([]);
  });
  test('its fixes repair it', () => {
    const wrong = sided(text, 'wrong');
    for (const { title, edits } of told(index, wrong).flatMap(({ fixes }) => fixes))
      expect({ title, left: told(index, edited(wrong, edits)).map(one => one.code) }).toEqual({ title, left: [] });
  });
});

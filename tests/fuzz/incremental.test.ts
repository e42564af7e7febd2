/**
 * What the rules of the config say after many edits is what they say to somebody who opens the file as it then is: whatever is kept from one text to the next (values,
 * what is alike, types that were looked up) is kept rightly. Random edits of official configs, one after another, each some time compared with a project of its own.
 * `NECKTIE_FULL=1` takes a hundred configs.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NodeHost } from '../../server/project/node-host.ts';
import { Project } from '../../server/project/project.ts';
import { DEFAULT_SETTINGS } from '../../server/project/settings.ts';
import { zoo } from '../zoo.ts';
import { type Chance, fuzz } from './seeded.ts';

const FULL = process.env['NECKTIE_FULL'] === '1';
const CONFIGS = FULL ? 100 : 5;
/** Of one config, one after another; and how many of them are compared. */
const EDITS = 8;
const COMPARED = 2;

const cache = mkdtempSync(join(tmpdir(), 'necktie-incremental-'));
const host = new NodeHost();
let lasting: Project;
let configs: readonly string[];
const open = (over: NodeHost): Promise<Project> =>
  Project.open(over, {
    roots: [join(zoo, 'mmdet/.mim/configs')],
    settings: { ...DEFAULT_SETTINGS, sitePackages: [zoo] },
    // What was read of the libraries is kept for the next project.
    env: { XDG_CACHE_HOME: cache },
    cancel: new Int32Array(1),
    models: false,
  });
beforeAll(async () => {
  lasting = await open(host);
  configs = ['mmyolo', 'mmdet', 'mmpretrain'].flatMap(library => {
    const folder = join(zoo, library, '.mim/configs');
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    return names.filter(name => name.endsWith('.py')).map(name => join(folder, name));
  });
  configs = configs.toSorted();
}, 120_000);
afterAll(() => rmSync(cache, { recursive: true, force: true }));

test('after edits as when it is opened', { timeout: 7_200_000 }, () =>
  fuzz({ seed: 5100, count: CONFIGS }, async (dice, notes) => {
    const file = dice.pick(configs);
    const original = host.read(file) ?? '';
    const before = told(lasting, file);
    const compared = new Set(Array.from({ length: COMPARED }, () => dice.below(EDITS)));
    let text = original;
    for (let n = 0; n < EDITS; n++) {
      text = edited(text, dice);
      host.overlay(file, text);
      const found = told(lasting, file);
      if (!compared.has(n)) continue;
      Object.assign(notes, { file, edit: n, text });
      const alone = new NodeHost();
      alone.overlay(file, text);
      const project = await open(alone);
      expect(found).toEqual(told(project, file));
      project.writeCaches();
    }
    host.overlay(file, null);
    expect(told(lasting, file)).toEqual(before);
  }),
);

const told = (project: Project, file: string): readonly string[] => project.configDiagnostics(file).map(one => JSON.stringify(one));

/** As people edit: a line twice, gone, behind the next; another number, another text, a slip in a name; a comment. */
function edited(text: string, dice: Chance): string {
  const lines = text.split('\n');
  const at = dice.below(lines.length);
  const line = lines[at] ?? '';
  switch (dice.below(7)) {
    case 0:
      return lines.toSpliced(at, 1).join('\n');
    case 1:
      return lines.toSpliced(at, 0, line).join('\n');
    case 2:
      return lines.toSpliced(at, 2, lines[at + 1] ?? '', line).join('\n');
    case 3:
      return lines.toSpliced(at, 0, '# by the way').join('\n');
    case 4:
      return replaced(text, /\b\d+\b/g, dice, number => String(Number(number) + 1));
    case 5:
      return replaced(text, /'[^'\n]*'/g, dice, () => dice.pick(["'SGD'", "'bbox'", "'ResNet'", "'img'", "''"]));
    default:
      return replaced(text, /\b[a-z_]{4,}(?==)/g, dice, name => name.slice(0, 2) + name.slice(3));
  }
}

function replaced(text: string, pattern: RegExp, dice: Chance, by: (found: string) => string): string {
  const all = [...text.matchAll(pattern)];
  const one = all[dice.below(all.length)];
  return one ? text.slice(0, one.index) + by(one[0]) + text.slice(one.index + one[0].length) : text;
}

/** What mmengine 0.10.7 makes of small configs: `tests/data/config/*.cases`, where `==>` is what the real one answered, under CPython 3.11. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { canonical } from '../../../server/config/canonical.ts';
import { ROOT, workspace } from './workspace.ts';

interface Case {
  readonly name: string;
  /** The last is the config; the others are what it needs. */
  readonly files: readonly (readonly [name: string, text: string])[];
  readonly expected: string;
}

const folder = fileURLToPath(new URL('../../data/config/', import.meta.url));

for (const file of readdirSync(folder).filter(f => f.endsWith('.cases'))) {
  describe(basename(file, '.cases'), () => {
    for (const { name, files, expected } of casesIn(readFileSync(folder + file, 'utf8'))) {
      test(name, () => {
        const { resolve } = workspace(Object.fromEntries(files), { NECKTIE_SET: 'from the environment' });
        const config = resolve(files.at(-1)?.[0] ?? '');
        const [first] = config.problems;
        if (expected.startsWith('!')) {
          expect(first && `${first.errorType}: ${first.message}`).toEqual(
            sameSentence(expected.slice(1).replaceAll('$DIR', ROOT).replaceAll('\\n', '\n'), first?.message),
          );
          expect(config.ok).toBe(false);
        } else {
          expect(config.problems).toEqual([]);
          expect(canonical(config.value)).toEqual(JSON.parse(expected));
        }
      });
    }
  });
}

/** The parsers are not CPython's and PyYAML's: of a fault of syntax, the kind is compared and not the words. */
function sameSentence(expected: string, ours = ''): string {
  const [type] = expected.split(':');
  return type === 'SyntaxError' || type === 'ParserError' ? `${type}: ${ours}` : expected;
}

function casesIn(text: string): readonly Case[] {
  return text
    .split(/^=== /m)
    .slice(1)
    .map(chunk => {
      const [source = '', expected = ''] = chunk.split(/^==> /m);
      const [name = '', ...parts] = source.split(/^--- /m);
      const files = parts.map(part => [part.slice(0, part.indexOf('\n')), part.slice(part.indexOf('\n') + 1)] as const);
      return { name: name.trim(), files, expected: expected.replace(/\n+$/, '') };
    });
}

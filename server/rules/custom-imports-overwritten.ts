/** A second `custom_imports` takes the place of the first, in a base or further up: lists are replaced, never joined. */
import { textFrom, textsFrom } from '../config/from-value.ts';
import { originAt, valueAt } from '../config/origins.ts';
import type { Origin } from '../config/resolved.ts';
import { isWhole } from '../config/whole.ts';
import type { Site } from '../python/value.ts';
import type { Fix } from './diagnostic.ts';
import type { ConfigContext, ConfigRule, Finding } from './rule.ts';

const PATH = ['custom_imports', 'imports'];

export const customImportsOverwritten: ConfigRule = {
  code: 'custom-imports-overwritten',
  severity: 'warning',
  summary: '`custom_imports` replaces that of a base',
  needs: 'config',
  check(context) {
    const { config } = context;
    const origin = originAt(config, PATH);
    const now = modules(context);
    if (!isWhole(config) || !origin || origin.value.file !== config.file || !now) return [];
    const lost = earlier(context).flatMap(({ site, names }) => names.filter(name => !now.includes(name)).map(name => ({ site, name })));
    const names = [...new Set(lost.map(({ name }) => name))];
    if (!names.length) return [];
    const told = names.map(name => `\`${name}\``).join(', ');
    return [
      {
        site: origin.key,
        message: `This replaces the imports before it: ${told} ${names.length > 1 ? 'are' : 'is'} not imported any more, and what ${names.length > 1 ? 'they register' : 'it registers'} is unknown.`,
        related: lost.slice(0, 5).map(({ site, name }) => ({ site, message: `\`${name}\` is imported here` })),
        fixes: fixes(context, origin, names),
      } satisfies Finding,
    ];
  },
};

function modules({ config }: ConfigContext): readonly string[] | null {
  const value = valueAt(config, PATH);
  const single = textFrom(value);
  return single !== undefined ? [single] : (textsFrom(value) ?? null);
}

/** What was written before: the list itself in a base, or all of `custom_imports`, as often as it was assigned. Only plain texts are read. */
function earlier(context: ConfigContext): readonly { readonly site: Site; readonly names: readonly string[] }[] {
  const all: { readonly site: Site; readonly names: readonly string[] }[] = [];
  for (const path of [PATH, PATH.slice(0, 1)]) {
    for (let at: Origin | null = originAt(context.config, path)?.overrides ?? null; at; at = at.overrides) {
      const text = context.text(at.value.file)?.slice(at.value.start, at.value.end) ?? '';
      const list = path === PATH ? text : (/\bimports['"]?\s*[=:]\s*(\[[^\]]*\]|(['"])[\w.]+\2)/.exec(text)?.[1] ?? '');
      if (PLAIN.test(list)) all.push({ site: at.value, names: [...list.matchAll(/['"]([\w.]+)['"]/g)].flatMap(([, name]) => name ?? []) });
    }
  }
  return all.filter(({ site }, i) => all.findIndex(other => other.site.file === site.file && other.site.line === site.line) === i);
}
const PLAIN = /^[[(]?\s*(?:(['"])[\w.]+\1\s*,?\s*)*[\])]?$/;

function fixes({ text }: ConfigContext, { value: { file, start, end } }: Origin, names: readonly string[]): readonly Fix[] {
  const written = text(file)?.slice(start, end) ?? '';
  const inner = /^\[([\s\S]*?)(,?\s*)\]$/.exec(written);
  if (!inner || !PLAIN.test(written)) return [];
  const added = names.map(name => `'${name}'`).join(', ');
  const at = start + 1 + (inner[1] ?? '').length;
  return [
    {
      title: `Import ${names.join(', ')} too`,
      edits: [{ file, start: at, end: at, text: inner[1] ? `, ${added}` : added }],
      preferred: true,
    },
  ];
}

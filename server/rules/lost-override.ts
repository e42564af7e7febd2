/**
 * A name of a base that is set anew without effect: what the base made of it was made with the base's value, long before this file was read, and keeps it
 * (`{{ }}` and `_base_` aside, a config has no late binding).
 */
import { formatPath } from '../config/path.ts';
import type { ConfigPath } from '../config/resolved.ts';
import { literalsOf, siteOfValue } from '../config/sites.ts';
import { isWhole } from '../config/whole.ts';
import { equal } from '../python/operate.ts';
import { plain } from '../python/origin.ts';
import { Dict, type Written } from '../python/types/dict.ts';
import { UnknownValue } from '../python/types/unknown.ts';
import type { Site, Value } from '../python/value.ts';
import { isReadIn } from '../syntax/bindings.ts';
import type { Fix } from './diagnostic.ts';
import { override } from './fit/override.ts';
import { nearest } from './nearest.ts';
import type { ConfigContext } from './rule.ts';
import { type Placed, walkFirsts, walkValues } from './values-of.ts';

export interface LostOverride {
  readonly name: string;
  readonly value: Value;
  readonly written: Written;
  /** What still has the base's value, the outermost of each. */
  readonly uses: readonly Use[];
}
/** What the base made of a value, with what stands there now. */
export interface Use {
  readonly path: ConfigPath;
  readonly site: Site;
  /** The base has the bare name there, so it can be written here too. */
  readonly bare: boolean;
}

/** Only names that mmengine itself gives no meaning to, and that this file does not read. */
export function lostOverrides(context: ConfigContext): readonly LostOverride[] {
  const known = found.get(context);
  if (known) return known;
  const lost = find(context);
  found.set(context, lost);
  return lost;
}
const found = new WeakMap<ConfigContext, readonly LostOverride[]>();

function find(context: ConfigContext): readonly LostOverride[] {
  const { config } = context;
  if (!isWhole(config)) return [];
  const again = [...config.value.entries.values()].flatMap(({ key: own, value, written }) => {
    const key = plain(own);
    const befores = earlier(written).filter(w => w.key.file !== config.file);
    const isLost = typeof key === 'string' && written?.key.file === config.file && befores.length > 0 && !MEANT.has(key);
    return isLost && !(value instanceof UnknownValue) ? [{ name: key, value, written, befores }] : [];
  });
  if (!again.length) return [];
  // JSON and YAML read no names.
  const body = config.file.endsWith('.py') ? context.body(config.file) : [];
  if (!body) return [];
  const text = context.text(config.file) ?? '';
  const candidates = again.filter(({ name }) => !isReadIn(text, body, name));
  if (!candidates.length) return [];
  const told = candidates.filter(({ written, befores }) => {
    const own = spelt(context, written);
    return own === null || !befores.some(before => spelt(context, before) === own);
  });
  if (!told.length) return [];
  // What any of them may have made: most values of a config were written where they stand.
  const files = new Set(told.flatMap(({ befores }) => befores.map(before => before.value.file)));
  const isOfThem = (value: Value): boolean => {
    const site = siteOfValue(value);
    return (site !== null && files.has(site.file)) || literalsOf(value).some(({ file }) => files.has(file));
  };
  // Mostly nothing is left of them, and the places of the rest need not be known.
  let isAny = false;
  walkFirsts(config, value => {
    isAny ||= isOfThem(value) && told.some(({ befores }) => comesFrom(value, befores));
  });
  if (!isAny) return [];
  const used: Placed[] = [];
  walkValues(config.value, (value, written, path) => {
    if (MEANT.has(String(path[0])) && isOfThem(value)) used.push({ path: [...path], value, written });
  });
  return told.flatMap(({ name, value, written, befores }) => {
    const uses = usesAmong(context, used, befores, { name, value });
    return uses.length ? [{ name, value, written, uses }] : [];
  });
}

/** Of these values, those that are what one of these expressions made, and other than the name is now. */
export function usesAmong(
  { config, text }: ConfigContext,
  placed: readonly Placed[],
  made: readonly Written[],
  { name, value }: { readonly name: string; readonly value: Value },
): readonly Use[] {
  return outermost(placed.filter(one => comesFrom(one.value, made)))
    .filter(({ value: kept, written }) => written?.key.file !== config.file && !isSame(kept, value))
    .flatMap(({ path, written, value: kept }): Use[] => {
      const site = written?.value ?? siteOfValue(kept) ?? made[0]?.key;
      return site ? [{ path, site, bare: text(site.file)?.slice(site.start, site.end) === name }] : [];
    });
}

/** Names of this file's own that nothing reads, and that are written almost as one that mmengine reads. */
export function misspelt({
  config,
  body,
  text,
}: ConfigContext): readonly { readonly written: Written; readonly name: string; readonly near: string }[] {
  if (!isWhole(config)) return [];
  return [...config.value.entries.values()].flatMap(({ key, value, written }) => {
    if (typeof key !== 'string' || written?.key.file !== config.file || written.before || MEANT.has(key) || !(value instanceof Dict))
      return [];
    // Of a short name, one letter makes another word.
    const near = key.length < SHORTEST || ASIDE.test(key) ? null : nearMeant(key);
    return near !== null && !isReadIn(text(config.file) ?? '', body(config.file) ?? [], key) ? [{ written, name: key, near }] : [];
  });
}

const SHORTEST = 8;
/** How what is kept for another day is named. */
const ASIDE = /^_|[_0-9]$/;

const asked = new Map<string, string | null>();
/** The same names are asked about at every key. */
function nearMeant(name: string): string | null {
  let near = asked.get(name);
  if (near === undefined) {
    if (asked.size > MOST_ASKED) asked.clear();
    asked.set(name, (near = nearest(name, [...MEANT], 1)));
  }
  return near;
}
const MOST_ASKED = 2000;

export const isMeant = (name: string): boolean => MEANT.has(name);

/** What a `Runner` is made of, and what `Config` and the tools read (mmengine 0.10.7): set anew, each counts by itself. */
const MEANT = new Set(
  (
    'model work_dir train_dataloader val_dataloader test_dataloader train_cfg val_cfg test_cfg auto_scale_lr optim_wrapper param_scheduler val_evaluator ' +
    'test_evaluator default_hooks custom_hooks data_preprocessor load_from resume launcher env_cfg log_processor log_level visualizer default_scope randomness ' +
    'experiment_name custom_imports tta_model'
  ).split(' '),
);

function earlier(written: Written | null): readonly Written[] {
  const all: Written[] = [];
  for (let at = written?.before ?? null; at; at = at.before) all.push(at);
  return all;
}

/** Whether a value is what one of these expressions made, or was computed from a literal in it. */
function comesFrom(value: Value, expressions: readonly Written[]): boolean {
  const sites = [siteOfValue(value), ...literalsOf(value)];
  return sites.some(site => site && expressions.some(({ value: e }) => e.file === site.file && e.start <= site.start && site.end <= e.end));
}

/** The text of a value that is all literals; null where names stand in it, which may mean other things in another file. */
function spelt(context: ConfigContext, { value }: Written): string | null {
  const text = (context.text(value.file)?.slice(value.start, value.end) ?? '').replaceAll('"', "'");
  const names = text.replace(/'[^']*'/g, '').replace(/\b(?:dict|True|False|None)\b|\w+\s*=/g, '');
  return /[A-Za-z_]/.test(names) ? null : text.replace(/\s+/g, '');
}

function outermost(placed: readonly Placed[]): readonly Placed[] {
  const out: Placed[] = [];
  for (const one of placed) if (!out.some(({ path }) => path.every((step, i) => one.path[i] === step))) out.push(one);
  return out;
}

/** The same, or the same folder: `./work_dirs` and `./work_dirs/`. */
function isSame(a: Value, b: Value): boolean {
  const [one, other] = [plain(a), plain(b)];
  if (typeof one === 'string' && typeof other === 'string') return one.replace(/\/+$/, '') === other.replace(/\/+$/, '');
  try {
    return equal(a, b);
  } catch {
    return true;
  }
}

/** `train_dataloader.dataset.pipeline and 2 more`. */
export function toldUses({ uses }: { readonly uses: readonly Use[] }): string {
  const [first, ...more] = uses;
  return `\`${first ? formatPath(first.path) : ''}\`${more.length ? ` and ${more.length} more` : ''}`;
}

/** Writes a name where the base has it, where that can be done below a place of this file. */
export function usingFix(context: ConfigContext, name: string, uses: readonly Use[], below: number): readonly Fix[] {
  const { file } = context.config;
  const body = context.body(file);
  const text = context.text(file);
  if (!body || text === null || context.config.style !== 'text' || !uses.every(u => u.bare)) return [];
  const edits = override(
    file,
    text,
    body,
    uses.map(({ path }) => ({ path, text: name })),
  );
  if (!edits?.length || edits.some(e => e.start < below)) return [];
  const [first] = uses;
  const title = uses.length === 1 && first ? `Set ${formatPath(first.path)} to ${name}` : `Set all ${uses.length} to ${name}`;
  return [{ title, edits, preferred: true }];
}

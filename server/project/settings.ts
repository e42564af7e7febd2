/** What the user may set: `necktie.*` in an editor, options on the command line. */
import type { Severity } from '../rules/diagnostic.ts';

export interface Settings {
  /** A Python executable or a virtual environment. Null: look for one in the workspace. */
  readonly python: string | null;
  /** Folders with packages, in place of an environment that is found. */
  readonly sitePackages: readonly string[];
  /** False: bundled facts alone. */
  readonly environment: boolean;
  /** By code of rule. */
  readonly severities: Readonly<Record<string, Severity | 'off'>>;
  /** Size that models are run at. Null: the config's own. */
  readonly size: readonly [width: number, height: number] | null;
  /** Files that are configs though nothing else tells: globs relative to a workspace folder. */
  readonly configFiles: readonly string[];
  readonly inlayHints: boolean;
  readonly codeLens: boolean;
}

export const DEFAULT_SETTINGS: Settings = {
  python: null,
  sitePackages: [],
  environment: true,
  severities: {},
  size: null,
  configFiles: [],
  inlayHints: true,
  codeLens: true,
};

const SEVERITIES: readonly (Severity | 'off')[] = ['error', 'warning', 'information', 'hint', 'off'];
export const severityOf = (text: unknown): Severity | 'off' | undefined => SEVERITIES.find(s => s === text);

/** Settings from whatever an editor sends: what has another form than it should is as if it were not there. */
export function settingsFrom(sent: unknown): Settings {
  const given = record(sent);
  const severities: Record<string, Severity | 'off'> = {};
  for (const [code, text] of Object.entries(record(given.severities))) {
    const severity = severityOf(text);
    if (severity) severities[code] = severity;
  }
  return {
    python: text(given.python) ?? text(record(given.python).path) ?? null,
    sitePackages: texts(given.sitePackages),
    environment: given.environment !== false,
    severities,
    size: sizeFrom(given.size),
    configFiles: texts(given.configFiles),
    inlayHints: given.inlayHints !== false,
    codeLens: given.codeLens !== false,
  };
}

const record = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
const text = (value: unknown): string | undefined => (typeof value === 'string' && value.trim() !== '' ? value : undefined);
const texts = (value: unknown): readonly string[] => (Array.isArray(value) ? value.filter(v => typeof v === 'string') : []);

/** `640`, `[640, 384]` (width, height); also as text: "640x384". */
function sizeFrom(value: unknown): readonly [number, number] | null {
  const numbers =
    typeof value === 'string' ? value.split(/[x×,\s]+/i).map(Number) : Array.isArray(value) ? value.map(Number) : [Number(value)];
  const [width = NaN, height = width] = numbers;
  return [width, height].every(n => Number.isSafeInteger(n) && n > 0) ? [width, height] : null;
}

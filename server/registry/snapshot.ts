/** The bundled facts: what seven OpenMMLab libraries register, for where their sources are not at hand, and for what no reading of sources can see. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Choices, Entry, Parameter } from './entry.ts';
import { roleOf } from './role.ts';
import type { RawParameter } from './scan/definitions.ts';

export interface RegistryFact {
  readonly scope: string;
  /** Its own name; `optimizer constructor` where the root's is `optimizer wrapper constructor`. */
  readonly name: string;
  /** The root registry's name. */
  readonly root: string;
  /** `mmdet.registry.MODELS`. */
  readonly variable: string;
  readonly locations: readonly string[];
}

export interface SnapshotEntry extends Entry {
  readonly under: string;
  /** Module that registers it, where reading sources would not tell: a loop, a call in a function. Null for a plain decorator. */
  readonly at: string | null;
  /** How often the official configs use it, on a scale of logarithms; 0: never. */
  readonly used: number;
}

export interface Snapshot {
  readonly versions: ReadonlyMap<string, string>;
  readonly registries: readonly RegistryFact[];
  readonly entries: readonly SnapshotEntry[];
  /** What the official configs have under a key, the commonest first. */
  examples(key: string): readonly SnapshotEntry[];
  find(under: string | null, registry: string, name: string): SnapshotEntry | null;
  /** The registry that a dotted variable holds. */
  variable(name: string): RegistryFact | null;
  /** The constructor of a class of torch or another library that is not scanned: null where it is not known. */
  external(name: string): readonly RawParameter[] | null;
}

type PackedParameter = readonly [
  name: string,
  kind: RawParameter['kind'],
  fallback: string | null,
  annotation: string | null,
  from: string | null,
  choices?: readonly [values: Choices['values'], of: Choices['of'], caseless: 0 | 1],
];
interface Packed {
  readonly versions: Readonly<Record<string, string>>;
  readonly registries: readonly RegistryFact[];
  readonly lists: readonly (readonly PackedParameter[])[];
  readonly entries: readonly {
    readonly library: string;
    readonly registry: string;
    readonly name: string;
    readonly target: string;
    readonly kind: Entry['kind'];
    readonly parameters: number;
    readonly open?: 1;
    readonly at?: string;
    readonly used?: number;
  }[];
  readonly externals: Readonly<Record<string, number>>;
  readonly places: Readonly<Record<string, readonly number[]>>;
}

let loaded: Snapshot | null = null;

/** `folder`: where the facts lie (`assets.facts`). Read once. */
export function loadSnapshot(folder: string): Snapshot {
  if (loaded) return loaded;
  const packed: Packed = JSON.parse(gunzipSync(readFileSync(join(folder, 'registry.json.gz'))).toString('utf8'));
  loaded = unpack(packed);
  return loaded;
}

/** Facts that know nothing: for tests of what sources alone tell. */
export const emptySnapshot: Snapshot = {
  versions: new Map(),
  registries: [],
  entries: [],
  examples: () => [],
  find: () => null,
  variable: () => null,
  external: () => null,
};

function unpack(packed: Packed): Snapshot {
  const byKey = new Map(packed.registries.map(registry => [`${registry.scope}::${registry.name}`, registry]));
  const byVariable = new Map(packed.registries.map(registry => [registry.variable, registry]));
  const signatures = packed.lists.map(signature);
  const entries = packed.entries.flatMap((entry): SnapshotEntry[] => {
    const registry = byKey.get(entry.registry);
    const taken = signatures[entry.parameters];
    if (!registry || !taken) return [];
    return [
      {
        scope: entry.library,
        under: registry.scope,
        registry: registry.root,
        name: entry.name,
        target: entry.target,
        kind: entry.kind,
        ...taken,
        open: entry.open === 1,
        role: roleOf(entry.at ?? entry.target.slice(0, entry.target.lastIndexOf('.')), entry.name, registry.root),
        source: null,
        at: entry.at ?? null,
        used: entry.used ?? 0,
      },
    ];
  });
  const byName = new Map(entries.map(entry => [`${entry.under} ${entry.registry} ${entry.name}`, entry]));
  // Of what was read nothing else is kept.
  const { places } = packed;
  const externals = new Map<string, readonly PackedParameter[]>();
  for (const [name, list] of Object.entries(packed.externals)) {
    externals.set(name, packed.lists[list]!);
    // torch shows its classes under shorter names: torch.nn.Conv2d for torch.nn.modules.conv.Conv2d
    externals.set(short(name), packed.lists[list]!);
  }
  return {
    versions: new Map(Object.entries(packed.versions)),
    registries: packed.registries,
    entries,
    examples: key => (places[key] ?? []).flatMap(index => entries[index] ?? []),
    find: (under, registry, name) => byName.get(`${under} ${registry} ${name}`) ?? null,
    variable: name => byVariable.get(name) ?? null,
    external: name =>
      (externals.get(name) ?? externals.get(short(name)))?.map(([parameter, kind, fallback, annotation]) => ({
        name: parameter,
        kind,
        default: fallback,
        annotation,
      })) ?? null,
  };
}

const short = (name: string): string => `${name.split('.')[0]}:${name.split('.').at(-1)}`;

function signature(list: readonly PackedParameter[]): Pick<Entry, 'parameters' | 'variadic'> {
  const name = (kind: RawParameter['kind']) => list.find(parameter => parameter[1] === kind)?.[0] ?? null;
  return {
    parameters: list.flatMap(([parameter, kind, fallback, annotation, from, choices]): Parameter[] =>
      kind === 'args' || kind === 'kwargs'
        ? []
        : [
            {
              name: parameter,
              required: fallback === null,
              default: fallback,
              annotation,
              ...(from ? { from } : {}),
              ...(choices && { choices: { values: choices[0], of: choices[1], caseless: choices[2] === 1 } }),
            },
          ],
    ),
    variadic: { args: name('args'), kwargs: name('kwargs') },
  };
}

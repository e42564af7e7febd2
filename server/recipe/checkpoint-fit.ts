/** Whether a checkpoint's tensors are those of a network, and what is most likely the reason where they are not. By names and shapes alone. */
import { type Expected, matchStateDict, type StateDictMatch } from '../../runtime/index.ts';

/** `fits`: all of the network is in the file. */
export type CheckpointFit =
  | { readonly kind: 'fits' }
  /** No name is one of the network's. `prefix`: without it names would be. */
  | { readonly kind: 'nothing'; readonly prefix: string | null; readonly begins: readonly string[] }
  /** Nothing but how many a last layer gives: classes, most likely. */
  | { readonly kind: 'outputs'; readonly unfit: readonly Unfit[] }
  /** Names that both have, in other shapes. */
  | { readonly kind: 'widths'; readonly unfit: readonly Unfit[] }
  /** Rows of layers that are shorter in the file. `first`: that is not there, `layer3.6`; `of`: so many tensors has the network. */
  | { readonly kind: 'layers'; readonly first: string; readonly missing: readonly Expected[]; readonly of: number }
  /** Other parts that are not there, by the modules they are in. */
  | { readonly kind: 'modules'; readonly modules: readonly string[]; readonly missing: readonly Expected[]; readonly of: number };

export interface Unfit {
  readonly name: string;
  readonly expected: readonly number[];
  readonly got: readonly number[];
}

/** What a file has, by name. */
export type Stored = ReadonlyMap<string, { readonly shape: readonly number[] }>;

/** `network`: names as the module that loads it has them. */
export function checkpointFit(network: readonly Expected[], tensors: Stored): CheckpointFit {
  const match = matchStateDict(network, tensors);
  const unfit = match.mismatched.filter(({ name }) => !RESIZED.test(name));
  if (match.found.size + match.mismatched.length === 0) return nothing(network, tensors);
  if (unfit.length) return { kind: unfit.every(isOfOutputs) ? 'outputs' : 'widths', unfit };
  return match.missing.length ? lacking(network, match, tensors) : { kind: 'fits' };
}

/** The part of the network that loads it, by its own names; `''`: all of it. */
export const targeted = (network: readonly Expected[], target: string): readonly Expected[] =>
  target === ''
    ? network
    : network.flatMap(one => (one.name.startsWith(`${target}.`) ? [{ ...one, name: one.name.slice(target.length + 1) }] : []));

/** With `prefix`, as mmengine's `_load_checkpoint_with_prefix` takes them (0.10.7). */
export function taken<T>(tensors: ReadonlyMap<string, T>, prefix: string | null): ReadonlyMap<string, T> {
  if (prefix === null) return tensors;
  const start = prefix.endsWith('.') ? prefix : `${prefix}.`;
  return new Map([...tensors].flatMap(([name, tensor]) => (name.startsWith(start) ? [[name.slice(start.length), tensor] as const] : [])));
}

/** Tables of positions, which many modules bring to their own size when they are loaded. */
const RESIZED = /pos(?:ition)?_?emb|position|relative_|rel_pos|coords|rope|\bindex$/i;

/** Another number of rows, of as many columns. */
const isOfOutputs = ({ expected, got }: Unfit): boolean =>
  expected.length === got.length && expected.length > 0 && expected.every((size, i) => i === 0 || size === got[i]);

function nothing(network: readonly Expected[], tensors: Stored): CheckpointFit {
  const names = new Set(network.map(({ name }) => name));
  const starts = new Map<string, number>();
  for (const name of tensors.keys()) {
    for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
      if (names.has(name.slice(dot + 1))) starts.set(name.slice(0, dot + 1), (starts.get(name.slice(0, dot + 1)) ?? 0) + 1);
    }
  }
  // A name as common as `weight` is in any file.
  const best = [...starts].filter(([, count]) => 2 * count > names.size).toSorted(([, a], [, b]) => b - a)[0];
  return { kind: 'nothing', prefix: best?.[0] ?? null, begins: beginnings([...tensors.keys()]) };
}

const FEW = 3;
export const beginnings = (names: readonly string[]): readonly string[] =>
  [...new Set(names.map(name => name.slice(0, name.indexOf('.') + 1) || name))].slice(0, FEW);

/** A layer of a row is missing where the one before it is there: the network in the file is shorter. What is missing else is a part of another kind. */
function lacking(network: readonly Expected[], { missing }: StateDictMatch, tensors: Stored): CheckpointFit {
  const stored = prefixesOf(tensors.keys());
  const short = missing.flatMap(one => {
    for (const { 0: whole, 1: row = '', 2: index = '' } of rowsIn(one.name))
      if (Number(index) > 0 && !stored.has(whole) && stored.has(`${row}.${Number(index) - 1}`)) return [{ one, whole }];
    return [];
  });
  const [first] = short;
  const modules = [...new Set(missing.map(({ name }) => name.slice(0, name.indexOf('.')) || name))];
  return first
    ? { kind: 'layers', first: first.whole, missing: short.map(({ one }) => one), of: network.length }
    : { kind: 'modules', modules, missing, of: network.length };
}

/** `layer3.6` of `layer3.6.conv1.weight`, the outermost first. */
const rowsIn = (name: string): readonly RegExpExecArray[] => {
  const steps = name.split('.');
  return steps.flatMap((_, i) => {
    const row = /^(.+)\.(\d+)$/.exec(steps.slice(0, i + 1).join('.'));
    return row ? [row] : [];
  });
};

function prefixesOf(names: Iterable<string>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const name of names) for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) found.add(name.slice(0, dot));
  return found;
}

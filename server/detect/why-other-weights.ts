/** Why a checkpoint is not one of a network, as far as names and shapes tell. */
import { basename } from 'node:path';
import { type Checkpoint, type Expected, type StateDictMatch, trainedAs } from '../../runtime/index.ts';
import { checkpointFit } from '../recipe/checkpoint-fit.ts';

type Unlike = Pick<StateDictMatch, 'missing' | 'mismatched'>;
type Given = Pick<Checkpoint, 'path' | 'state' | 'meta'>;

/** A sentence. `classes`: how many the config's head has. */
export function whyOtherWeights({ path, state, meta }: Given, network: readonly Expected[], unlike: Unlike, classes: number): string {
  const { missing, mismatched } = unlike;
  const fit = checkpointFit(network, state);
  const name = trainedAs(meta) ?? publishedAs(path);
  const own = name === null ? null : `it was trained as \`${name}\`.`;
  if (fit.kind === 'nothing') return `${ofNothing(fit.prefix, network, state)}${own === null ? '.' : `: ${own}`}`;
  if (fit.kind === 'layers') return `Its network has fewer layers: there is no \`${fit.first}\`${own === null ? '.' : `; ${own}`}`;
  const parts = [...new Set([...missing, ...mismatched].map(t => partOf(t.name)))];
  if (!missing.length && parts.length === 1) {
    const trained = meta.classes?.length ?? classesOf(mismatched, state, classes);
    if (trained !== null && trained !== classes)
      return `It was trained on ${trained} ${trained === 1 ? 'class' : 'classes'}, and the config has ${classes}.`;
    if (fit.kind === 'outputs') return 'Only the last layers differ: most likely the number of classes.';
  }
  if (!missing.length) return `The same modules are there with other widths${ratioText(mismatched)}: ${own ?? ANOTHER_SIZE}`;
  const there = new Set([...state.keys()].map(partOf));
  const absent = parts.filter(part => !there.has(part));
  const differs = absent.length === parts.length ? `It has no ${quoted(absent, ' and no ')}` : `What differs is in ${quoted(parts, ', ')}`;
  return `${differs}${own === null ? '.' : `: ${own}`}`;
}

const ANOTHER_SIZE = 'most likely another `widen_factor`, another size of the same model.';
const partOf = (name: string): string => name.split('.')[0]!;
const quoted = (names: readonly string[], between: string): string => names.map(name => `\`${name}\``).join(between);

/** Without its end, which follows. */
function ofNothing(prefix: string | null, network: readonly Expected[], state: Given['state']): string {
  if (prefix !== null)
    return `Before each of its names stands \`${prefix}\`, which the network’s lack, and mmengine takes off nothing but one \`module.\``;
  const within = [...new Set(network.map(({ name }) => partOf(name)))].find(part => {
    const known = network.filter(({ name }) => name.startsWith(`${part}.`) && state.has(name.slice(part.length + 1)));
    return 2 * known.length > state.size;
  });
  return within === undefined
    ? 'It has no tensor of this network: it is of another model'
    : `It holds a \`${within}\` alone, which \`init_cfg\` of that part could load, and no whole detector`;
}

/** By OpenMMLab's names of what it publishes: `yolov8_s_fast_20230117_180101-5aa5f0f1.pth`. */
const publishedAs = (path: string): string | null => /^(.+)_\d{8}_\d{6}-[0-9a-f]{8}\.pth$/.exec(basename(path))?.[1] ?? null;

/**
 * From a head's last layers, which most often alone have a bias and no normalization behind them: as many rows a class as the config's have. Null: they do not say, or
 * what has nothing to do with classes differs too.
 */
function classesOf(mismatched: Unlike['mismatched'], state: Given['state'], classes: number): number | null {
  if (!mismatched.every(({ name }) => OF_A_HEAD.test(name) && !OF_BOXES.test(name))) return null;
  const told = mismatched.flatMap(({ name, expected, got }) => {
    const module = name.replace(/\.bias$/, '');
    if (module === name || state.has(`${module}.running_mean`)) return [];
    const [rows = 0, stored = 0] = [expected[0], got[0]];
    return BESIDE.flatMap(beside => {
      const count = (stored * (beside + classes)) / rows - beside;
      return rows % (beside + classes) === 0 && Number.isInteger(count) && count > 0 ? [count] : [];
    });
  });
  return new Set(told).size === 1 ? told[0]! : null;
}
const OF_A_HEAD = /^\w*head\./;
const OF_BOXES = /reg|bbox_pred/;
/** Rows of an anchor that are of no class: none, or a box with its objectness, or a background. */
const BESIDE = [0, 5, 1];

/** ` (2 ×)`, where most of them say so. */
function ratioText(mismatched: Unlike['mismatched']): string {
  const counts = new Map<number, number>();
  for (const { expected, got } of mismatched) {
    const ratio = (got[0] ?? 0) / (expected[0] ?? 1);
    counts.set(ratio, (counts.get(ratio) ?? 0) + 1);
  }
  const [ratio, count] = [...counts].toSorted(([, a], [, b]) => b - a)[0] ?? [1, 0];
  return ratio !== 1 && 2 * count > mismatched.length ? ` (most of them ${Number(ratio.toFixed(3))} ×)` : '';
}

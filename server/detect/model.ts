/** From a config and a checkpoint to a model that can be run: built from the sources, taken from the cache, or exported before. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import {
  type DetectorRecipe,
  type ExportedModel,
  exportedModelOf,
  inHalfPrecision,
  readExportedModel,
  type Size,
  withMetadata,
} from '../../runtime/index.ts';
import { BATCHES, dynamicDraft } from '../../runtime/onnx/dynamic-batch.ts';
import { draftOf, ExportRefused, type ExportRequest, modelOf, refusing } from '../../runtime/onnx/export.ts';
import { withSuppression } from '../../runtime/onnx/suppression.ts';
import type { ResolvedConfig } from '../config/resolved.ts';
import type { Host } from '../project/host.ts';
import type { DetectResult } from '../protocol.ts';
import { at, type Data } from './data.ts';
import { findCheckpoint, findExported } from './find-checkpoint.ts';
import { notDrawn } from './head.ts';
import { loadConfig } from './load-config.ts';
import type { ModelCache } from './model-cache.ts';
import { type BuiltNetwork, buildNetwork, rawOutputs } from './network.ts';
import type { Phases } from './phases.ts';
import type { DetectPlace } from './place.ts';
import { DetectFailure, UnknownNetwork } from './problem.ts';
import { dependsOnPicture, recipeOf } from './recipe.ts';
import { openCheckpoint, type RawWeights, randomWeightsFor, weightsFrom } from './weights.ts';

export interface ReadyModel {
  /** A file, or bytes where nothing could be written. */
  readonly source: string | Uint8Array;
  /** Differs when the model does. */
  readonly version: string;
  readonly recipe: DetectorRecipe;
  readonly weights: DetectResult['weights'];
  /** Under this key of the cache; null: a file of the user's own. */
  readonly key: string | null;
  /** Computes with 16 bits where it can. */
  readonly half: boolean;
}

export interface ModelWish {
  /** The config's. */
  readonly file: string;
  /** Null: looked for. */
  readonly checkpoint: string | null;
  /** The weights as trained, not their averages. */
  readonly raw: boolean;
  /** In half precision. */
  readonly half: boolean;
  /** Asks for the size of the picture, where the network depends on it. */
  measure(): Promise<Size>;
}

/** Throws `DetectFailure`, and `HalfRefused` where half precision is wished. */
export async function readyModel(
  place: DetectPlace,
  { file, checkpoint, raw, half, measure }: ModelWish,
  cache: ModelCache,
  phases: Phases,
): Promise<ReadyModel> {
  const written = (model: ReadyModel): ReadyModel => (half && !model.half ? halved(place.host, model, cache) : model);
  if (checkpoint?.endsWith('.onnx')) return written(exported(place.host, checkpoint, null));
  await phases.begin('Reading the config');
  const { config, data } = loadConfig(place, file);
  const recipe = await recipeFor(place, config, data, () => measure());
  const path = checkpoint ?? findCheckpoint(place.host, file, data, place.environment.workspace ?? []);
  const before = findExported(place.host, file);
  if (path === null && before !== null && !raw) return written(exported(place.host, before, modelKey(data, recipe)));
  try {
    return await build(place, { config, file, data, recipe, checkpoint: path, raw, half }, cache, phases);
  } catch (e) {
    if (!(e instanceof UnknownNetwork) || before === null || raw) throw e;
    const instead = exported(place.host, before, modelKey(data, recipe), path);
    // Who asked for a checkpoint by name wants that one and no other.
    if (checkpoint !== null && instead.weights.note !== null) throw e;
    return written(instead);
  }
}

async function recipeFor(place: DetectPlace, config: ResolvedConfig, data: Data, measure: () => Promise<Size>): Promise<DetectorRecipe> {
  try {
    const recipe = recipeOf(data);
    return dependsOnPicture(data) ? recipeOf(data, await measure()) : recipe;
  } catch (e) {
    if (e instanceof DetectFailure && e.problem.code === 'unsupported-head') throw e.with(rawOutputs(place.models, config));
    throw e;
  }
}

interface Wanted {
  readonly config: ResolvedConfig;
  readonly file: string;
  readonly data: Data;
  readonly recipe: DetectorRecipe;
  readonly checkpoint: string | null;
  readonly raw: boolean;
  /** In half precision. */
  readonly half: boolean;
  /** For any number of pictures at once. Absent: for one. */
  readonly dynamicBatch?: boolean;
  /** Decoding and suppression as a part of the model. Absent: no. */
  readonly nms?: boolean;
}

async function build(place: DetectPlace, wanted: Wanted, cache: ModelCache, phases: Phases): Promise<ReadyModel> {
  const { data, recipe, checkpoint, raw, half } = wanted;
  const version = checkpoint === null ? '' : `${checkpoint} ${place.host.version(checkpoint) ?? ''}${raw ? ' raw' : ''}`;
  const key = cache.key(
    modelKey(data, recipe),
    JSON.stringify(recipe.classes),
    version,
    place.environment.roots.join('\n'),
    precisionOf(half),
  );
  const weights = weightsNote(checkpoint, notDrawn(at(data, 'model')));
  const kept = cache.find(place.host, key);
  const known = kept === null ? null : typeof kept === 'string' ? readIfThere(kept) : exportedModelOf(kept);
  // The settings are today's; the names of the classes may be the checkpoint's.
  if (kept !== null && known)
    return {
      source: kept,
      version: key,
      recipe: { ...recipe, classes: known.recipe.classes, palette: known.recipe.palette },
      weights,
      key,
      half,
    };

  const { model, recipe: named, read } = await makeModel(place, wanted, phases);
  return { source: cache.keep(place.host, key, model, read), version: key, recipe: named, weights, key, half };
}

/** The model as bytes, with all that its user needs in its metadata. Throws `DetectFailure`. */
export async function makeModel(
  place: DetectPlace,
  wanted: Wanted,
  phases: Phases,
): Promise<{ readonly model: Uint8Array; readonly recipe: DetectorRecipe; readonly read: readonly string[] }> {
  const { config, file, data, checkpoint, raw } = wanted;
  await phases.begin(checkpoint === null ? 'Making random weights' : `Reading ${basename(checkpoint)}`);
  const opened = checkpoint === null ? null : openCheckpoint(checkpoint, raw);
  const recipe = named(wanted.recipe, opened?.meta ?? null);
  await phases.begin('Building the network');
  const network = buildNetwork(place, config, recipe.size);
  const weights = opened
    ? weightsFrom(opened, network.expected, recipe.head.classes)
    : randomWeightsFor(network.expected, name => network.graph.parameters.get(name)?.values ?? null);
  await phases.begin('Writing the model');
  const metadata: ExportedModel = {
    recipe: wanted.nms ? { ...recipe, suppressed: true } : recipe,
    config: basename(file),
    key: modelKey(data, recipe),
    checkpoint: checkpoint === null ? null : basename(checkpoint),
    half: wanted.half,
  };
  return { model: withMetadata(onnxOf(place, wanted, recipe, network, weights), metadata), recipe, read: network.read };
}

/** Throws `DetectFailure`. */
function onnxOf(
  place: DetectPlace,
  { config, dynamicBatch, nms, half }: Wanted,
  recipe: DetectorRecipe,
  network: BuiltNetwork,
  weights: RawWeights,
): Uint8Array {
  const request = requestOf(network, weights);
  try {
    return refusing(() => {
      // What differs between two numbers of pictures is what hangs on their number.
      const several = (batch: number): ExportRequest => requestOf(buildNetwork(place, config, recipe.size, batch), weights);
      const draft = dynamicBatch ? dynamicDraft(several(BATCHES[0]), several(BATCHES[1])) : draftOf(request, true);
      const model = modelOf(nms ? withSuppression(draft, recipe) : draft, request);
      return half ? inHalfPrecision(model) : model;
    });
  } catch (e) {
    if (!(e instanceof ExportRefused)) throw e;
    throw new DetectFailure('network', 'The network cannot be written as ONNX', `${e.message.replace(/\.$/, '')}.`);
  }
}

const requestOf = ({ graph, input, outputs }: BuiltNetwork, weights: RawWeights): ExportRequest => ({
  graph,
  inputs: new Map([['image', input]]),
  outputs,
  weights,
});

/** Fingerprint of what makes the network: the model as the config has it, and its size. */
export function modelKey(data: Data, recipe: DetectorRecipe): string {
  const parts = [at(data, 'default_scope'), at(data, 'custom_imports'), at(data, 'model'), recipe.size];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

/** A checkpoint knows what its classes were called when it was trained. */
function named(
  recipe: DetectorRecipe,
  meta: { readonly classes: readonly string[] | null; readonly palette: DetectorRecipe['palette'] } | null,
): DetectorRecipe {
  if (meta?.classes?.length !== recipe.head.classes) return recipe;
  return { ...recipe, classes: meta.classes, palette: meta.palette ?? recipe.palette };
}

function weightsNote(checkpoint: string | null, undrawn: string | null): DetectResult['weights'] {
  const random = checkpoint === null ? 'No checkpoint was found, so the weights are random and the boxes mean nothing.' : null;
  const note = [random, undrawn].filter(n => n !== null).join(' ') || null;
  return { kind: checkpoint === null ? 'random' : 'checkpoint', path: checkpoint, note };
}

/** `key`: of the config as it is now; null where the model was asked for by name. `missed`: a checkpoint that could not be used. */
function exported(host: Host, path: string, key: string | null, missed: string | null = null): ReadyModel {
  const model = readChosen(path);
  if (!model) {
    throw new DetectFailure(
      'checkpoint-corrupt',
      `${basename(path)} says nothing of how to use it`,
      'Only models that `necktie export` wrote carry the preparation of pictures and the anchors in their metadata. Export it again.',
    );
  }
  const notes = [
    ...(key !== null && model.key !== key ? ['The model was exported from another version of this config.'] : []),
    ...(missed !== null && model.checkpoint !== basename(missed)
      ? [`${basename(missed)} was not used: the network cannot be built from the libraries' sources here, so the exported model ran.`]
      : []),
    ...(model.checkpoint === null ? ['It was exported with random weights: the boxes mean nothing.'] : []),
  ];
  return {
    source: path,
    version: host.version(path) ?? '',
    recipe: model.recipe,
    weights: { kind: 'exported', path, note: notes.join(' ') || null },
    key: null,
    half: model.half,
  };
}

/** An exported model in half precision: made once, and kept as what is made from a config is. Throws `HalfRefused`. */
function halved(host: Host, model: ReadyModel, cache: ModelCache): ReadyModel {
  const path = model.weights.path ?? '';
  const key = cache.key(path, model.version, precisionOf(true));
  const source = cache.find(host, key) ?? cache.keep(host, key, inHalfPrecision(readFileSync(path)), [path]);
  return { ...model, source, version: key, key, half: true };
}

const precisionOf = (half: boolean): string => (half ? 'float16' : 'float32');

/** Null, too, where another window has taken it away. */
function readIfThere(path: string): ExportedModel | null {
  try {
    return readExportedModel(path);
  } catch {
    return null;
  }
}

function readChosen(path: string): ExportedModel | null {
  try {
    return readExportedModel(path);
  } catch (e) {
    throw new DetectFailure(
      'no-checkpoint',
      `${basename(path)} cannot be read`,
      `${e instanceof Error ? e.message : String(e)}. Choose another, or export the model again.`,
    );
  }
}

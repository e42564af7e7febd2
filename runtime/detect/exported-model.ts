/** An ONNX model that says how it is to be used: recipe and origin in its metadata, so that it runs where no library and no config can be read. */
import { message } from '../onnx/protobuf.ts';
import { type ByteSource, inMemory, withFile } from '../weights/byte-source.ts';
import type { DetectorRecipe } from './detection.ts';
import { recipeFromText, recipeText } from './recipe-text.ts';

export interface ExportedModel {
  readonly recipe: DetectorRecipe;
  /** File name of the config that it was made from. */
  readonly config: string;
  /** Fingerprint of that config's model and test settings when it was made. */
  readonly key: string;
  /** File name of the checkpoint; null: random weights. */
  readonly checkpoint: string | null;
}

const [RECIPE, CONFIG, KEY, CHECKPOINT] = ['necktie.recipe', 'necktie.config', 'necktie.key', 'necktie.checkpoint'];
/** Field of onnx's ModelProto, and of the entries in it. */
const METADATA = 14;

/** Protobuf's messages are joined by putting them one behind the other: the model itself is not parsed. */
export function withMetadata(model: Uint8Array, { recipe, config, key, checkpoint }: ExportedModel): Uint8Array {
  const entries: [string, string][] = [
    [RECIPE!, recipeText(recipe)],
    [CONFIG!, config],
    [KEY!, key],
  ];
  if (checkpoint !== null) entries.push([CHECKPOINT!, checkpoint]);
  return Buffer.concat([
    model,
    message(
      entries.map(([name, value]) => [
        METADATA,
        [
          [1, name],
          [2, value],
        ],
      ]),
    ),
  ]);
}

/** Null where the model was not written by Necktie, or by a version with another kind of recipe. */
export const exportedModelOf = (model: Uint8Array): ExportedModel | null => exportedIn(inMemory(model));

/** The same of a file, of which the metadata alone is read: a few kilobytes of a hundred megabytes. Throws what the system says. */
export const readExportedModel = (path: string): ExportedModel | null => withFile(path, exportedIn);

function exportedIn(model: ByteSource): ExportedModel | null {
  const metadata = metadataOf(model);
  const recipe = recipeFromText(metadata.get(RECIPE!) ?? '');
  if (!recipe) return null;
  return { recipe, config: metadata.get(CONFIG!) ?? '', key: metadata.get(KEY!) ?? '', checkpoint: metadata.get(CHECKPOINT!) ?? null };
}

function metadataOf(model: ByteSource): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [field, entry] of byteFields(model)) {
    if (field !== METADATA) continue;
    const parts = new Map([...byteFields(inMemory(entry()))].map(([part, value]) => [part, value()]));
    found.set(decoded(parts.get(1)), decoded(parts.get(2)));
  }
  return found;
}

const decoded = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes ?? new Uint8Array());

/** A field's number and length are never longer. */
const HEAD = 20;

/** Fields of a message that are bytes, strings or messages; ends at what is no protobuf. */
function* byteFields(bytes: ByteSource): Generator<[field: number, value: () => Uint8Array]> {
  for (let start = 0; start < bytes.length; ) {
    const head = bytes.at(start, HEAD);
    let at = 0;
    const varint = (): number => {
      let value = 0;
      for (let scale = 1; at < head.length; scale *= 128) {
        const byte = head[at++]!;
        value += (byte & 127) * scale;
        if (byte < 128) return value;
      }
      return NaN;
    };
    const tag = varint();
    const [field, wire] = [Math.floor(tag / 8), tag % 8];
    if (wire === 0) varint();
    else if (wire === 1) at += 8;
    else if (wire === 5) at += 4;
    else if (wire === 2) {
      const length = varint();
      const from = start + at;
      if (!(from + length <= bytes.length)) return;
      yield [field, () => bytes.at(from, length)];
      at += length;
    } else return;
    start += at;
  }
}

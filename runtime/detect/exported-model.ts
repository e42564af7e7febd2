/** An ONNX model that says how it is to be used: recipe and origin in its metadata, so that it runs where no library and no config can be read. */
import { message } from '../onnx/protobuf.ts';
import { fieldsIn } from '../onnx/protobuf-reader.ts';
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
  /** Computes with 16 bits where it can. */
  readonly half: boolean;
}

const [RECIPE, CONFIG, KEY, CHECKPOINT, PRECISION] = [
  'necktie.recipe',
  'necktie.config',
  'necktie.key',
  'necktie.checkpoint',
  'necktie.precision',
];
const HALF = 'float16';
/** Field of onnx's ModelProto, and of the entries in it. */
const METADATA = 14;

/** Protobuf's messages are joined by putting them one behind the other: the model itself is not parsed. */
export function withMetadata(model: Uint8Array, { recipe, config, key, checkpoint, half }: ExportedModel): Uint8Array {
  const entries: [string, string][] = [
    [RECIPE!, recipeText(recipe)],
    [CONFIG!, config],
    [KEY!, key],
  ];
  if (checkpoint !== null) entries.push([CHECKPOINT!, checkpoint]);
  if (half) entries.push([PRECISION!, HALF]);
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
  return {
    recipe,
    config: metadata.get(CONFIG!) ?? '',
    key: metadata.get(KEY!) ?? '',
    checkpoint: metadata.get(CHECKPOINT!) ?? null,
    half: metadata.get(PRECISION!) === HALF,
  };
}

function metadataOf(model: ByteSource): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { number, bytes } of fieldsIn(model)) {
    if (number !== METADATA) continue;
    const parts = new Map([...fieldsIn(inMemory(bytes()))].map(part => [part.number, part.bytes()]));
    found.set(decoded(parts.get(1)), decoded(parts.get(2)));
  }
  return found;
}

const decoded = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes ?? new Uint8Array());

import { fields } from './fields.ts';

/** What a preview is about: enough to find it all again after a restart. Paths are the file system's. */
export interface Subject {
  readonly config: string;
  readonly image: string | null;
  /** Null: the newest is looked for. */
  readonly checkpoint: string | null;
  /** The pictures are those of the config's validation set, shown with what was annotated on them; else those of a folder. */
  readonly validation: boolean;
  /** The overlap over which boxes fall out, set by hand; null: the config's own. */
  readonly iouThreshold: number | null;
  /** What it is compared with; null: with nothing. */
  readonly other: OtherSide | null;
}

export interface OtherSide {
  readonly config: string;
  readonly checkpoint: string | null;
  /** The weights as trained, not their averages. */
  readonly raw: boolean;
}

/** Reads what was kept over a restart; null where it is no subject. */
export function subjectFrom(kept: unknown): Subject | null {
  const { config, image, checkpoint, validation, iouThreshold, other } = fields(kept);
  if (typeof config !== 'string') return null;
  return {
    config,
    image: text(image),
    checkpoint: text(checkpoint),
    validation: validation === true,
    iouThreshold: typeof iouThreshold === 'number' ? iouThreshold : null,
    other: otherFrom(other),
  };
}

function otherFrom(kept: unknown): OtherSide | null {
  const { config, checkpoint, raw } = fields(kept);
  return typeof config === 'string' ? { config, checkpoint: text(checkpoint), raw: raw === true } : null;
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

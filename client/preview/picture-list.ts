import type { CancellationToken } from 'vscode';
import { type DetectProblem, VALIDATION } from '../../server/protocol.ts';
import { askServer } from '../ask-server.ts';
import type { Server } from '../language-server.ts';
import type { Subject } from '../preview-subject.ts';
import { picturesBeside } from './picture-folder.ts';

/** What a panel's film shows: the folder of its picture, several that were chosen together, or the config's validation set. */
export interface PictureList {
  all(): readonly string[];
  /** The one that is so many further on, round the end; of none the first, or the last. Undefined: there are none. */
  from(image: string | null, by: number): string | undefined;
  /** How many the validation set has; null: it was not asked for yet. */
  setSize(): number | null;
  /** The picture is among them, until they are looked for again. */
  include(image: string | null): void;
  /** These are the film; null: the folder of the one is. */
  choose(images: readonly string[] | null): void;
  /** Of the validation set these alone; null: all. */
  limit(images: readonly string[] | null): void;
  /** What was read of the config may have changed. */
  forgetSet(): void;
  /** Looks for them. A problem where there is no validation set. */
  find(subject: Subject, token: CancellationToken): Promise<DetectProblem | null>;
}

export function createPictureList(server: Server): PictureList {
  let pictures: readonly string[] = [];
  let set: readonly string[] | null = null;
  let chosen: readonly string[] | null = null;
  let only: readonly string[] | null = null;
  return {
    all: () => pictures,
    from(image, by) {
      const at = Math.max(image === null ? -1 : pictures.indexOf(image), by > 0 ? -1 : 0);
      return pictures[(at + by + pictures.length) % pictures.length];
    },
    setSize: () => set?.length ?? null,
    include(image) {
      if (image === null || !pictures.includes(image)) pictures = image === null ? [] : [image];
    },
    choose(images) {
      chosen = images;
    },
    limit(images) {
      only = images;
    },
    forgetSet() {
      set = null;
      only = null;
    },
    async find({ image, config, validation }, token) {
      if (!validation) {
        if (chosen !== null && (image === null || !chosen.includes(image))) chosen = null;
        pictures = chosen ?? (image === null ? [] : await picturesBeside(image));
        return null;
      }
      if (set === null) {
        const answer = await askServer(server, VALIDATION, { config }, token);
        if (answer.kind === 'problem') return answer;
        set = answer.pictures;
      }
      pictures = only ?? set;
      return null;
    },
  };
}

import { basename } from 'node:path';
import { currentDevice } from '../choose-device.ts';
import type { Heading, View } from '../preview-messages.ts';
import type { Subject } from '../preview-subject.ts';
import { providerName } from '../provider-name.ts';

/** The bar at the top. */
export function heading(subject: Subject, pictures: readonly string[], view: View): Heading {
  const { image } = subject;
  const result = view.kind === 'ready' ? view.result : undefined;
  const weights = result?.weights.kind === 'random' ? 'Random weights' : (result?.weights.path ?? subject.checkpoint);
  return {
    config: basename(subject.config),
    checkpoint: weights === null ? 'Newest checkpoint' : basename(weights),
    device: result === undefined ? providerName(currentDevice()) : result.half ? `${result.provider}, half` : result.provider,
    picture:
      image === null
        ? null
        : { name: basename(image), position: Math.max(0, pictures.indexOf(image)) + 1, count: Math.max(1, pictures.length) },
  };
}

/** What was already found, where there is no picture yet. */
export function facts(subject: Subject): readonly (readonly [string, string])[] {
  return [
    ['Config', basename(subject.config)],
    ['Checkpoint', subject.checkpoint ?? 'the newest in work_dirs, beside the config, or its load_from'],
    ['Device', providerName(currentDevice())],
  ];
}

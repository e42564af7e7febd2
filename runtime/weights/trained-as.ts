/** By what name a checkpoint was trained: mmengine calls an experiment after its config, with the moment it began. Null: it does not say. */
import type { CheckpointMeta } from './checkpoint.ts';

export function trainedAs({ told }: Pick<CheckpointMeta, 'told'>): string | null {
  const name = told.find(([key]) => key === 'experiment_name')?.[1].replace(/_\d{8}_\d{6}$/, '');
  return name ? name : null;
}

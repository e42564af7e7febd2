/** Constructors of libraries that build one optimizer of what `optimizer` says (mmengine 0.10.7, mmyolo 0.6.0, mmdet 3.3.0, mmpretrain 1.2.0, mmselfsup 1.0.0). */
import { textFrom } from '../config/from-value.ts';
import { LazyReference } from '../config/lazy-reference.ts';
import type { Part } from './part.ts';

/** What each takes out of the optimizer's arguments before. Null: of the libraries that have it one takes something, and another nothing. */
const TAKEN: ReadonlyMap<string, readonly string[] | null> = new Map([
  ['DefaultOptimWrapperConstructor', []],
  ['YOLOv5OptimizerConstructor', ['batch_size_per_gpu']],
  ['YOLOv7OptimWrapperConstructor', ['batch_size_per_gpu']],
  ['LearningRateDecayOptimizerConstructor', null],
  ['LearningRateDecayOptimWrapperConstructor', null],
  ['LayerDecayOptimizerConstructor', null],
  ['LayerDecayOptimWrapperConstructor', null],
]);

/** Null: it is not known; any other may do with them as it likes. */
export const takenOfOptimizer = (wrapper: Part): readonly string[] | null => TAKEN.get(constructorName(wrapper)) ?? null;

export const buildsOneOptimizer = (wrapper: Part): boolean => TAKEN.has(constructorName(wrapper));

/** Without the scope before it. */
function constructorName(wrapper: Part): string {
  if (!wrapper.dict.entries.has('constructor')) return 'DefaultOptimWrapperConstructor';
  const maker = wrapper.value('constructor');
  return (maker instanceof LazyReference ? maker.dotted : textFrom(maker))?.split('.').at(-1) ?? '';
}

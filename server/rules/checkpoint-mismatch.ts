/**
 * A checkpoint on this disk whose tensors are not those of the model that would load it: what fits in neither name nor shape is left as it was, with a warning in the
 * log (mmengine 0.10.7, `load_state_dict`), and a training that goes on from it ends with its optimizer's complaint.
 */
import { type Expected, trainedAs } from '../../runtime/index.ts';
import { formatPath } from '../config/path.ts';
import { type CheckpointFit, checkpointFit, taken, targeted, type Unfit } from '../recipe/checkpoint-fit.ts';
import { recipeOf } from '../recipe/recipe.ts';
import type { Severity } from './diagnostic.ts';
import { recipePlace } from './recipe-place.ts';
import type { Finding, ModelContext, ModelRule } from './rule.ts';
import { causesOf } from './weights/causes.ts';
import { isLackOfPrefix, type LocalCheckpoint, localCheckpoints, networkOf } from './weights/local-checkpoints.ts';

export const checkpointMismatch: ModelRule = {
  code: 'checkpoint-mismatch',
  severity: 'warning',
  summary: 'a local checkpoint holds another network than the model that loads it',
  needs: 'model',
  check(context) {
    const network = networkOf(context);
    return network.length ? localCheckpoints(context).flatMap(one => finding(context, network, one)) : [];
  },
};

function finding(context: ModelContext, whole: readonly Expected[], checkpoint: LocalCheckpoint): readonly Finding[] {
  const network = targeted(whole, checkpoint.target);
  const tensors = taken(checkpoint.header.tensors, checkpoint.prefix);
  // A prefix that no name has is told as such.
  if (!network.length || !tensors.size) return [];
  const fit = checkpointFit(network, tensors);
  if (fit.kind === 'fits' || isLackOfPrefix(checkpoint, fit)) return [];
  const around = checkpoint.target === '' ? '' : `${checkpoint.target}.`;
  const place = recipePlace(context, [
    checkpoint.path,
    ...causesOf(
      context,
      namesOf(fit, network).map(name => around + name),
    ),
  ]);
  if (!place) return [];
  const refused = refusal(context, checkpoint, network, fit);
  return [
    {
      ...place,
      message: `\`${formatPath(checkpoint.path)}\`: ${sentence(checkpoint, fit, network.length, around)}${refused ? `\n${refused}` : ''}`,
      severity: refused ? 'error' : severityOf(checkpoint, fit, around),
    },
  ];
}

const namesOf = (fit: CheckpointFit, network: readonly Expected[]): readonly string[] =>
  fit.kind === 'outputs' || fit.kind === 'widths'
    ? fit.unfit.map(({ name }) => name)
    : fit.kind === 'layers' || fit.kind === 'modules'
      ? fit.missing.map(({ name }) => name)
      : network.map(({ name }) => name);

/** What was meant so by many: a head for other classes, a head of another kind. */
function severityOf({ target }: LocalCheckpoint, fit: CheckpointFit, around: string): Severity {
  const isOfHeads = (name: string): boolean => /(?:^|[._])head/.test(target) || !/^(?:backbone|neck)(?:\.|$)/.test(around + name);
  if (fit.kind === 'outputs' || fit.kind === 'modules') return 'hint';
  if (fit.kind === 'layers' && isOfHeads(fit.first)) return 'hint';
  return fit.kind === 'widths' && fit.unfit.every(({ name }) => isOfHeads(name)) ? 'hint' : 'warning';
}

/** `total`: tensors that the model, or its part, has. */
function sentence({ file, header, target }: LocalCheckpoint, fit: CheckpointFit, total: number, around: string): string {
  const whose = target === '' ? 'this model' : `\`${target}\``;
  switch (fit.kind) {
    case 'fits':
      return '';
    case 'nothing': {
      const begins = fit.begins.map(name => `\`${name}\``).join(', ');
      const behind = fit.prefix === null ? '' : ` (they are there behind \`${fit.prefix}\`)`;
      return `none of the ${total} tensors of ${whose} is in \`${file}\`, whose names begin with ${begins}${behind}: nothing is loaded${origin(header)}`;
    }
    case 'outputs': {
      const classes = header.meta.classes?.length;
      const why =
        classes === undefined
          ? 'was trained for another number of classes, most likely'
          : `was trained on ${count(classes, 'class', 'classes')}`;
      return `\`${file}\` ${why}: ${listed(fit.unfit, around)} ${fit.unfit.length === 1 ? 'is' : 'are'} not loaded, and learned from the beginning`;
    }
    case 'widths':
      return `of the ${total} tensors of ${whose}, ${fit.unfit.length} ${fit.unfit.length === 1 ? 'has' : 'have'} another shape in \`${file}\` and ${fit.unfit.length === 1 ? 'is' : 'are'} not loaded: ${listed(fit.unfit, around)}${origin(header)}`;
    case 'layers':
      return `the network in \`${file}\` has fewer layers: there is no \`${around}${fit.first}\`, and ${fit.missing.length} of the ${fit.of} tensors of ${whose} are not loaded${origin(header)}`;
    case 'modules':
      return `of the ${fit.of} tensors of ${whose}, ${fit.missing.length} ${fit.missing.length === 1 ? 'is' : 'are'} not in \`${file}\`, and learned from the beginning: ${fit.modules.map(name => `\`${around}${name}\``).join(', ')}`;
  }
}

function listed(unfit: readonly Unfit[], around: string): string {
  const [first] = unfit;
  const more = unfit.length > 1 ? ` (and ${unfit.length - 1} more)` : '';
  return first ? `\`${around}${first.name}\`, [${first.got.join(', ')}] in the file and [${first.expected.join(', ')}] here${more}` : '';
}

function origin({ meta }: LocalCheckpoint['header']): string {
  const name = trainedAs(meta);
  return name === null ? '' : `; it was trained as \`${name}\``;
}

/**
 * Where it goes on from the file, the optimizer's state has a place for each parameter, and is of its shape (torch 2, `Optimizer.load_state_dict`). Null: it is not
 * refused, or not surely.
 */
function refusal(
  { config }: ModelContext,
  { resumes, header }: LocalCheckpoint,
  network: readonly Expected[],
  fit: CheckpointFit,
): string | null {
  const wrapper = recipeOf(config).optimWrapper;
  if (!resumes || header.optimizer === 'none' || !wrapper || wrapper.isGiven('constructor')) return null;
  const names = new Set(network.map(({ name }) => name));
  const here = [...names].filter(name => !header.tensors.has(name) && !BUFFER.test(name));
  const there = [...header.tensors.keys()].filter(name => !names.has(name) && !BUFFER.test(name));
  // Of any other name it may be a buffer, which no optimizer has.
  if (![...here, ...there].every(name => PARAMETER.test(name))) return null;
  if (here.length !== there.length)
    return wrapper.isGiven('paramwise_cfg')
      ? 'ValueError: loaded state dict has a different number of parameter groups'
      : "ValueError: loaded state dict contains a parameter group that doesn't match the size of optimizer's group";
  const [unfit] = fit.kind === 'outputs' || fit.kind === 'widths' ? fit.unfit.filter(({ name }) => PARAMETER.test(name)) : [];
  const axis = unfit?.expected.findIndex((size, i) => size !== unfit.got[i]);
  return unfit && axis !== undefined && header.optimizer === 'state'
    ? `The optimizer's state in it has the other shapes: its first step ends in a RuntimeError (The size of tensor a (${unfit.got[axis]}) must match the size of tensor b (${unfit.expected[axis]}))`
    : null;
}
const BUFFER = /(?:^|\.)(?:running_mean|running_var|num_batches_tracked)$/;
const PARAMETER = /(?:^|\.)(?:weight|bias)$/;

const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

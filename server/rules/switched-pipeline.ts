/**
 * A hook puts another pipeline in the place of the loader's for the last epochs. Where this file writes the loader's anew and the hook keeps the base's, training ends
 * on pictures of another size, or without the masks.
 */
import { onOneLine } from '../config/as-python.ts';
import { itemsFrom, numberFrom } from '../config/from-value.ts';
import { originAt } from '../config/origins.ts';
import { formatPath } from '../config/path.ts';
import type { ConfigPath } from '../config/resolved.ts';
import { isWhole } from '../config/whole.ts';
import { plain } from '../python/origin.ts';
import type { Value } from '../python/value.ts';
import { exactSize, type Size } from '../recipe/sizes/size-range.ts';
import { sizesOf } from '../recipe/sizes/sizes.ts';
import { stepTypes } from '../recipe/step-types.ts';
import type { Fix } from './diagnostic.ts';
import { hooksAnew } from './hooks-anew.ts';
import { isNamedPack, type PipelineFlow, pipelineFlows } from './pipeline-flows.ts';
import { recipePlace } from './recipe-place.ts';
import type { ConfigContext, ConfigRule, Finding } from './rule.ts';

export const switchedPipeline: ConfigRule = {
  code: 'switched-pipeline',
  severity: 'hint',
  summary: 'a hook switches to the pipeline of the base, and the loader has another',
  needs: 'config',
  check(context) {
    if (!isWhole(context.config)) return [];
    const flows = pipelineFlows(context);
    const switched = flows.filter(({ pipeline }) => pipeline.switchedBy);
    const own = switched.length ? flows.findLast(({ pipeline }) => pipeline.phase === 'train' && !pipeline.switchedBy) : undefined;
    return own ? switched.flatMap(other => finding(context, own, other)) : [];
  },
};

function finding(context: ConfigContext, own: PipelineFlow, other: PipelineFlow): readonly Finding[] {
  const hook = other.pipeline.switchedBy;
  if (!hook || isOwn(context, other.pipeline.path) || !isOwn(context, own.pipeline.path)) return [];
  const place = recipePlace(context, [own.pipeline.path, other.pipeline.path]);
  const differs = place && difference(context, own, other);
  return place && differs
    ? [
        {
          ...place,
          site: originAt(context.config, own.pipeline.path)?.key ?? place.site,
          message: `\`${hook.typeName}\` switches to the base's \`${formatPath(other.pipeline.path)}\` in the end: ${differs}`,
          fixes: alikeFix(context, own, other),
        },
      ]
    : [];
}

const isOwn = ({ config }: ConfigContext, path: ConfigPath): boolean => originAt(config, path)?.value.file === config.file;

function difference(context: ConfigContext, own: PipelineFlow, other: PipelineFlow): string | null {
  const [here, there] = [own, other].map(one => lastSize(context, one));
  if (here && there && here.join() !== there.join())
    return `its pictures are ${there.join(' × ')}, and those of \`${formatPath(own.pipeline.path)}\` are ${here.join(' × ')}`;
  const loads = ({ flow }: PipelineFlow): boolean => flow.some(({ step }) => step.flag('with_mask') === true);
  if (loads(own) && !loads(other)) return `it loads no masks, and \`${formatPath(own.pipeline.path)}\` does`;
  return null;
}

/** The base's other pipeline, in the hook's place of its list: its sizes those of the loader's, and the masks loaded where the loader's are. */
function alikeFix(context: ConfigContext, own: PipelineFlow, other: PipelineFlow): readonly Fix[] {
  const [here, there] = [own, other].map(one => lastSize(context, one));
  const wantsMasks = own.flow.some(({ step }) => step.flag('with_mask') === true);
  const steps = other.pipeline.steps.map(step => {
    const entries = [...step.dict.entries.values()].map(({ key: name, value }): readonly [string, string] => {
      const isSize = here && there && SIZES.has(String(plain(name))) && sizeIn(value)?.join() === there.join();
      return [String(plain(name)), isSize ? `(${here.join(', ')})` : onOneLine(value)];
    });
    const masks = wantsMasks && step.typeName === 'LoadAnnotations' ? [['with_mask', 'True'] as const] : [];
    return `dict(${[...entries.filter(([name]) => !masks.some(([other]) => other === name)), ...masks].map(([name, text]) => `${name}=${text}`).join(', ')})`;
  });
  if (steps.some(text => text.includes('...')) || steps.join() === other.pipeline.steps.map(({ dict }) => onOneLine(dict)).join())
    return [];
  const title = `Write ${String(other.pipeline.path.at(-1))} anew, ${here && there && here.join() !== there.join() ? `at ${here.join(' × ')}` : 'with masks'}`;
  return hooksAnew(context, other.pipeline.path, `[${steps.join(', ')}]`, title);
}
const SIZES = new Set(['scale', 'size', 'img_scale', 'crop_size', 'input_size']);
const sizeIn = (value: Value): readonly (number | undefined)[] | undefined => {
  const items = itemsFrom(value)?.map(item => numberFrom(item));
  return items?.length === 2 ? items : undefined;
};

/** As it is packed. */
function lastSize(context: ConfigContext, { pipeline }: PipelineFlow): Size | null {
  const sized = sizesOf(stepTypes(context), pipeline);
  const last = sized.find(({ step }) => isNamedPack(step))?.before ?? sized.at(-1)?.after;
  return last ? exactSize(last) : null;
}

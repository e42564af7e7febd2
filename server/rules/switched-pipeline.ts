/**
 * A hook puts another pipeline in the place of the loader's for the last epochs. Where this file writes the loader's anew and the hook keeps the base's, training ends
 * on pictures of another size, or without the masks.
 */
import { originAt } from '../config/origins.ts';
import { formatPath } from '../config/path.ts';
import type { ConfigPath } from '../config/resolved.ts';
import { isWhole } from '../config/whole.ts';
import { exactSize, type Size } from '../recipe/sizes/size-range.ts';
import { sizesOf } from '../recipe/sizes/sizes.ts';
import { stepTypes } from '../recipe/step-types.ts';
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

/** As it is packed. */
function lastSize(context: ConfigContext, { pipeline }: PipelineFlow): Size | null {
  const sized = sizesOf(stepTypes(context), pipeline);
  const last = sized.find(({ step }) => isNamedPack(step))?.before ?? sized.at(-1)?.after;
  return last ? exactSize(last) : null;
}

/** Pretrained weights of a backbone, from what its library says of its own models (`.mim/model-index.yml`): read where the user has it, never bundled. */
import { parse as parseYaml } from 'yaml';
import { valueAt } from '../config/origins.ts';
import { literalValue } from '../model/options.ts';
import type { Project } from '../project/project.ts';
import { repr } from '../python/operate.ts';
import { plain } from '../python/origin.ts';
import { Dict } from '../python/types/dict.ts';
import type { BackboneType } from './backbone-type.ts';
import { TORCHVISION_DEPTHS } from './customary.ts';

export interface Weights {
  readonly checkpoint: string;
  /** Of the backbone's names within the file. */
  readonly prefix?: string;
}

/** Null: none is known for just this variant. */
export function weightsOf(project: Project, type: BackboneType): Weights | null {
  const { args, customary, name } = type;
  if (customary && Object.entries(customary.variant).every(([key, value]) => args.get(key) === value)) return customary.weights;
  const depth = args.get('depth');
  if (name === 'mmdet.ResNet' && depth !== undefined && TORCHVISION_DEPTHS.includes(depth))
    return { checkpoint: `torchvision://resnet${depth}` };
  const checkpoint = inLibrary(project, type);
  return checkpoint === null ? null : { checkpoint, prefix: 'backbone.' };
}

/** Arguments that change no weight's name or shape. */
const FREE =
  /^(type|init_cfg|out_indices|drop_path_rate|drop_rate|frozen_stages|norm_eval|with_cp|style|num_stages|gap_before_final_norm|out_type|output_cls_token|layer_scale_init_value|norm_cfg|act_cfg)$/;

interface Listed {
  readonly Config?: unknown;
  readonly Weights?: unknown;
}

/** The first model of the library's own list whose config has this backbone. */
function inLibrary(project: Project, { entry, args }: BackboneType): string | null {
  const configs = project.configsOf(entry.scope);
  if (configs === null) return null;
  const wanted = signature([...args].map(([key, text]) => [key, repr(literalValue(text, project.configs.parse))]));
  // A library has hundreds of models: only the folders that are named after the backbone are looked into.
  for (const { name, kind } of project.host.list(configs)) {
    if (kind !== 'folder' || !alike(name, entry.name)) continue;
    for (const model of modelsIn(project.host.read(`${configs}/${name}/metafile.yml`))) {
      if (typeof model.Config !== 'string' || typeof model.Weights !== 'string') continue;
      const backbone = valueAt(project.config(`${configs.replace(/\/configs$/, '')}/${model.Config}`), ['model', 'backbone']);
      if (
        !(backbone instanceof Dict) ||
        String(plain(backbone.get('type') ?? ''))
          .split('.')
          .at(-1) !== entry.name
      )
        continue;
      if (signature([...backbone.entries.values()].map(e => [String(plain(e.key)), repr(e.value)])) === wanted) return model.Weights;
    }
  }
  return null;
}

const signature = (args: readonly (readonly [string, string])[]): string =>
  args
    .filter(([key]) => !FREE.test(key))
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join();

const squeezed = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]|transformer|vision/g, '');
const alike = (folder: string, type: string): boolean =>
  squeezed(folder) !== '' && (squeezed(folder).startsWith(squeezed(type)) || squeezed(type).startsWith(squeezed(folder)));

function modelsIn(text: string | null): readonly Listed[] {
  if (text === null) return [];
  try {
    const file: unknown = parseYaml(text);
    const models = typeof file === 'object' && file !== null && 'Models' in file ? file.Models : null;
    return Array.isArray(models) ? models.filter((m): m is Listed => typeof m === 'object' && m !== null) : [];
  } catch {
    // A broken list is no reason to write no config.
    return [];
  }
}

/** The settings of the open file that decide which tensors a part of the model has. */
import { originAt } from '../../config/origins.ts';
import type { ConfigPath } from '../../config/resolved.ts';
import type { ConfigContext } from '../rule.ts';
import { valuesOf } from '../values-of.ts';

/** `names`: of tensors, as the whole model has them. */
export function causesOf({ config }: ConfigContext, names: readonly string[]): readonly ConfigPath[] {
  const parts = new Set(names.map(name => name.slice(0, name.indexOf('.'))));
  return valuesOf(config).flatMap(({ path }) => {
    const [top, part] = path;
    if (top !== 'model' || !parts.has(String(part)) || !SETTINGS.test(String(path.at(-1)))) return [];
    const origin = originAt(config, path);
    const isOwn = origin && [origin.value, ...origin.literals].some(site => site.file === config.file);
    return isOwn ? [path] : [];
  });
}

const SETTINGS =
  /^(?:num_classes|depth|arch|widen_factor|deepen_factor|(?:\w+_)?channels|(?:\w+_)?dims|depths|num_heads|num_outs|stacked_convs|num_(?:layers|blocks|queries|stages)|conv_cfg|type)$/;

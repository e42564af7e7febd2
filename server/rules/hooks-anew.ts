/** `custom_hooks` written anew with one of the base's hooks changed: a list is replaced, never merged. */
import { itemsFrom } from '../config/from-value.ts';
import { originAt } from '../config/origins.ts';
import type { ConfigPath } from '../config/resolved.ts';
import type { Fix } from './diagnostic.ts';
import type { ConfigContext } from './rule.ts';
import { settingFix } from './setting-fix.ts';

/** `text`: of what stands at a path such as `custom_hooks[1].switch_pipeline`. Empty where the list is this file's own, or the form does not allow it. */
export function hooksAnew(context: ConfigContext, [list, index, key, ...more]: ConfigPath, text: string, title: string): readonly Fix[] {
  const { config } = context;
  const all = list === 'custom_hooks' ? itemsFrom(config.value.get('custom_hooks')) : undefined;
  if (config.style !== 'text' || !all || typeof index !== 'number' || typeof key !== 'string' || more.length) return [];
  if (originAt(config, ['custom_hooks'])?.value.file === config.file) return [];
  const hooks = [
    ...(index > 0 ? [`*_base_.custom_hooks[:${index}]`] : []),
    `dict(_base_.custom_hooks[${index}], ${key}=${text})`,
    ...(index < all.length - 1 ? [`*_base_.custom_hooks[${index + 1}:]`] : []),
  ];
  return settingFix(context, [{ path: ['custom_hooks'], text: `[${hooks.join(', ')}]` }], title);
}

/** Weights that a part is to begin with, and that its class takes and does nothing with: `init_cfg` never comes to mmengine's `BaseModule`. */
import { originAt } from '../config/origins.ts';
import { formatPath } from '../config/path.ts';
import { plain } from '../python/origin.ts';
import { constructorOf } from '../recipe/part-types.ts';
import { isUsed, type TypedPart, typedParts } from '../recipe/typed-parts.ts';
import { unreadArgument } from '../recipe/unread-argument.ts';
import { distinct } from './distinct.ts';
import { recipePlace } from './recipe-place.ts';
import type { ConfigContext, ConfigRule, Finding } from './rule.ts';

export const initCfgIgnored: ConfigRule = {
  code: 'init-cfg-ignored',
  severity: 'warning',
  summary: 'weights that a part is to begin with, and its class does nothing with',
  needs: 'config',
  check: context =>
    distinct(
      typedParts(context).flatMap(part =>
        part.place.registry === 'model' && isUsed(part) ? KEYS.flatMap(key => finding(context, part, key)) : [],
      ),
    ),
};

const KEYS = ['init_cfg', 'pretrained'];

function finding(context: ConfigContext, part: TypedPart, key: string): readonly Finding[] {
  const given = plain(part.dict.get(key) ?? null);
  // `pretrained=False` asks for none.
  const entry = given === null || given === false || given === '' ? null : constructorOf(context, part);
  const unread = entry && unreadArgument(context, entry, key);
  const place = unread && recipePlace(context, [[...part.path, key]]);
  const at = originAt(context.config, [...part.path, key])?.key;
  if (!unread || !place) return [];
  const why =
    unread.kind === 'unused'
      ? `takes \`${key}\` and does nothing with it`
      : `keeps its \`${key}\`, and nothing reads it: it is no \`BaseModule\` of mmengine`;
  const pass =
    key === 'init_cfg'
      ? unread.kind === 'unused'
        ? `; hand it on: \`super().__init__(init_cfg=${key})\``
        : '; let the class inherit from `BaseModule`, and hand it on: `super().__init__(init_cfg=init_cfg)`'
      : '; say `init_cfg` where the class takes it';
  const site = at?.file === context.config.file ? at : place.site;
  return [
    { site, related: place.related, message: `\`${formatPath([...part.path, key])}\` has no effect: \`${unread.owner}\` ${why}${pass}` },
  ];
}

/** `custom_hooks` takes the place of a base's: a list is replaced, never joined, and a hook that the base had is gone. */
import { originAt } from '../config/origins.ts';
import { isWhole } from '../config/whole.ts';
import { recipeOf } from '../recipe/recipe.ts';
import type { ConfigRule, Finding } from './rule.ts';

export const customHooksOverwritten: ConfigRule = {
  code: 'custom-hooks-overwritten',
  severity: 'hint',
  summary: '`custom_hooks` replaces that of a base',
  needs: 'config',
  check(context) {
    const { config } = context;
    const origin = originAt(config, ['custom_hooks']);
    const before = origin?.overrides;
    if (!isWhole(config) || !origin || !before || origin.value.file !== config.file || before.value.file === config.file) return [];
    // What is made of the base's list keeps it: `_base_.custom_hooks + [...]`.
    const own = context.text(config.file)?.slice(origin.value.start, origin.value.end) ?? '';
    const text = context.text(before.value.file)?.slice(before.value.start, before.value.end) ?? '';
    if (!own.startsWith('[') || own === '[]' || own.includes('_base_') || !text.startsWith('[')) return [];
    const now = new Set(recipeOf(config).customHooks.map(hook => hook.typeName));
    const lost = [...new Set(typesIn(text))].filter(type => !now.has(type) && !WITHOUT_EFFECT.has(type));
    if (!lost.length) return [];
    const told = lost.map(type => `\`${type}\``).join(', ');
    return [
      {
        site: origin.key,
        message: `This replaces the base's hooks: ${told} ${lost.length > 1 ? 'are' : 'is'} gone`,
        related: [{ site: before.value, message: 'the base has them here' }],
      } satisfies Finding,
    ];
  },
};

/** Averages of weights take the buffers along: whoever puts such a hook in its place leaves this one out. */
const WITHOUT_EFFECT = new Set(['SyncBuffersHook']);

/** Of the entries themselves, not of what stands in them. */
function typesIn(list: string): readonly string[] {
  return [...list.matchAll(/(?:dict\(\s*type\s*=\s*|\{\s*['"]type['"]\s*:\s*)(['"])(?:\w+\.)*(\w+)\1/g)].flatMap(([, , type = '']) =>
    /Hook$/.test(type) ? type : [],
  );
}

/** The runner's own first checks (mmengine 0.10.7, `Runner.__init__`): loader, loop and optimizer, or loader, loop and evaluator, are all there or none is. */
import { originAt } from '../config/origins.ts';
import { isWhole } from '../config/whole.ts';
import { PHASES, type Phase, type Recipe, recipeOf, TRIOS } from '../recipe/recipe.ts';
import type { Fix } from './diagnostic.ts';
import { mayBeCompleted } from './may-be-completed.ts';
import { recipePlace } from './recipe-place.ts';
import type { ConfigContext, ConfigRule, Finding } from './rule.ts';
import { settingFix } from './setting-fix.ts';

/** What a loop is written as where nothing else is to be said. */
const PLAIN_LOOPS: Readonly<Record<string, string>> = { val_cfg: "dict(type='ValLoop')", test_cfg: "dict(type='TestLoop')" };

export const loopIncomplete: ConfigRule = {
  code: 'loop-incomplete',
  severity: 'error',
  summary: 'of loader, loop and evaluator (or optimizer) one is missing',
  needs: 'config',
  check(context) {
    const recipe = recipeOf(context.config);
    if (!isWhole(context.config) || !recipe.model) return [];
    const found = [...PHASES.flatMap(phase => trioFinding(context, recipe, phase)), ...schedulerFinding(context, recipe)];
    return found.length && mayBeCompleted(context) ? [] : found;
  },
};

/** Of a file that others complete nothing is claimed: it sets none of the three to None, and has one of them at most. */
function trioFinding(context: ConfigContext, recipe: Recipe, phase: Phase): readonly Finding[] {
  const trio = TRIOS[phase];
  const states = trio.map(key => ({ key, state: recipe.presence(key) }));
  const given = states.filter(({ state }) => state === 'given').map(({ key }) => key);
  const lacking = states.filter(({ state }) => state === 'none' || state === 'absent').map(({ key }) => key);
  if (given.length + lacking.length < trio.length || !given.length || !lacking.length) return [];
  const isEntry = recipe.isRun || given.length === 2 || states.some(({ state }) => state === 'none');
  const removed = lacking.filter(key => recipe.presence(key) === 'none');
  const place = isEntry
    ? recipePlace(
        context,
        [...removed, ...given].map(key => [key]),
      )
    : null;
  if (!place) return [];
  const names = [trio[0], trio[1], `and ${trio[2]}`].join(', ');
  return [
    {
      site: originAt(context.config, place.path)?.key.file === context.config.file ? keyOf(context, place.path, place.site) : place.site,
      message: `${told(given)} ${given.length > 1 ? 'are' : 'is'} set, and ${told(lacking)} ${lacking.length > 1 ? 'are' : 'is'} not: a run takes all three or none\nValueError: ${names} should be either all None or not None`,
      related: place.related,
      fixes: fixesFor(context, given, lacking, removed),
    },
  ];
}

function schedulerFinding(context: ConfigContext, recipe: Recipe): readonly Finding[] {
  const isOff = recipe.presence('optim_wrapper') === 'none' || (recipe.isRun && recipe.presence('optim_wrapper') === 'absent');
  if (!isOff || recipe.presence('param_scheduler') !== 'given') return [];
  const place = recipePlace(context, [['optim_wrapper'], ['param_scheduler']]);
  if (!place) return [];
  return [
    {
      site: keyOf(context, place.path, place.site),
      message:
        '`param_scheduler` is set, and `optim_wrapper` is not: there is nothing to schedule\nValueError: param_scheduler should be None when optim_wrapper is None',
      related: place.related,
      fixes: settingFix(context, [{ path: ['param_scheduler'], text: 'None' }], 'Set param_scheduler to None'),
    },
  ];
}

/** What was taken away is taken away whole; a loop that is forgotten is written. */
function fixesFor(
  context: ConfigContext,
  given: readonly string[],
  lacking: readonly string[],
  removed: readonly string[],
): readonly Fix[] {
  const [key] = lacking;
  const loop = key === undefined ? undefined : PLAIN_LOOPS[key];
  if (lacking.length === 1 && key !== undefined && loop !== undefined && !removed.length)
    return settingFix(context, [{ path: [key], text: loop }], `Set ${key} to ${loop}`);
  // Without its optimizer a schedule is refused too.
  const all = given.includes('train_cfg') || given.includes('train_dataloader') ? [...given, 'param_scheduler'] : given;
  const texts = all.map(name => ({ path: [name], text: 'None' }));
  return removed.length ? settingFix(context, texts, `Set ${given.join(' and ')} to None too`) : [];
}

const keyOf = ({ config }: ConfigContext, path: readonly (string | number)[], otherwise: Finding['site']): Finding['site'] => {
  const key = originAt(config, path)?.key;
  return key?.file === config.file ? key : otherwise;
};
const told = (keys: readonly string[]): string => keys.map(key => `\`${key}\``).join(' and ');

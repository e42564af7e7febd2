/**
 * A loss of overlaps for a head that hands it offsets: what an overlap of four offsets would be means nothing, and nothing fails. Read from the head's own source:
 * whether its loss asks for `reg_decoded_bbox`, and what that is where it is not written (mmdet 3.3.0, `AnchorHead.loss_by_feat_single`, `BBoxHead.loss`).
 */
import { formatPath } from '../config/path.ts';
import { isWhole } from '../config/whole.ts';
import { type ClassSource, classSource } from '../recipe/class-source.ts';
import { methodOf } from '../recipe/keys/constructed.ts';
import { speaksOf } from '../recipe/mentions.ts';
import { Part } from '../recipe/part.ts';
import { builtParts } from '../recipe/part-types.ts';
import { type Fields, isFields, someChild } from '../syntax/children.ts';
import { recipePlace } from './recipe-place.ts';
import type { ConfigContext, ConfigRule, Finding } from './rule.ts';
import { settingFix } from './setting-fix.ts';

const OF_OVERLAPS = /^mmdet\.models\.losses\.iou_loss\.(?:Bounded|G|D|C|E|S)?IoULoss$/;
const FLAG = 'reg_decoded_bbox';

export const lossOfOffsets: ConfigRule = {
  code: 'loss-of-offsets',
  severity: 'warning',
  summary: 'a loss of overlaps that is given offsets, not boxes',
  needs: 'config',
  check(context) {
    if (!isWhole(context.config)) return [];
    return builtParts(context).flatMap(({ part, entry }): readonly Finding[] => {
      const head = part.path[0] === 'model' ? new Part(part.path, part.dict) : undefined;
      const loss = head?.part('loss_bbox');
      if (!head || !loss || head.presence(FLAG) === 'unknown' || head.flag(FLAG) === true) return [];
      const built = builtParts(context).find(other => other.part.dict === loss.dict);
      if (!OF_OVERLAPS.test(built?.entry.target ?? '')) return [];
      const source = classSource(context, entry);
      if (!source || !asksForBoxes(source) || !(head.flag(FLAG) === false || isOffsetByDefault(source))) return [];
      return finding(context, head, loss);
    });
  },
};

/** Whether the class whose methods compute it, the first that does, decodes boxes where the flag says so. */
function asksForBoxes({ classes }: ClassSource): boolean {
  for (const { body } of classes) {
    const using = body.filter(s => s.kind === 'function' && s.name !== '__init__' && uses(s));
    if (using.length) return using.every(method => speaksOf(method, /^reg_decoded_bbox$/));
  }
  return false;
}
/** `self.loss_bbox`. */
function uses(node: object): boolean {
  const isUsed = (one: Fields): boolean => (one.kind === 'attribute' && one.name === 'loss_bbox') || someChild(one, isUsed);
  return isFields(node) && isUsed(node);
}

function isOffsetByDefault({ classes }: ClassSource): boolean {
  for (const { body } of classes) {
    const init = methodOf(body, '__init__');
    const parameter = init?.parameters.find(({ name }) => name === FLAG);
    if (parameter) return parameter.fallback?.kind === 'constant' && parameter.fallback.value === false;
    // What it sets by itself is not known from the next.
    if (init?.body.some(statement => speaksOf(statement, /^reg_decoded_bbox$/) || givesFlag(statement))) return false;
  }
  return false;
}

/** `super().__init__(reg_decoded_bbox=True)`. */
function givesFlag(node: object): boolean {
  const isGiven = (one: Fields): boolean => (one.kind === 'named' && one.name === FLAG) || someChild(one, isGiven);
  return isFields(node) && isGiven(node);
}

function finding(context: ConfigContext, head: Part, loss: Part): readonly Finding[] {
  const path = head.at(FLAG);
  const place = recipePlace(context, [path, loss.at('type'), head.at('type')]);
  if (!place) return [];
  return [
    {
      ...place,
      message: `\`${loss.typeName}\` compares boxes, and \`${formatPath(head.path)}\` gives it offsets: \`${FLAG}=True\` lets it decode them first`,
      fixes: settingFix(context, [{ path, text: 'True' }], `Set ${formatPath(path)} to True`),
    },
  ];
}

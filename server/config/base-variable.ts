/**
 * `{{ _base_.a.b }}` in a Python config, until the bases' value takes its place. Where it is only put somewhere, that is all; to the config's own code it is a text that
 * mmengine makes up at random, so whatever is computed from it is not known.
 */

import { UnknownValue } from '../python/types/unknown.ts';
import type { Value } from '../python/value.ts';
import type { Block, Expression } from '../syntax/nodes.ts';

export class BaseVariable extends UnknownValue {
  /** `a.b` */
  readonly variable: string;
  constructor(variable: string) {
    super(`{{ _base_.${variable} }} in an expression`);
    this.variable = variable;
  }
  override derived(): UnknownValue {
    return new UnknownValue(this.reason, this.site);
  }
}

/** Statements in which hidden names stand for base variables, and what those names are bound to. */
export function withHiddenVariables(
  body: Block,
  placeholders: ReadonlyMap<string, string>,
): { readonly body: Block; readonly given: ReadonlyMap<string, Value> } {
  const given = new Map<string, Value>();
  if (!placeholders.size) return { body, given };
  const stands = [...placeholders];
  const hidden = (text: string): string | null => {
    const [, variable] = stands.find(([placeholder]) => text.includes(placeholder)) ?? [];
    if (variable === undefined) return null;
    const whole = placeholders.get(text);
    const name = `.base ${given.size}`;
    given.set(name, whole === undefined ? new UnknownValue(`{{ _base_.${variable} }} inside of a text`) : new BaseVariable(whole));
    return name;
  };
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk);
    if (typeof node !== 'object' || node === null) return node;
    if (isText(node)) {
      const name = hidden(node.value);
      return name === null ? node : { kind: 'name', name, span: node.span };
    }
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, walk(value)]));
  };
  return { body: body.map(walk).filter(isStatement), given };
}

const isText = (node: object): node is Expression<'constant'> & { readonly value: string } =>
  'kind' in node && node.kind === 'constant' && 'value' in node && typeof node.value === 'string';
const isStatement = (value: unknown): value is Block[number] =>
  typeof value === 'object' && value !== null && 'kind' in value && 'span' in value;

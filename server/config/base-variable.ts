/**
 * `{{ _base_.a.b }}` in a Python config, until the bases' value takes its place. Where it is only put somewhere, that is all; to the config's own code it is a text that
 * mmengine makes up at random, so whatever is computed from it is not known.
 */

import { UnknownValue } from '../python/types/unknown.ts';
import type { Value } from '../python/value.ts';
import type { Block } from '../syntax/nodes.ts';
import { withTexts } from './texts-in.ts';

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

/** Statements in which hidden names stand for base variables, and what those names are bound to. `text`: as it was written, with the variables in it. */
export function withHiddenVariables(
  body: Block,
  text: string,
  placeholders: ReadonlyMap<string, string>,
): { readonly body: Block; readonly given: ReadonlyMap<string, Value> } {
  const given = new Map<string, Value>();
  if (!placeholders.size) return { body, given };
  const stands = [...placeholders];
  const hidden = (literal: string): string | null => {
    const [, variable] = stands.find(([placeholder]) => literal.includes(placeholder)) ?? [];
    if (variable === undefined) return null;
    const whole = placeholders.get(literal);
    const name = `.base ${given.size}`;
    given.set(name, whole === undefined ? new UnknownValue(`{{ _base_.${variable} }} inside of a text`) : new BaseVariable(whole));
    return name;
  };
  const named = withTexts(body, text, node => {
    const name = hidden(node.value);
    return name === null ? node : { kind: 'name', name, span: node.span };
  });
  return { body: named, given };
}

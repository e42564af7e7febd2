import { element } from './element.ts';

/** Text in which what stands between backquotes is code. */
export function withCode(text: string): (Node | string)[] {
  return text.split('`').map((part, at) => (at % 2 === 1 ? element('code', {}, part) : part));
}

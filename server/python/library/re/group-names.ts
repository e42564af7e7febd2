/** Names and numbers of groups, in the text of a pattern and in what stands for its matches. */
import { quoted } from '../../types/str.ts';
import type { PatternText } from './pattern-text.ts';

/** Up to the sign that ends it, which is taken too. */
export function readName(text: PatternText, end: string): string {
  const start = text.at,
    name = text.takeWhile(c => c !== end);
  if (!name) text.fail('missing group name', start);
  if (!text.take(end)) text.fail(`missing ${end}, unterminated name`, start);
  return name;
}
export const isName = (text: string): boolean => /^[\p{XID_Start}_]\p{XID_Continue}*$/u.test(text);
/** As `int` reads it; -1: it is none. */
export const groupNumber = (text: string): number => (/^\s*[+-]?\d+(?:_\d+)*\s*$/.test(text) ? Number(text.replace(/_/g, '')) : -1);
export const badName = (text: PatternText, name: string, at: number): never => text.fail(`bad character in group name ${quoted(name)}`, at);
export function checkName(text: PatternText, name: string, at: number): void {
  if (!isName(name)) badName(text, name, at);
}
export const unknownName = (name: string): string => `unknown group name ${quoted(name)}`;

/** Registrations that only a run would tell: the method handed on (`partial(MODELS.register_module, force=True)`), a registry's table changed by hand. */
import { type Argument, callArguments } from './arguments.ts';
import { withoutStrings } from './statements.ts';

/** Where a text speaks of registering next; -1: nowhere. */
export function nextMention(text: string, from: number): number {
  const [method, table] = [text.indexOf('register_module', from), text.indexOf('module_dict', from)];
  return method < 0 || (table >= 0 && table < method) ? table : method;
}

/** What the registries are called in a statement that is no plain registration; an empty name where one has none. */
export function unreadIn(statement: string): readonly string[] {
  const text = withoutStrings(statement, "''");
  const handed = [...text.matchAll(METHOD)].filter(({ index, 0: whole, 1: receiver = '' }) => {
    const open = index + whole.length;
    return mayRegister(receiver, text[open] === '(' ? callArguments(text, open) : null);
  });
  const changed = [...text.matchAll(TABLE)].filter(({ 1: receiver = '' }) => isConstant(receiver));
  const asked = [...statement.matchAll(ASKED)];
  return [...handed, ...changed, ...asked].map(({ 1: receiver = '' }) => (/^[\w.]+$/.test(receiver) ? receiver : ''));
}

const METHOD = /([\w.]*[\w)\]])\s*\.\s*_?register_module\b\s*/g;
/** Written to, or given another name by which it may be. */
const TABLE = /([\w.]*[\w)\]])\s*\.\s*_?module_dict\b\s*(?:\[[^\]]*\]\s*=(?!=)|\.\s*(?:update|setdefault|__setitem__)\b|\|=|$)/g;
const ASKED = /\bgetattr\s*\(\s*([\w.]+)\s*,\s*['"]_?(?:register_module|module_dict)['"]/g;

/** `args` null: it is not called. PyTorch has a method of that name, which is mostly given a name and a module by their places. */
export function mayRegister(receiver: string, args: readonly Argument[] | null): boolean {
  if (isConstant(receiver)) return true;
  if (receiver === 'self' || receiver.endsWith(')')) return false;
  return args?.length !== 2 || args.some(({ name }) => name !== null);
}

/** `MODELS`, `registry.MODELS`: whether a name that cannot be followed looks like a registry's. */
export const isConstant = (receiver: string): boolean => /(?:^|\.)[A-Z][A-Z0-9_]*$/.test(receiver);

/** An expression as text again, as CPython writes it for annotations that are texts: with no more parentheses than its operators need. */
import type { Argument, BinaryOperator, Clause, Expression, Interpolation, Parameter } from './nodes.ts';

/** How tightly each binds: what stands within something that binds more tightly is put in parentheses. */
const TUPLE = 0,
  TEST = 1,
  OR = 2,
  AND = 3,
  NOT = 4,
  COMPARE = 5,
  EXPRESSION = 6,
  FACTOR = 12,
  POWER = 13,
  AWAIT = 14,
  ATOM = 15;
const BINARY: Readonly<Record<BinaryOperator, number>> = {
  '|': EXPRESSION,
  '^': 7,
  '&': 8,
  '<<': 9,
  '>>': 9,
  '+': 10,
  '-': 10,
  '*': 11,
  '/': 11,
  '//': 11,
  '%': 11,
  '@': 11,
  '**': POWER,
};
/** How a constant, or a text of which there is no node, is written. */
export type Shown = (value: Expression<'constant'>['value']) => string;

/** Stands for what is not written again. */
export const UNWRITTEN = '…';

export const unparse = (e: Expression, shown: Shown): string => write(e, TEST, shown);

function write(e: Expression, level: number, shown: Shown): string {
  const at =
      (inner: number) =>
      (part: Expression): string =>
        write(part, inner, shown),
    test = at(TEST),
    within = (own: number, text: string): string => (level > own ? `(${text})` : text);
  switch (e.kind) {
    case 'name':
      return e.name;
    case 'constant':
      return shown(e.value);
    case 'ellipsis':
      return '...';
    case 'attribute': {
      const { object } = e,
        whole = object.kind === 'constant' && (typeof object.value === 'number' || typeof object.value === 'bigint');
      return `${at(ATOM)(object)}${whole ? ' ' : ''}.${e.name}`;
    }
    case 'subscript':
      return `${at(ATOM)(e.object)}[${at(TUPLE)(e.key)}]`;
    case 'slice':
      return `${e.start ? test(e.start) : ''}:${e.stop ? test(e.stop) : ''}${e.step ? `:${test(e.step)}` : ''}`;
    case 'tuple':
      return e.items.length ? within(TUPLE, `${e.items.map(test).join(', ')}${e.items.length === 1 ? ',' : ''}`) : '()';
    case 'list':
      return `[${e.items.map(test).join(', ')}]`;
    case 'set':
      return `{${e.items.map(test).join(', ')}}`;
    case 'dict':
      return `{${e.pairs.map(p => (p.key ? `${test(p.key)}: ${test(p.value)}` : `**${at(EXPRESSION)(p.value)}`)).join(', ')}}`;
    case 'starred':
      return `*${at(EXPRESSION)(e.value)}`;
    case 'unary': {
      const own = e.operator === 'not' ? NOT : FACTOR;
      return within(own, `${e.operator === 'not' ? 'not ' : e.operator}${at(own)(e.operand)}`);
    }
    case 'binary': {
      const own = BINARY[e.operator],
        right = e.operator === '**' ? 1 : 0;
      return within(own, `${at(own + right)(e.left)} ${e.operator} ${at(own + 1 - right)(e.right)}`);
    }
    case 'boolean': {
      const own = e.operator === 'and' ? AND : OR,
        left = e.left.kind === 'boolean' && e.left.operator === e.operator ? own : own + 1;
      return within(own, `${at(left)(e.left)} ${e.operator} ${at(own + 1)(e.right)}`);
    }
    case 'compare':
      return within(
        COMPARE,
        at(COMPARE + 1)(e.first) + e.rest.map(({ operator, operand }) => ` ${operator} ${at(COMPARE + 1)(operand)}`).join(''),
      );
    case 'conditional':
      return within(TEST, `${at(TEST + 1)(e.chosen)} if ${at(TEST + 1)(e.test)} else ${test(e.otherwise)}`);
    case 'lambda': {
      const parameters = parametersText(e.parameters, test);
      return within(TEST, `lambda${parameters && ` ${parameters}`}: ${test(e.body)}`);
    }
    case 'call': {
      const [only] = e.args;
      if (e.args.length === 1 && only?.kind === 'positional' && only.value.kind === 'comprehension' && only.value.form === 'generator')
        return at(ATOM)(e.callee) + test(only.value);
      const named = (a: Argument): boolean => a.kind === 'named' || a.kind === 'mapping';
      return `${at(ATOM)(e.callee)}(${[...e.args.filter(a => !named(a)), ...e.args.filter(named)].map(a => argument(a, at)).join(', ')})`;
    }
    case 'comprehension': {
      const item = e.form === 'dict' && e.value ? `${test(e.item)}: ${test(e.value)}` : test(e.item),
        [open, close] = e.form === 'list' ? '[]' : e.form === 'generator' ? '()' : '{}';
      return `${open}${item}${e.clauses.map(c => clause(c, at)).join('')}${close}`;
    }
    case 'named':
      return within(TUPLE, `${e.name} := ${at(ATOM)(e.value)}`);
    case 'await':
      return within(AWAIT, `await ${at(ATOM)(e.value)}`);
    case 'joined':
      return `f${shown(e.parts.map(p => (typeof p === 'string' ? braces(p) : interpolation(p, shown))).join(''))}`;
    default:
      return UNWRITTEN;
  }
}
type At = (level: number) => (part: Expression) => string;

function argument(a: Argument, at: At): string {
  switch (a.kind) {
    case 'named':
      return `${a.name}=${at(TEST)(a.value)}`;
    case 'splat':
      return `*${at(EXPRESSION)(a.value)}`;
    case 'mapping':
      return `**${at(TEST)(a.value)}`;
    default:
      return at(TEST)(a.value);
  }
}
const clause = (c: Clause, at: At): string =>
  c.kind === 'if'
    ? ` if ${at(TEST + 1)(c.test)}`
    : `${c.asynchronous ? ' async' : ''} for ${at(TUPLE)(c.target)} in ${at(TEST + 1)(c.iterable)}`;

function parametersText(parameters: readonly Parameter[], test: (e: Expression) => string): string {
  const out: string[] = [],
    positional = parameters.filter(p => p.kind === 'positional').length,
    starred = parameters.some(p => p.kind === 'args');
  for (const [i, p] of parameters.entries()) {
    if (p.kind === 'keyword' && !starred && !out.some(t => t === '*')) out.push('*');
    const text = p.name + (p.fallback ? `=${test(p.fallback)}` : '');
    out.push(p.kind === 'args' ? `*${text}` : p.kind === 'kwargs' ? `**${text}` : text);
    if (positional && i === positional - 1) out.push('/');
  }
  return out.join(', ');
}

const braces = (text: string): string => text.replace(/[{}]/g, '$&$&');
function interpolation({ value, conversion, spec }: Interpolation, shown: Shown): string {
  const text = write(value, TEST + 1, shown),
    format =
      spec?.kind === 'joined' ? `:${spec.parts.map(p => (typeof p === 'string' ? braces(p) : interpolation(p, shown))).join('')}` : '';
  return `{${text.startsWith('{') ? ' ' : ''}${text}${conversion && `!${conversion}`}${format}}`;
}

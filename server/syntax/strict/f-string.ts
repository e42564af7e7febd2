type Check = (expression: string) => string | null;

/** What is wrong with an f-string, as CPython 3.11 says it. `check`: what is wrong with one of its expressions. Null: nothing. */
export function fStringFault(token: string, check: Check): string | null {
  const prefix = /^(?:[rR]?[fF]|[fF][rR])/.exec(token)?.[0];
  if (prefix === undefined) return null;
  const quote = /^(?:'''|"""|'|")/.exec(token.slice(prefix.length))?.[0] ?? "'";
  return literal(token.slice(prefix.length + quote.length, -quote.length), 0, { raw: /r/i.test(prefix), check }, 0).fault;
}

interface How {
  readonly raw: boolean;
  readonly check: Check;
}
interface Read {
  readonly at: number;
  readonly fault: string | null;
}

/** Up to the end, or in a format to the brace that closes its field. */
function literal(text: string, from: number, how: How, depth: number): Read {
  let i = from;
  while (i < text.length) {
    const c = text[i];
    if (!how.raw && c === '\\') {
      // `\N{…}` is a letter.
      const named = /\\N\{[^}]*\}/y;
      named.lastIndex = i;
      i = named.test(text) ? named.lastIndex : i + (text[i + 1] === '{' || text[i + 1] === '}' ? 1 : 2);
      continue;
    }
    if (c === '{' && text[i + 1] === '{' && depth === 0) i += 2;
    else if (c === '}' && depth > 0) return { at: i, fault: null };
    else if (c === '}') {
      if (text[i + 1] !== '}') return { at: i, fault: "f-string: single '}' is not allowed" };
      i += 2;
    } else if (c === '{') {
      const read = field(text, i + 1, how, depth);
      if (read.fault !== null) return read;
      i = read.at;
    } else i++;
  }
  return { at: i, fault: null };
}

/** Behind its opening brace; ends behind the closing one. */
function field(text: string, from: number, how: How, depth: number): Read {
  const fault = (message: string): Read => ({ at: i, fault: `f-string: ${message}` });
  const open: string[] = [];
  let i = from;
  let quote = '';
  if (depth >= 2) return fault('expressions nested too deeply');
  for (; i < text.length; i++) {
    const c = text[i] ?? '';
    if (c === '\\') return { at: i, fault: 'f-string expression part cannot include a backslash' };
    if (quote) {
      if (text.startsWith(quote, i)) {
        i += quote.length - 1;
        quote = '';
      }
      continue;
    }
    if (c === "'" || c === '"') {
      quote = text.startsWith(c.repeat(3), i) ? c.repeat(3) : c;
      i += quote.length - 1;
    } else if ('[{('.includes(c)) {
      if (open.length >= 200) return fault('too many nested parenthesis');
      open.push(c);
    } else if (c === '#') return { at: i, fault: "f-string expression part cannot include '#'" };
    else if (!open.length && (c === '!' || c === ':' || c === '}' || c === '=' || c === '<' || c === '>')) {
      if (text[i + 1] === '=' && '!=<>'.includes(c)) i++;
      else if (c !== '<' && c !== '>') break;
    } else if (']})'.includes(c)) {
      const last = open.pop();
      if (last === undefined) return fault(`unmatched '${c}'`);
      if (PAIRS[last] !== c) return fault(`closing parenthesis '${c}' does not match opening parenthesis '${last}'`);
    }
  }
  if (quote) return fault('unterminated string');
  if (open.length) return fault(`unmatched '${open.at(-1)}'`.replace(/unmatched '[([{]'/, "expecting '}'"));
  if (i >= text.length) return fault("expecting '}'");
  const expression = text.slice(from, i).trim();
  if (expression === '')
    return fault(
      text[i] === '!' || text[i] === ':' || text[i] === '=' ? `expression required before '${text[i]}'` : 'empty expression not allowed',
    );
  const wrong = how.check(expression);
  if (wrong !== null) return OWN_WORDS.test(wrong) ? { at: i, fault: wrong } : fault(wrong);
  if (text[i] === '=') for (i++; /\s/.test(text[i] ?? ''); i++);
  if (text[i] === '!') {
    i++;
    if (i >= text.length) return fault("expecting '}'");
    if (!/[sra]/.test(text[i] ?? '')) return fault("invalid conversion character: expected 's', 'r', or 'a'");
    i++;
  }
  if (text[i] === ':') {
    const format = literal(text, i + 1, how, depth + 1);
    if (format.fault !== null) return format;
    i = format.at;
  }
  return text[i] === '}' ? { at: i + 1, fault: null } : fault("expecting '}'");
}
/** Of the tokens, and of what stands in the braces of a text within it, Python does not say again where they stand. */
const OWN_WORDS =
  /^(?:f-string: (?!(?:single|expressions? |too many|unmatched|closing|unterminated|expecting|empty|invalid conversion|f-string))|leading zeros |invalid (?:digit |character |non-printable |(?:decimal|imaginary|hexadecimal|octal|binary) literal))/;
const PAIRS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

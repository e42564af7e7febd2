/** Upper, lower and title case as Unicode's full mappings tell them, and what `str.is…` asks of characters. JavaScript knows upper and lower; the rest is here. */
import { methods } from '../native.ts';
import { STR } from './str.ts';
import { isSpace } from './whitespace.ts';

/** Characters that had no other case in Unicode 14, which is CPython 3.11's, and have one in some later version that JavaScript may know. */
const LATER = /[\u019b\u0264\u1c89\u1c8a\ua7cb-\ua7cf\ua7d2-\ua7d5\ua7da-\ua7dc\u{10d50}-\u{10d85}\u{16ea0}-\u{16ed3}]/u;
const up = (s: string): string => (LATER.test(s) ? Array.from(s, c => (LATER.test(c) ? c : c.toUpperCase())).join('') : s.toUpperCase());
function down(s: string): string {
  if (!LATER.test(s)) return s.toLowerCase();
  let at = 0;
  return Array.from(s, c => {
    at += c.length;
    return lowered(c, s.slice(0, at - c.length), s.slice(at));
  }).join('');
}

/** Characters whose title case is not their upper case. */
const OWN_TITLE =
  /[\xdf\u01c4-\u01cc\u01f1-\u01f3\u0587\u10d0-\u10fa\u10fd-\u10ff\u1f80-\u1faf\u1fb2-\u1fb4\u1fb7\u1fbc\u1fc2-\u1fc4\u1fc7\u1fcc\u1ff2-\u1ff4\u1ff7\u1ffc\ufb00-\ufb06\ufb13-\ufb17]/;
function titled(c: string): string {
  if (!OWN_TITLE.test(c)) return up(c);
  const code = c.charCodeAt(0);
  if (code >= 0x1c4 && code <= 0x1cc) return String.fromCharCode(0x1c5 + 3 * Math.floor((code - 0x1c4) / 3));
  if (code >= 0x1f1 && code <= 0x1f3) return '\u01f2';
  if (code >= 0x10d0 && code <= 0x10ff) return c; // Georgian has capitals, and no title case
  if (code >= 0x1f80 && code <= 0x1faf) return String.fromCharCode(code | 8);
  // The small iota goes below in the middle of a word.
  if (/[\u1fb3\u1fbc\u1fc3\u1fcc\u1ff3\u1ffc]/.test(c)) return String.fromCharCode((code & 0xfff0) | 0xc);
  const [first = '', ...rest] = c.toUpperCase();
  return first + rest.map(r => (r === '\u0399' ? '\u0345' : r.toLowerCase())).join('');
}
/** Characters whose folding is not their lower case. */
const OWN_FOLD =
  /\u0345|[\xb5\xdf\u0149\u017f\u01f0\u0390\u03b0\u03c2\u03d0\u03d1\u03d5\u03d6\u03f0\u03f1\u03f5\u0587\u13a0-\u13f5\u13f8-\u13fd\u1c80-\u1c88\u1e96-\u1e9b\u1e9e\u1f50\u1f52\u1f54\u1f56\u1f80-\u1faf\u1fb2-\u1fb4\u1fb6\u1fb7\u1fbc\u1fbe\u1fc2-\u1fc4\u1fc6\u1fc7\u1fcc\u1fd2\u1fd3\u1fd6\u1fd7\u1fe2-\u1fe4\u1fe6\u1fe7\u1ff2-\u1ff4\u1ff6\u1ff7\u1ffc\uab70-\uabbf\ufb00-\ufb06\ufb13-\ufb17]/;
const folded = (c: string): string =>
  !OWN_FOLD.test(c)
    ? down(c)
    : /[\u13a0-\u13fd\uab70-\uabbf]/.test(c) // Cherokee folds to its capitals, which were there first
      ? c.toUpperCase()
      : [...c.toLowerCase().toUpperCase()].map(u => u.toLowerCase()).join('');

/** The small letter of one in its word: a sigma at the end of one has its own. */
const lowered = (c: string, before: string, after: string): string =>
  LATER.test(c)
    ? c
    : c !== 'Σ'
      ? c.toLowerCase()
      : /(?!\p{Case_Ignorable})\p{Cased}\p{Case_Ignorable}*$/u.test(before) &&
          !/^\p{Case_Ignorable}*(?!\p{Case_Ignorable})\p{Cased}/u.test(after)
        ? 'ς'
        : 'σ';

function title(s: string): string {
  let out = '',
    inside = false,
    at = 0;
  for (const c of s) {
    out += inside ? lowered(c, s.slice(0, at), s.slice(at + c.length)) : titled(c);
    inside = /\p{Cased}/u.test(c);
    at += c.length;
  }
  return out;
}
function capitalized(s: string): string {
  const [first = ''] = s;
  return titled(first) + down(s).slice(down(first).length);
}
function swapped(s: string): string {
  let at = 0;
  return [...s]
    .map(c => {
      at += c.length;
      return /\p{Uppercase}/u.test(c) ? lowered(c, s.slice(0, at - c.length), s.slice(at)) : /\p{Lowercase}/u.test(c) ? up(c) : c;
    })
    .join('');
}
/** Upper case only where nothing cased is inside of a word, and lower only there. */
function isTitle(s: string): boolean {
  let inside = false,
    any = false;
  for (const c of s) {
    const upper = /[\p{Uppercase}\p{Lt}]/u.test(c),
      lower = !upper && /\p{Lowercase}/u.test(c);
    if (upper ? inside : lower && !inside) return false;
    inside = upper || lower;
    any ||= inside;
  }
  return any;
}

const DIGITS =
  '\\p{Nd}\\u00b2\\u00b3\\u00b9\\u1369-\\u1371\\u19da\\u2070\\u2074-\\u2079\\u2080-\\u2089\\u2460-\\u2468\\u2474-\\u247c\\u2488-\\u2490\\u24ea\\u24f5-\\u24fd\\u24ff\\u2776-\\u277e\\u2780-\\u2788\\u278a-\\u2792\\u{10a40}-\\u{10a43}\\u{10e60}-\\u{10e68}\\u{11052}-\\u{1105a}\\u{1f100}-\\u{1f10a}';
/** Beside the digits and numbers of all scripts, the characters that Chinese writes numbers with. */
const NUMERIC =
  '\\p{N}㐅㒃㠪㭍一七万三九二五亖亿什仟仨伍佰億兆兩八六十千卄卅卌叁参參叄四壱壹幺廾廿弌弍弎弐拾捌柒漆玖百肆萬貮貳贰阡陆陌陸零\\uf96b\\uf973\\uf978\\uf9b2\\uf9d1\\uf9d3\\uf9fd𠀁𠁤𠃢𠄡𠤪𠦃𠦌𠦜𠫪𠫽𠬙𢎐𢦘𣬛𦉭\\u{2f890}';
const all = (inside: string): ((s: string) => boolean) => {
  const pattern = new RegExp(`^[${inside}]+$`, 'u');
  return s => pattern.test(s);
};

methods<string>(
  STR,
  {
    'upper()': up,
    'lower()': down,
    'title()': title,
    'capitalize()': capitalized,
    'casefold()': s => (/^[\0-\x7f]*$/.test(s) ? s.toLowerCase() : [...s].map(folded).join('')),
    'swapcase()': swapped,
    'isupper()': s => /\p{Uppercase}/u.test(s) && !/[\p{Lowercase}\p{Lt}]/u.test(s),
    'islower()': s => /\p{Lowercase}/u.test(s) && !/[\p{Uppercase}\p{Lt}]/u.test(s),
    'istitle()': isTitle,
    'isalpha()': all('\\p{L}'),
    'isdecimal()': all('\\p{Nd}'),
    'isdigit()': all(DIGITS),
    'isnumeric()': all(NUMERIC),
    'isalnum()': all(`\\p{L}${NUMERIC}`),
    'isspace()': isSpace,
    'isascii()': s => /^[\0-\x7f]*$/.test(s),
    'isidentifier()': s => /^[\p{XID_Start}_]\p{XID_Continue}*$/u.test(s),
    'isprintable()': s => !/[\p{C}\p{Zl}\p{Zp}]|[^ \P{Zs}]/u.test(s),
  },
  'pure',
);

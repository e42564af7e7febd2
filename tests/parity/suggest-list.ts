/**
 * What an editor's list shows of a server's completions: VS Code's fuzzy filter over `filterText`, in its order (score, then `sortText`, then label). The score follows
 * VS Code 1.100's `editor.suggest` with its own settings: a letter at the same place counts most, then one that begins a word; gaps and letters passed over cost.
 */

export interface Suggestion {
  readonly label: string;
  readonly filterText: string;
  readonly sortText: string;
}

/** `typed`: the text from the start of an item's range to the cursor. */
export function shown<T extends Suggestion>(items: readonly T[], typed: (item: T) => string): readonly T[] {
  const scorer = items.length > 2000 ? score : gracefulScore;
  const ordered = items.toSorted((a, b) => compare(a.sortText.toLowerCase(), b.sortText.toLowerCase()) || compare(a.label, b.label));
  return ordered
    .flatMap((item, index) => {
      const word = typed(item).trimStart();
      if (word === '') return [{ item, index, points: -100 }];
      const points = scorer(word, item.filterText);
      return points === null ? [] : [{ item, index, points }];
    })
    .sort((a, b) => b.points - a.points || a.index - b.index)
    .map(({ item }) => item);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** With two neighbours the wrong way round it is still found, for 3 points less. */
function gracefulScore(pattern: string, word: string): number | null {
  let best = score(pattern, word);
  if (pattern.length < 3) return best;
  for (let at = 1; at < Math.min(7, pattern.length - 1); at++) {
    if (pattern[at] === pattern[at + 1]) continue;
    const swapped = score(pattern.slice(0, at) + pattern[at + 1] + pattern[at] + pattern.slice(at + 2), word);
    if (swapped !== null && (best === null || swapped - 3 > best)) best = swapped - 3;
  }
  return best;
}

const SEPARATORS = new Set('_-. /\\\'":$<>()[]{}');
const isUpper = (text: string, at: number): boolean => text[at] !== text[at]?.toLowerCase();
const isSeparator = (text: string, at: number): boolean => at >= 0 && at < text.length && SEPARATORS.has(text[at]!);

/** Null: it does not have the pattern's letters in this order, or the first of them only in the middle of a word. */
function score(typed: string, name: string): number | null {
  const [pattern, word] = [typed.slice(0, 128), name.slice(0, 128)];
  const [low, wordLow] = [pattern.toLowerCase(), word.toLowerCase()];
  const first = firstPlaces(low, wordLow);
  if (!first || pattern.length > word.length) return null;
  const last = lastPlaces(low, wordLow);
  const points = grid(pattern.length + 1, word.length + 1);
  const runs = grid(pattern.length + 1, word.length + 1);
  const steps = grid(pattern.length + 1, word.length + 1);
  let strong = false;
  for (let p = 0; p < pattern.length; p++) {
    const until = p + 1 < pattern.length ? last[p + 1]! : word.length;
    for (let w = first[p]!; w < until; w++) {
      const [row, column] = [p + 1, w + 1];
      const matches = w <= last[p]! && low[p] === wordLow[w];
      let diagonal = 0;
      if (matches) {
        const own = letterPoints(pattern, p, word, w, runs[p]![w]! === 0);
        strong ||= own.strong;
        diagonal = own.points + points[p]![w]!;
      }
      const fromLeft = w > first[p]! ? points[row]![column - 1]! + (runs[row]![column - 1]! > 0 ? -5 : 0) : null;
      const fromFarther =
        w > first[p]! + 1 && runs[row]![column - 1]! > 0 ? points[row]![column - 2]! + (runs[row]![column - 2]! > 0 ? -5 : 0) : null;
      if (fromFarther !== null && (fromLeft === null || fromFarther >= fromLeft) && (!matches || fromFarther >= diagonal))
        put(row, column, fromFarther, 2, 0);
      else if (fromLeft !== null && (!matches || fromLeft >= diagonal)) put(row, column, fromLeft, 1, 0);
      else put(row, column, diagonal, 0, runs[p]![w]! + 1);
    }
  }
  if (!strong) return null;
  const whole = word.length === pattern.length ? 2 : 0;
  return points[pattern.length]![word.length]! + whole - (lastColumn(pattern.length, word.length) - pattern.length);

  function put(row: number, column: number, value: number, step: number, run: number): void {
    points[row]![column] = value;
    steps[row]![column] = step;
    runs[row]![column] = run;
  }
  /** Column of the letter that is matched last. */
  function lastColumn(row: number, column: number): number {
    let at = column;
    while (at >= 1 && steps[row]![at]! > 0) at -= steps[row]![at]!;
    return at;
  }
}

function letterPoints(
  pattern: string,
  p: number,
  word: string,
  w: number,
  starts: boolean,
): { readonly points: number; readonly strong: boolean } {
  const exact = pattern[p] === word[w] ? 7 : 5;
  const upper = isUpper(word, w);
  const afterSeparator = isSeparator(word, w - 1);
  let gap = false;
  let points = 1;
  if (w === p) points = exact;
  else if (upper && (w === 0 || !isUpper(word, w - 1))) {
    points = exact;
    gap = true;
  } else if (isSeparator(word, w) && !isSeparator(word, w - 1)) points = 5;
  else if (afterSeparator) {
    points = 5;
    gap = true;
  }
  const strong = p === 0 && points > 1;
  gap ||= upper || afterSeparator;
  if (p === 0) points -= w > 0 ? (gap ? 3 : 5) : 0;
  else if (starts) points += gap ? 2 : 0;
  else points += gap ? 0 : 1;
  if (w + 1 === word.length) points -= gap ? 3 : 5;
  return { points, strong };
}

function firstPlaces(low: string, wordLow: string): readonly number[] | null {
  const places: number[] = [];
  let at = 0;
  for (const c of low) {
    at = wordLow.indexOf(c, at) + 1;
    if (at === 0) return null;
    places.push(at - 1);
  }
  return places;
}
function lastPlaces(low: string, wordLow: string): readonly number[] {
  const places: number[] = [];
  let at = wordLow.length;
  for (let p = low.length - 1; p >= 0; p--) {
    at = wordLow.lastIndexOf(low[p]!, at - 1);
    places[p] = at;
  }
  return places;
}
const grid = (rows: number, columns: number): number[][] => Array.from({ length: rows }, () => new Array<number>(columns).fill(0));

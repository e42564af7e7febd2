/** The preview's page: keeps what the user set, shows what the extension tells. */
import type { Action, Figures, FromPage, Heading, ToPage, View } from '../preview-messages.ts';
import { element } from './page/element.ts';
import { createClassList } from './preview/class-list.ts';
import { type Content, contentOf } from './preview/content.ts';
import { leadWords, summary } from './preview/content-words.ts';
import { createDivider } from './preview/divider.ts';
import { createFiguresTable } from './preview/figures-table.ts';
import { createFilmStrip } from './preview/film-strip.ts';
import { listenToPictures } from './preview/given-pictures.ts';
import { createHeadingBar } from './preview/heading-bar.ts';
import { listenToKeys } from './preview/keyboard.ts';
import { base64Of, copyPicture } from './preview/leave-page.ts';
import { createMarkToggles } from './preview/mark-toggles.ts';
import { notices } from './preview/notices.ts';
import { createOverlapField } from './preview/overlap-field.ts';
import { FRESH, type PageState, pageStateFrom } from './preview/page-state.ts';
import { emptyPage, problemPage } from './preview/pages.ts';
import { milliseconds, size } from './preview/phrase.ts';
import { createProgressSteps } from './preview/progress-steps.ts';
import type { RowList } from './preview/row-list.ts';
import { createRowLists } from './preview/row-lists.ts';
import { classCounts, roundThreshold } from './preview/selection.ts';
import { createStage } from './preview/stage.ts';
import { createThresholdField } from './preview/threshold-field.ts';
import { timings } from './preview/timings.ts';
import { countMarks, type MarkKind } from './preview/truth.ts';
import { zoomTo } from './preview/zoom.ts';

type Ready = Extract<View, { kind: 'ready' }>;

const vscode = acquireVsCodeApi<PageState>();
const root = document.getElementById('preview');
if (root === null) throw new Error('The page has no place for the preview.');

let state = pageStateFrom(vscode.getState());
let view: View = { kind: 'empty', facts: [] };
let heading: Heading | null = null;
let bitmap: ImageBitmap | null = null;
/** The last result, be there a run since. */
let earlier: Ready | null = null;
/** Null: no result. */
let content: Content | null = null;
let figures: Figures | null = null;
let hovered: number | null = null;

const send = (message: FromPage): void => vscode.postMessage(message);
const act = (action: Action): void => send({ kind: 'action', action });

const bar = createHeadingBar(act, () => keep({ zoom: null }));
const divider = createDivider(at => keep({ divider: at }));
const stage = createStage({ hover, select: index => keep({ selected: index }), zoom: zoom => keep({ zoom }) }, divider.element);
const threshold = createThresholdField(value => keep({ threshold: value }));
const overlap = createOverlapField(value => send({ kind: 'overlap', threshold: value }));
const classes = createClassList(toggleClass);
const marks = createMarkToggles(toggleMark);
const progress = createProgressSteps(act);
const selecting = { select: (index: number) => void (state.selected !== index && keep({ selected: index })), hover };
const lists = createRowLists(selecting);
const table = createFiguresTable({
  evaluate: () => act('evaluate'),
  stop: () => act('stop-evaluation'),
  misses: label => send({ kind: 'misses', label, threshold: state.threshold }),
});
const sides = element('p', { class: 'hint wide' });
const film = createFilmStrip(at => send({ kind: 'open', at }));
const time = element('footer', { class: 'time' });
const lead = element('p', { class: 'lead' });
const title = element('h1', { class: 'sr' });
const live = element('p', { class: 'sr', role: 'status' });
const side = element('aside', { class: 'side', 'aria-label': 'Detections' });
const noticeRow = element('div', { class: 'notices' });
const body = element('div', { class: 'body' });
root.append(title, bar.element, noticeRow, body, live);

/** Changes what the user set, keeps it, and shows it in the same frame. */
function keep(change: Partial<PageState>): void {
  const before = state;
  state = { ...state, ...change };
  vscode.setState(state);
  const filters = ['threshold', 'hidden', 'without', 'swapped'] as const;
  if (filters.some(filter => state[filter] !== before[filter])) updateContent();
  else list()?.mark(state.selected, hovered);
  updateStage();
}

const list = (): RowList | null => content && lists[content.mode];

/** Another view or another heading: the page's parts are put together anew. */
function show(): void {
  if (heading === null || root === null) return;
  const result = view.kind === 'ready' ? view.result : null;
  content = view.kind === 'ready' ? contentOf(view, state) : null;
  root.dataset.view = stopped(view) ? 'stopped' : view.kind;
  title.textContent = `Detection: ${heading.config}`;
  noticeRow.replaceChildren(...(result === null ? [] : notices(result, act)));
  fill(heading);
  film.mark(heading.picture === null ? null : heading.picture.position - 1);
  announce();
  updateStage();
}

/** Stopped by hand: nothing is wrong, so the picture stays. */
function stopped(of: View): boolean {
  return of.kind === 'problem' && of.problem.code === 'cancelled';
}

function fill(head: Heading): void {
  const parts = (...wanted: HTMLElement[]): void => {
    // What stays in its place keeps its focus and its scroll.
    if (wanted.length !== body.children.length || wanted.some((part, at) => part !== body.children[at])) body.replaceChildren(...wanted);
  };
  if (view.kind === 'empty') parts(emptyPage(view, act));
  else if (view.kind === 'problem') {
    const page = problemPage(view, act);
    side.replaceChildren(page);
    if (stopped(view)) parts(stage.element, film.element, side);
    else parts(page);
  } else if (view.kind === 'progress') {
    overlap.forget();
    progress.update(view, head.config);
    if (side.firstElementChild !== progress.element) {
      const focused = side.contains(document.activeElement);
      side.replaceChildren(progress.element);
      if (focused) progress.element.querySelector('button')?.focus();
    }
    parts(stage.element, film.element, side);
  } else {
    sideParts();
    time.replaceChildren(...timings(view.result, head.device));
    parts(stage.element, film.element, side, time);
    updateContent();
  }
}

/** The side column's parts, by what is shown. */
function sideParts(): void {
  if (content === null) return;
  const { element: rows } = lists[content.mode];
  const wanted = {
    found: [lead, threshold.element, overlap.element, classes.element, rows],
    truth: [lead, threshold.element, overlap.element, marks.element, rows, ...(figures === null ? [] : [table.element])],
    compare: [lead, threshold.element, overlap.element, rows, sides],
  }[content.mode];
  if (wanted.length !== side.children.length || wanted.some((part, at) => part !== side.children[at])) side.replaceChildren(...wanted);
}

function updateContent(): void {
  if (view.kind !== 'ready') return;
  content = contentOf(view, state);
  const { boxes, drawn, right, rows } = content;
  lead.replaceChildren(...leadWords(content, state.threshold, view.result.scoreThreshold));
  overlap.update(view.result.suppression);
  threshold.update(
    boxes,
    state.threshold,
    right === null ? boxes.filter(box => box.score >= state.threshold).length : drawn.length + right.length,
  );
  if (content.mode === 'found') {
    threshold.update(boxes, state.threshold, drawn.length);
    classes.update(classCounts(boxes, view.result.classes, state.threshold), new Set(state.hidden));
  } else if (content.mode === 'truth') {
    marks.update(countMarks(content.marks), new Set(state.without));
    if (figures !== null) table.update(figures);
  } else {
    const [left, other] = content.names;
    sides.replaceChildren(
      `Left: ${left}. Right: ${other}. Drag the divider, or move it with ← and →; `,
      element('kbd', {}, 'Space'),
      ' swaps them.',
    );
  }
  lists[content.mode].update(rows, state.selected, content.mode === 'compare' ? ['class', ...content.names, 'change'] : undefined);
}

function updateStage(): void {
  if (heading === null) return;
  const result = view.kind === 'ready' ? view.result : null;
  const picture = result ?? bitmap;
  bar.update(heading, picture === null ? null : size(picture.width, picture.height), state.zoom, view.kind === 'progress');
  const name = heading.picture?.name ?? 'No picture';
  divider.element.hidden = content?.mode !== 'compare';
  if (content?.mode === 'compare') divider.update(state.divider, content.names);
  stage.update({
    bitmap,
    picture: { width: picture?.width ?? 1, height: picture?.height ?? 1 },
    boxes: content?.drawn ?? [],
    right: content?.right ?? null,
    divider: state.divider,
    selected: state.selected,
    hovered,
    zoom: state.zoom,
    label: content === null ? name : `${name} with ${summary(content)}`,
  });
}

function announce(): void {
  if (view.kind === 'ready') {
    const { prepare, network, decode } = view.result.timings;
    live.textContent = `${content === null ? '' : summary(content)}, ${milliseconds(prepare + network + decode)} ms`;
  } else if (view.kind === 'progress') live.textContent = view.phase;
  else live.textContent = view.kind === 'problem' ? view.problem.title : '';
}

function hover(index: number | null): void {
  if (index === hovered) return;
  hovered = index;
  list()?.mark(state.selected, hovered);
  updateStage();
}

function toggleClass(name: string): void {
  keep({ hidden: state.hidden.includes(name) ? state.hidden.filter(other => other !== name) : [...state.hidden, name] });
}

function toggleMark(kind: MarkKind): void {
  keep({ without: state.without.includes(kind) ? state.without.filter(other => other !== kind) : [...state.without, kind] });
}

function moveBox(by: 1 | -1): void {
  const rows = content?.rows ?? [];
  const at = rows.findIndex(({ index }) => index === state.selected);
  const next = rows[at === -1 ? (by === 1 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + by))];
  if (next === undefined) return;
  keep({ selected: next.index });
  list()?.focusRow(next.index);
}

function zoomToSelected(): void {
  const box = [...(content?.drawn ?? []), ...(content?.right ?? [])].find(({ index }) => index === state.selected);
  if (box !== undefined) keep({ zoom: zoomTo(box, stage.size()) });
}

function showFigures(next: Figures | null): void {
  figures = next;
  sideParts();
  if (figures !== null && content?.mode === 'truth') table.update(figures);
}

const sameThresholds = (a: Ready, b: Ready): boolean =>
  a.result.suppression.threshold === b.result.suppression.threshold &&
  a.other?.result.suppression.threshold === b.other?.result.suppression.threshold;

async function showPicture(picture: Extract<ToPage, { kind: 'picture' }>['picture']): Promise<void> {
  const made = picture === null ? null : await createImageBitmap(new Blob([picture.bytes], { type: picture.type })).catch(() => null);
  bitmap?.close();
  bitmap = made;
  updateStage();
}

async function sendDrawn(): Promise<void> {
  const png = await stage.picture();
  if (png !== null) send({ kind: 'drawn', png: await base64Of(png) });
}

document.addEventListener('copy', async event => {
  // Text that is selected is what is meant.
  if (document.getSelection()?.isCollapsed === false || event.target instanceof HTMLInputElement) return;
  const png = await stage.picture();
  if (png !== null) live.textContent = (await copyPicture(png)) ? 'Picture copied' : 'The picture could not be copied; save it instead';
});

listenToPictures(send);

listenToKeys({
  nextPicture: () => act('next'),
  previousPicture: () => act('previous'),
  moveBox,
  zoomToBox: zoomToSelected,
  leave: () => keep(state.zoom === null ? { selected: null } : { zoom: null }),
  threshold: by => keep({ threshold: roundThreshold(state.threshold + by) }),
  overlap: overlap.moveBy,
  toggleClass: at => {
    const name = view.kind === 'ready' ? view.result.classes[at] : undefined;
    if (name !== undefined && content?.mode === 'found') toggleClass(name);
  },
  fit: () => keep({ zoom: null }),
  zoom: stage.zoomBy,
  truth: () => act('truth'),
  compare: () => act('compare'),
  swap: () => content?.mode === 'compare' && keep({ swapped: !state.swapped }),
});

window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  if (data.kind === 'picture') return void showPicture(data.picture);
  if (data.kind === 'draw') return void sendDrawn();
  if (data.kind === 'list')
    return send({ kind: 'listed', threshold: state.threshold, hidden: content?.mode === 'found' ? state.hidden : [] });
  if (data.kind === 'film') return film.show(data.names);
  if (data.kind === 'thumbnail') return film.thumbnail(data.at, data.picture);
  if (data.kind === 'figures') return showFigures(data.figures);
  const other = state.subject?.config !== data.subject.config || state.subject.image !== data.subject.image;
  // Boxes are numbered by their places, which another threshold moves.
  const moved = earlier !== null && data.view.kind === 'ready' && !sameThresholds(earlier, data.view);
  if (data.view.kind === 'ready') earlier = data.view;
  state = { ...state, subject: data.subject, ...((other || moved) && { selected: FRESH.selected }), ...(other && { zoom: FRESH.zoom }) };
  vscode.setState(state);
  heading = data.heading;
  view = data.view;
  show();
});
send({ kind: 'loaded' });

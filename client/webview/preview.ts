/** The preview's page: keeps what the user set, shows what the extension tells. */
import type { Action, FromPage, Heading, ToPage, View } from '../messages.ts';
import { type Box, boxesOf } from './preview/box.ts';
import { createBoxList } from './preview/box-list.ts';
import { createClassList } from './preview/class-list.ts';
import { element } from './preview/element.ts';
import { createFilmStrip } from './preview/film-strip.ts';
import { createHeadingBar } from './preview/heading-bar.ts';
import { listenToKeys } from './preview/keyboard.ts';
import { base64Of, copyPicture } from './preview/leave-page.ts';
import { notices } from './preview/notices.ts';
import { FRESH, type PageState, pageStateFrom } from './preview/page-state.ts';
import { emptyPage, problemPage, progressSteps } from './preview/pages.ts';
import { boxCount, milliseconds, size } from './preview/phrase.ts';
import { classCounts, roundThreshold, shownBoxes } from './preview/selection.ts';
import { createStage } from './preview/stage.ts';
import { createThresholdField } from './preview/threshold-field.ts';
import { timings } from './preview/timings.ts';
import { zoomTo } from './preview/zoom.ts';

const vscode = acquireVsCodeApi<PageState>();
const root = document.getElementById('preview');
if (root === null) throw new Error('The page has no place for the preview.');

let state = pageStateFrom(vscode.getState());
let view: View = { kind: 'empty', facts: [] };
let heading: Heading | null = null;
let bitmap: ImageBitmap | null = null;
let boxes: readonly Box[] = [];
let hovered: number | null = null;

const send = (message: FromPage): void => vscode.postMessage(message);
const act = (action: Action): void => send({ kind: 'action', action });

const bar = createHeadingBar(act, () => keep({ zoom: null }));
const stage = createStage({ hover, select: index => keep({ selected: index }), zoom: zoom => keep({ zoom }) });
const threshold = createThresholdField(value => keep({ threshold: value }));
const classes = createClassList(toggleClass);
const list = createBoxList({ select: index => state.selected !== index && keep({ selected: index }), hover });
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
  if (state.threshold !== before.threshold || state.hidden !== before.hidden) updateBoxes();
  else list.mark(state.selected, hovered);
  updateStage();
}

const shown = (): readonly Box[] => shownBoxes(boxes, { threshold: state.threshold, hidden: new Set(state.hidden) });

/** Another view or another heading: the page's parts are put together anew. */
function show(): void {
  if (heading === null || root === null) return;
  const result = view.kind === 'ready' ? view.result : null;
  boxes = result === null ? [] : boxesOf(result);
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
    const focused = side.contains(document.activeElement);
    side.replaceChildren(progressSteps(view, head.config, act));
    parts(stage.element, film.element, side);
    if (focused) side.querySelector('button')?.focus();
  } else {
    if (lead.parentElement === null) side.replaceChildren(lead, threshold.element, classes.element, list.element);
    time.replaceChildren(...timings(view.result, head.device));
    parts(stage.element, film.element, side, time);
    updateBoxes();
  }
}

function updateBoxes(): void {
  if (view.kind !== 'ready') return;
  const { result } = view;
  const passing = shown();
  const floor = Math.min(result.scoreThreshold, boxes.at(-1)?.score ?? 1);
  lead.replaceChildren(
    element('b', {}, boxCount(passing.length)),
    element('span', { class: 'dim' }, ` of ${boxes.length} over ${Number(floor.toPrecision(1))}`),
  );
  threshold.update(boxes, state.threshold, passing.length);
  classes.update(classCounts(boxes, result.classes, state.threshold), new Set(state.hidden));
  list.update(passing, state.selected);
}

function updateStage(): void {
  if (heading === null) return;
  const result = view.kind === 'ready' ? view.result : null;
  const picture = result ?? bitmap;
  bar.update(heading, picture === null ? null : size(picture.width, picture.height), state.zoom, view.kind === 'progress');
  const passing = shown();
  const name = heading.picture?.name ?? 'No picture';
  stage.update({
    bitmap,
    picture: { width: picture?.width ?? 1, height: picture?.height ?? 1 },
    boxes: passing,
    selected: state.selected,
    hovered,
    zoom: state.zoom,
    label: result === null ? name : `${name} with ${boxCount(passing.length)}`,
  });
}

function announce(): void {
  if (view.kind === 'ready') {
    const { prepare, network, decode } = view.result.timings;
    live.textContent = `${boxCount(shown().length)}, ${milliseconds(prepare + network + decode)} ms`;
  } else if (view.kind === 'progress') live.textContent = view.phase;
  else live.textContent = view.kind === 'problem' ? view.problem.title : '';
}

function hover(index: number | null): void {
  if (index === hovered) return;
  hovered = index;
  list.mark(state.selected, hovered);
  updateStage();
}

function toggleClass(name: string): void {
  keep({ hidden: state.hidden.includes(name) ? state.hidden.filter(other => other !== name) : [...state.hidden, name] });
}

function moveBox(by: 1 | -1): void {
  const passing = shown();
  const at = passing.findIndex(({ index }) => index === state.selected);
  const next = passing[at === -1 ? (by === 1 ? 0 : passing.length - 1) : Math.min(passing.length - 1, Math.max(0, at + by))];
  if (next === undefined) return;
  keep({ selected: next.index });
  list.focusRow(next.index);
}

function zoomToSelected(): void {
  const box = shown().find(({ index }) => index === state.selected);
  if (box !== undefined) keep({ zoom: zoomTo(box, stage.size()) });
}

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

listenToKeys({
  nextPicture: () => act('next'),
  previousPicture: () => act('previous'),
  moveBox,
  zoomToBox: zoomToSelected,
  leave: () => keep(state.zoom === null ? { selected: null } : { zoom: null }),
  threshold: by => keep({ threshold: roundThreshold(state.threshold + by) }),
  toggleClass: at => {
    const name = view.kind === 'ready' ? view.result.classes[at] : undefined;
    if (name !== undefined) toggleClass(name);
  },
  fit: () => keep({ zoom: null }),
  zoom: stage.zoomBy,
});

window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  if (data.kind === 'picture') return void showPicture(data.picture);
  if (data.kind === 'draw') return void sendDrawn();
  if (data.kind === 'film') return film.show(data.names);
  if (data.kind === 'thumbnail') return film.thumbnail(data.at, data.picture);
  const other = state.subject?.config !== data.subject.config || state.subject.image !== data.subject.image;
  state = { ...state, subject: data.subject, ...(other && { selected: FRESH.selected, zoom: FRESH.zoom }) };
  vscode.setState(state);
  heading = data.heading;
  view = data.view;
  show();
});
send({ kind: 'loaded' });

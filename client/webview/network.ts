/** The network's page: keeps what the user set, shows what the extension tells. */
import type { NetworkDescription, NetworkPart } from '../../server/picture/description.ts';
import { drawNetwork, fileWidth, scaleOf } from '../../server/picture/draw-network.ts';
import { LIGHT, svgText } from '../../server/picture/svg-text.ts';
import type { FromNetworkPage, NetworkView, PictureTheme, ShownNetwork, ToNetworkPage } from '../network-messages.ts';
import type { NetworkSubject } from '../network-subject.ts';
import { compareTable } from './network/compare-table.ts';
import { createGraph } from './network/graph.ts';
import { leadLine, misfits, remark } from './network/lead.ts';
import { createNetworkBar } from './network/network-bar.ts';
import { type NetworkPageState, networkPageState } from './network/page-state.ts';
import { networkPage } from './network/pages.ts';
import { type ProblemActions, problemList } from './network/problem-list.ts';
import { currentPalette } from './network/theme.ts';
import { createTree } from './network/tree.ts';
import { button, element } from './page/element.ts';

const vscode = acquireVsCodeApi<NetworkPageState>();
const root = document.getElementById('network');
if (root === null) throw new Error('The page has no place for the network.');

let state = networkPageState(vscode.getState());
let view: NetworkView | null = null;
let subject: NetworkSubject | null = null;
let told = '';

const send = (message: FromNetworkPage): void => vscode.postMessage(message);
const actions: ProblemActions = {
  go: place => send({ kind: 'go', place }),
  fix: (problem, fix) => send({ kind: 'fix', problem, fix }),
  act: action => send({ kind: 'action', action }),
};
const goTo = ({ place, source }: NetworkPart, toSource: boolean): void => {
  const wanted = toSource ? (source ?? place) : (place ?? source);
  if (wanted !== null) actions.go(wanted);
};

const bar = createNetworkBar(size => send({ kind: 'size', size }));
const title = element('h1', { class: 'sr' });
const live = element('p', { class: 'sr', role: 'status' });
const first = createGraph(goTo);
const second = createGraph(goTo);
const tree = createTree({
  go: actions.go,
  change(change) {
    keep(change);
    const network = networkIn(view?.shown);
    if (network !== null) tree.update(network, state);
  },
});
const body = element('div', { class: 'content' });
const scroller = element('div', { class: 'scroller' }, body);
root.append(title, bar.element, scroller, live);

function keep(change: Partial<NetworkPageState>): void {
  state = { ...state, ...change };
  vscode.setState(state);
}

const networkIn = (shown: ShownNetwork | null | undefined): NetworkDescription | null =>
  shown?.result?.kind === 'network' ? shown.result.network : null;

function show(): void {
  if (view === null || subject === null || root === null) return;
  const { shown, compared, busy, stalled } = view;
  const network = networkIn(shown);
  bar.update(network, subject.size, shown.name, busy);
  title.textContent = `Network: ${shown.name}`;
  root.setAttribute('aria-busy', String(busy));
  // What is as it was stays as it is: focus, selection and scroll with it.
  const now = JSON.stringify([shown, compared, stalled]);
  if (now === told) return;
  told = now;
  const parts = compared === null ? single(shown, network) : pair(compared, shown);
  const focused = document.activeElement;
  body.replaceChildren(...parts);
  if ((focused instanceof HTMLElement || focused instanceof SVGElement) && focused.isConnected) focused.focus({ preventScroll: true });
  announce(network);
  scroller.scrollTop = state.scroll;
}

function single(shown: ShownNetwork, network: NetworkDescription | null): readonly HTMLElement[] {
  if (network === null || shown.result?.kind !== 'network') return [networkPage(shown, view?.stalled ?? false, actions)];
  first.update(network, scaleOf([network]), true);
  tree.update(network, state);
  const problems = problemList(network, shown.result.problems, actions);
  return [leadLine(network), first.element, ...(problems === null ? [] : [problems]), tree.element];
}

/** The other one above, as what was before. */
function pair(other: ShownNetwork, shown: ShownNetwork): readonly HTMLElement[] {
  const [before, after] = [networkIn(other), networkIn(shown)];
  const scale = scaleOf([before, after].filter(network => network !== null));
  const half = (one: ShownNetwork, network: NetworkDescription | null, graph: typeof first): HTMLElement => {
    if (network !== null) graph.update(network, scale, false);
    return element(
      'section',
      { class: 'half', 'aria-label': one.name },
      element('h2', { class: 'half-name' }, one.name),
      ...(network === null ? [networkPage(one, view?.stalled ?? false, actions)] : [leadLine(network), graph.element]),
    );
  };
  const end = button('End Comparison', () => actions.act('end-compare'), { class: 'button second' });
  return [
    half(other, before, second),
    half(shown, after, first),
    ...(before !== null && after !== null ? [compareTable(before, after)] : []),
    element('div', { class: 'buttons' }, end),
  ];
}

function announce(network: NetworkDescription | null): void {
  const words = network === null ? '' : (misfits(network) ?? remark(network) ?? '');
  if (live.textContent !== words) live.textContent = words;
}

function draw(theme: PictureTheme): string | null {
  const network = networkIn(view?.shown);
  if (network === null || view === null) return null;
  const palette = theme === 'light' ? LIGHT : currentPalette();
  const font = theme === 'light' ? undefined : getComputedStyle(document.body).fontFamily;
  return svgText(drawNetwork(network, { width: fileWidth(network) }), palette, view.shown.name, font);
}

addEventListener('message', ({ data }: MessageEvent<ToNetworkPage>) => {
  if (data.kind === 'draw') {
    const svg = draw(data.theme);
    if (svg !== null) send({ kind: 'drawn', svg, purpose: data.purpose });
    return;
  }
  ({ view, subject } = data);
  keep({ subject });
  show();
});
let settling = 0;
scroller.addEventListener('scroll', () => {
  cancelAnimationFrame(settling);
  settling = requestAnimationFrame(() => keep({ scroll: scroller.scrollTop }));
});
send({ kind: 'loaded' });

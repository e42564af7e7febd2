import { basename, parse } from 'node:path';
import { commands, env, type WebviewPanel, window } from 'vscode';
import type { NetworkResult } from '../../server/protocol.ts';
import type { Server } from '../language-server.ts';
import type { DrawnFor, FromNetworkPage, NetworkAction, NetworkView, PictureTheme, ToNetworkPage } from '../network-messages.ts';
import type { NetworkSubject } from '../network-subject.ts';
import { saveFile } from '../save-file.ts';
import { applyFix } from './apply-fix.ts';
import { networkOf } from './network-request.ts';
import { showPlace } from './show-place.ts';

/** One panel: a config's network, followed as it is typed; and another config's beside it, where one was asked for. */
export interface NetworkPanel {
  readonly panel: WebviewPanel;
  subject(): NetworkSubject;
  /** Asks the server anew. */
  refresh(): void;
  /** The text of a file is newer than what is shown. */
  edited(file: string): void;
  /** Null: no more. */
  compare(other: string | null): void;
  draw(theme: PictureTheme, purpose: DrawnFor): void;
}

/** Milliseconds: after an answer that did not come, when nothing else asks for it. */
const AGAIN_AFTER = 700;
const UNTOLD_AFTER = 4000;
/** So many answers that did not come are told. */
const STALLED_AFTER = 8;

export function createNetworkPanel(panel: WebviewPanel, first: NetworkSubject, server: Server): NetworkPanel {
  let subject = first;
  let view: NetworkView = fresh(first);
  let loaded = false;
  /** Counts questions: an answer to an older one is not shown. */
  let asked = 0;
  let again: NodeJS.Timeout | undefined;
  let unanswered = 0;

  const post = (message: ToNetworkPage): void => {
    // A page that is not loaded, or hidden, gets no messages: it says "loaded" and is told all then.
    if (loaded) void panel.webview.postMessage(message);
  };
  /** Asked for before there was something to draw. */
  let wanted: { readonly theme: PictureTheme; readonly purpose: DrawnFor } | undefined;
  const drawWanted = (): void => {
    if (wanted === undefined || !loaded || view.shown.result?.kind !== 'network') return;
    post({ kind: 'draw', ...wanted });
    wanted = undefined;
  };
  const show = (next: NetworkView): void => {
    view = next;
    post({ kind: 'show', subject, view });
    drawWanted();
  };
  async function ask(): Promise<void> {
    clearTimeout(again);
    const question = ++asked;
    const { config, compared, size } = subject;
    const [result, other] = await Promise.all([
      networkOf(server, config, size),
      compared === null ? Promise.resolve(null) : networkOf(server, compared, size),
    ]);
    if (question !== asked) return;
    const late = result.kind === 'later' || other?.kind === 'later';
    unanswered = late ? unanswered + 1 : 0;
    if (late) again = setTimeout(() => void ask(), AGAIN_AFTER);
    show({
      shown: { name: basename(config), result: known(result, view.shown.result) },
      compared: compared === null ? null : { name: basename(compared), result: other && known(other, view.compared?.result ?? null) },
      busy: late,
      stalled: unanswered >= STALLED_AFTER,
    });
  }
  const act: Readonly<Record<NetworkAction, () => unknown>> = {
    fetch: () => commands.executeCommand('necktie.fetch'),
    restart: () => commands.executeCommand('necktie.restart').then(ask),
    'show-log': () => commands.executeCommand('necktie.showLog'),
    'end-compare': () => compare(null),
  };
  function compare(other: string | null): void {
    subject = { ...subject, compared: other };
    show({ ...view, compared: other === null ? null : { name: basename(other), result: null }, busy: other !== null });
    if (other !== null) void ask();
  }

  panel.title = `Network: ${parse(first.config).name}`;
  panel.webview.onDidReceiveMessage((message: FromNetworkPage) => {
    if (message.kind === 'loaded') {
      loaded = true;
      show(view);
    } else if (message.kind === 'action') void act[message.action]();
    else if (message.kind === 'size') {
      subject = { ...subject, size: message.size };
      show({ ...view, busy: true });
      void ask();
    } else if (message.kind === 'go') void showPlace(message.place, panel.viewColumn);
    else if (message.kind === 'fix') {
      const { result } = view.shown;
      const fix = result?.kind === 'network' && !view.busy ? result.problems[message.problem]?.fixes[message.fix] : undefined;
      if (fix !== undefined) void applyFix(fix);
    } else if (message.purpose === 'copy') {
      void env.clipboard.writeText(message.svg).then(() => window.setStatusBarMessage('The network is on the clipboard, as SVG', 5000));
    } else void saveFile({ title: 'Export Network', beside: subject.config, ending: '.svg', content: message.svg });
  });
  panel.onDidChangeViewState(() => {
    // The page is thrown away while its tab is hidden, and loads anew.
    if (!panel.visible) loaded = false;
  });
  panel.onDidDispose(() => {
    asked++;
    clearTimeout(again);
  });
  return {
    panel,
    subject: () => subject,
    refresh: () => void ask(),
    edited: file => {
      if (file !== subject.config && file !== subject.compared) return;
      show({ ...view, busy: true });
      // The server tells when it has looked; what is no config any more it does not look at.
      clearTimeout(again);
      again = setTimeout(() => void ask(), UNTOLD_AFTER);
    },
    compare,
    draw: (theme, purpose) => {
      wanted = { theme, purpose };
      drawWanted();
    },
  };
}

/** What was known stays where there is no answer yet. */
const known = (result: NetworkResult, before: NetworkResult | null): NetworkResult | null => (result.kind === 'later' ? before : result);

const fresh = ({ config, compared }: NetworkSubject): NetworkView => ({
  shown: { name: basename(config), result: null },
  compared: compared === null ? null : { name: basename(compared), result: null },
  busy: true,
  stalled: false,
});

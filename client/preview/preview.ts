import { basename, parse } from 'node:path';
import { CancellationTokenSource, commands, type Memento, ProgressLocation, Uri, type WebviewPanel, window } from 'vscode';
import type { DetectProblem, DetectProgress, DetectResult } from '../../server/protocol.ts';
import { currentDevice } from '../choose-device.ts';
import type { Server } from '../language-server.ts';
import type { Action, FromPage, Heading, Subject, ToPage, View } from '../messages.ts';
import { providerName } from '../provider-name.ts';
import { askCheckpoint, askPicture, rememberPicture } from './choose-file.ts';
import { runDetection } from './detection-run.ts';
import { createFilm } from './film.ts';
import { pageHtml } from './page.ts';
import { readPicture } from './picture.ts';
import { picturesBeside } from './picture-folder.ts';
import { actionsFor } from './problem-actions.ts';
import { savePicture } from './save-picture.ts';

/** One panel: a config, a picture, and what was last found in it. The page draws; this keeps what the page would lose while hidden. */
export interface Preview {
  readonly panel: WebviewPanel;
  subject(): Subject;
  setImage(image: string | null): void;
  run(): Promise<void>;
  /** After a restart of the editor: shows the picture at once and runs. */
  restore(): Promise<void>;
  stop(): void;
  /** Goes on by that many pictures of the folder, round its end. */
  step(by: number): Promise<void>;
  chooseImage(): Promise<void>;
  chooseCheckpoint(): Promise<void>;
  /** The picture with its boxes, as a file. */
  save(): void;
}

interface Services {
  readonly extension: Uri;
  readonly memory: Memento;
  readonly server: Server;
  readonly detected: (result: DetectResult) => void;
}

export function createPreview(panel: WebviewPanel, first: Subject, services: Services): Preview {
  let subject = first;
  let pictures: readonly string[] = [];
  let view: View = { kind: 'empty', facts: facts(first) };
  let last: Extract<View, { kind: 'ready' }> | undefined;
  let loaded = false;
  let running: CancellationTokenSource | undefined;
  const name = parse(first.config).name;

  const post = (message: ToPage): void => {
    // A page that is not loaded, or hidden, gets no messages: it says "loaded" and is told all then.
    if (loaded) void panel.webview.postMessage(message);
  };
  const film = createFilm(post);
  const show = (next: View): void => {
    view = next;
    post({ kind: 'show', subject, heading: heading(subject, pictures, view), view });
  };
  const showPicture = async (): Promise<void> => {
    const { image } = subject;
    const picture = image === null ? null : await readPicture(image).catch(() => null);
    if (subject.image === image) post({ kind: 'picture', picture });
  };
  const setImage = (image: string | null): void => {
    last = undefined;
    subject = { ...subject, image };
    if (image === null || !pictures.includes(image)) pictures = image === null ? [] : [image];
    if (image !== null) void rememberPicture(services.memory, subject.config, image);
  };

  async function run(): Promise<void> {
    running?.cancel();
    if (subject.image === null) return show({ kind: 'empty', facts: facts(subject) });
    const source = new CancellationTokenSource();
    running = source;
    const { image } = subject;
    pictures = await picturesBeside(image);
    film.show(pictures, image);
    show({ kind: 'progress', phase: 'Starting', finished: [] });
    const drawn = showPicture();
    void commands.executeCommand('setContext', 'necktie.detecting', true);
    const answer = await window.withProgress({ location: ProgressLocation.Window, title: 'Necktie: detecting' }, report =>
      runDetection(
        services.server,
        { config: subject.config, image, checkpoint: subject.checkpoint, device: currentDevice() },
        (progress: DetectProgress) => {
          if (running !== source) return;
          report.report({ message: progress.phase });
          show({ kind: 'progress', phase: progress.phase, finished: progress.finished });
        },
        source.token,
      ),
    );
    await drawn;
    source.dispose();
    if (running !== source) return;
    running = undefined;
    void commands.executeCommand('setContext', 'necktie.detecting', false);
    if (answer.kind === 'detections') {
      last = { kind: 'ready', result: withNames(answer) };
      services.detected(answer);
      show(last);
    } else show(answer.code === 'cancelled' && last !== undefined ? last : problemView(answer));
  }

  async function showImage(image: string): Promise<void> {
    setImage(image);
    await run();
  }
  const preview: Preview = {
    panel,
    subject: () => subject,
    setImage,
    run,
    async restore() {
      if (subject.image !== null) await run();
    },
    stop: () => running?.cancel(),
    async step(by) {
      const { image } = subject;
      const at = image === null ? -1 : pictures.indexOf(image);
      const next = pictures[(at + by + pictures.length) % pictures.length];
      if (next !== undefined && next !== image) await showImage(next);
    },
    async chooseImage() {
      const image = await askPicture(subject);
      if (image !== undefined) await showImage(image);
    },
    async chooseCheckpoint() {
      const checkpoint = await askCheckpoint(subject);
      if (checkpoint === undefined) return;
      subject = { ...subject, checkpoint };
      await run();
    },
    save: () => post({ kind: 'draw' }),
  };

  const act: Readonly<Record<Action, () => unknown>> = {
    run,
    stop: preview.stop,
    'choose-image': preview.chooseImage,
    'choose-checkpoint': preview.chooseCheckpoint,
    'choose-device': () => commands.executeCommand('necktie.chooseDevice'),
    next: () => preview.step(1),
    previous: () => preview.step(-1),
    fetch: () => commands.executeCommand('necktie.fetch'),
    restart: () => commands.executeCommand('necktie.restart').then(run),
    'show-problems': () => commands.executeCommand('workbench.actions.view.problems'),
    'show-log': () => commands.executeCommand('necktie.showLog'),
  };
  panel.title = `Detection: ${name}`;
  panel.webview.onDidReceiveMessage((message: FromPage) => {
    if (message.kind === 'action') return void act[message.action]();
    if (message.kind === 'drawn') return void (subject.image !== null && savePicture(message.png, subject.image));
    if (message.kind === 'open') {
      const image = pictures[message.at];
      return void (image !== undefined && image !== subject.image && showImage(image));
    }
    loaded = true;
    show(view);
    film.resend();
    void showPicture();
  });
  panel.onDidChangeViewState(() => {
    // The page is thrown away while its tab is hidden, and loads anew.
    if (!panel.visible) loaded = false;
  });
  panel.onDidDispose(() => {
    running?.cancel();
    film.dispose();
  });
  const resource = (file: string): string =>
    panel.webview.asWebviewUri(Uri.joinPath(services.extension, 'dist', 'webview', file)).toString();
  panel.webview.html = pageHtml({
    title: panel.title,
    script: resource('preview.js'),
    style: resource('preview.css'),
    source: panel.webview.cspSource,
  });
  return preview;
}

function heading(subject: Subject, pictures: readonly string[], view: View): Heading {
  const { image } = subject;
  const result = view.kind === 'ready' ? view.result : undefined;
  const weights = result?.weights.kind === 'random' ? 'Random weights' : (result?.weights.path ?? subject.checkpoint);
  return {
    config: basename(subject.config),
    checkpoint: weights === null ? 'Newest checkpoint' : basename(weights),
    device: result?.provider ?? providerName(currentDevice()),
    picture:
      image === null
        ? null
        : { name: basename(image), position: Math.max(0, pictures.indexOf(image)) + 1, count: Math.max(1, pictures.length) },
  };
}

/** The same with providers' names as they are read. */
function withNames(result: DetectResult): DetectResult {
  return {
    ...result,
    provider: providerName(result.provider),
    refused: result.refused.map(({ provider, reason }) => ({ provider: providerName(provider), reason })),
  };
}

function problemView(problem: DetectProblem): View {
  return { kind: 'problem', problem, actions: actionsFor(problem) };
}

function facts(subject: Subject): readonly (readonly [string, string])[] {
  return [
    ['Config', basename(subject.config)],
    ['Checkpoint', subject.checkpoint ?? 'the newest in work_dirs, beside the config, or its load_from'],
    ['Device', providerName(currentDevice())],
  ];
}

import { parse } from 'node:path';
import { CancellationTokenSource, commands, type Memento, ProgressLocation, Uri, type WebviewPanel, window } from 'vscode';
import { DETECT, type DetectParams, type DetectProblem, type DetectResult, SUPPRESS } from '../../server/protocol.ts';
import { askServer } from '../ask-server.ts';
import { runsOn } from '../choose-device.ts';
import type { Server } from '../language-server.ts';
import type { Action, FromPage, Other, ToPage, View } from '../preview-messages.ts';
import type { Subject } from '../preview-subject.ts';
import { askCheckpoint, askPictures } from './choose-file.ts';
import { chooseOther, sideNames } from './choose-other.ts';
import { createEvaluation } from './evaluation.ts';
import { createFilm } from './film.ts';
import { createGivenFolder } from './given-folder.ts';
import { facts, heading } from './heading.ts';
import { readPicture } from './picture.ts';
import { firstPicture, isFolder, picturesOf } from './picture-folder.ts';
import { createPictureList } from './picture-list.ts';
import { actionsFor } from './problem-actions.ts';
import { remember } from './remembered.ts';
import { createResuppression } from './resuppression.ts';
import { saveBoxes, savePicture } from './save-results.ts';
import { withNames } from './with-names.ts';

/** One panel: a config, a picture, and what was last found in it. The page draws; this keeps what the page would lose while hidden. */
export interface Preview {
  readonly panel: WebviewPanel;
  subject(): Subject;
  setImage(image: string | null): void;
  run(): Promise<void>;
  /** After a restart of the editor: shows the picture at once and runs. */
  restore(): Promise<void>;
  stop(): void;
  /** Goes on by that many pictures of the folder or the set, round its end. */
  step(by: number): Promise<void>;
  chooseImage(): Promise<void>;
  chooseCheckpoint(): Promise<void>;
  useCheckpoint(checkpoint: string): Promise<void>;
  /** One with its folder, several as they are, a folder with all of it. */
  openPictures(paths: readonly string[]): Promise<void>;
  /** To the config's validation set with what was annotated there, and back to the folder. */
  showTruth(shown: boolean): Promise<void>;
  evaluate(): Promise<void>;
  /** Asks for another checkpoint or config, and shows what both find. */
  compare(): Promise<void>;
  /** The picture with its boxes, as a file. */
  save(): void;
  /** The boxes that are shown, as a file in COCO's form. */
  saveBoxes(): void;
}

interface Services {
  readonly memory: Memento;
  readonly server: Server;
  readonly detected: (result: DetectResult) => void;
}

export function createPreview(panel: WebviewPanel, first: Subject, services: Services): Preview {
  const { server, memory } = services;
  let subject = first;
  const pictures = createPictureList(server);
  let view: View = { kind: 'empty', facts: facts(first) };
  let last: Extract<View, { kind: 'ready' }> | undefined;
  let loaded = false;
  let running: CancellationTokenSource | undefined;
  /** Through the pictures, as the last step went. */
  let direction = 1;

  const post = (message: ToPage): void => {
    // A page that is not loaded, or hidden, gets no messages: it says "loaded" and is told all then.
    if (loaded) void panel.webview.postMessage(message);
  };
  const film = createFilm(post);
  const show = (next: View): void => {
    view = next;
    post({ kind: 'show', subject, heading: heading(subject, pictures.all(), view), view });
  };
  const tellFigures = (): void => {
    const count = pictures.setSize();
    post({ kind: 'figures', figures: subject.validation && count !== null ? evaluation.figures(count) : null });
  };
  const evaluation = createEvaluation(server, tellFigures);
  const showPicture = async (): Promise<void> => {
    const { image } = subject;
    const picture = image === null ? null : await readPicture(image).catch(() => null);
    if (subject.image === image) post({ kind: 'picture', picture });
  };
  const change = (next: Partial<Subject>): void => {
    subject = { ...subject, ...next };
    void remember(memory, subject);
  };
  const setImage = (image: string | null): void => {
    last = undefined;
    change({ image });
    pictures.include(image);
  };

  async function run(): Promise<void> {
    running?.cancel();
    const source = new CancellationTokenSource();
    running = source;
    const problem = await pictures.find(subject, source.token);
    if (running !== source) return;
    // Of a validation set, one of its own pictures.
    if (problem === null && subject.validation && !pictures.all().includes(subject.image ?? ''))
      change({ image: pictures.all()[0] ?? null });
    tellFigures();
    const { image, config, checkpoint, validation, iouThreshold, other } = subject;
    if (problem !== null || image === null) {
      running = undefined;
      return show(problem === null ? { kind: 'empty', facts: facts(subject) } : problemView(problem));
    }
    film.show(pictures.all(), image);
    show({ kind: 'progress', phase: 'Starting', finished: [] });
    const drawn = showPicture();
    void commands.executeCommand('setContext', 'necktie.detecting', true);
    const [answer, others] = await window.withProgress(
      { location: ProgressLocation.Window, title: 'Necktie: detecting' },
      async (report): Promise<[DetectResult | DetectProblem, DetectResult | DetectProblem | null]> => {
        const ask = (what: Omit<DetectParams, 'token' | 'image' | 'device' | 'halfPrecision'>): Promise<DetectResult | DetectProblem> =>
          askServer(server, DETECT, { image, ...runsOn(), iouThreshold, keeps: true, ...what }, source.token, ({ phase, finished }) => {
            if (running !== source) return;
            report.report({ message: phase });
            show({ kind: 'progress', phase, finished });
          });
        const next = pictures.from(image, direction);
        const ahead = next !== undefined && next !== image ? { next } : {};
        const own = await ask({ config, checkpoint, truth: validation, ...(other === null && ahead) });
        return [own, other === null || own.kind === 'problem' ? null : await ask({ ...other, ...ahead })];
      },
    );
    await drawn;
    source.dispose();
    if (running !== source) return;
    running = undefined;
    void commands.executeCommand('setContext', 'necktie.detecting', false);
    if (answer.kind === 'detections') {
      services.detected(answer);
      last = { kind: 'ready', result: withNames(answer), ...(others?.kind === 'detections' && { other: otherOf(answer, others) }) };
      if (others?.kind === 'problem' && others.code !== 'cancelled') {
        change({ other: null });
        void window.showErrorMessage(`Not compared. ${others.title}. ${others.text}`);
      }
      show(last);
      // The slider has moved meanwhile.
      if (subject.iouThreshold !== iouThreshold) void suppressAnew();
    } else if (answer.code === 'cancelled' && last !== undefined) {
      // What is seen again was suppressed by another overlap than was asked for.
      const { own, threshold } = last.result.suppression;
      change({ iouThreshold: threshold === own ? null : threshold });
      show(last);
    } else show(problemView(answer));
  }

  const otherOf = (own: DetectResult, result: DetectResult): Other => ({
    result: withNames(result),
    names: subject.other === null ? ['own', 'other'] : sideNames(subject, own.weights.path, subject.other, result.weights.path),
  });
  async function showImage(image: string): Promise<void> {
    setImage(image);
    await run();
  }
  async function openPictures(paths: readonly string[]): Promise<void> {
    const found = await picturesOf(paths);
    // A file whose name does not tell may be a picture all the same.
    const [image] = paths.length === 1 && found.length === 0 && !(await isFolder(paths[0] ?? '')) ? paths : found;
    if (image === undefined) {
      void window.showWarningMessage(`There is no picture in ${paths.map(path => parse(path).base).join(', ')}.`);
      return;
    }
    pictures.choose(found.length > 1 ? found : null);
    change({ validation: false });
    await showImage(image);
  }
  const preview: Preview = {
    panel,
    subject: () => subject,
    setImage,
    run,
    async restore() {
      if (subject.image !== null || subject.validation) await run();
    },
    stop: () => running?.cancel(),
    async step(by) {
      const { image } = subject;
      direction = by;
      const next = pictures.from(image, by);
      if (next !== undefined && next !== image) await showImage(next);
    },
    async chooseImage() {
      await openPictures(await askPictures(subject));
    },
    openPictures,
    async chooseCheckpoint() {
      const checkpoint = await askCheckpoint(subject);
      if (checkpoint !== undefined) await preview.useCheckpoint(checkpoint);
    },
    async useCheckpoint(checkpoint) {
      evaluation.forget();
      pictures.limit(null);
      change({ checkpoint });
      if (subject.image === null && !subject.validation) setImage(await firstPicture(Uri.file(subject.config), memory));
      await run();
    },
    async showTruth(shown) {
      if (shown === subject.validation) return;
      pictures.limit(null);
      last = undefined;
      change({ validation: shown, image: shown ? null : await firstPicture(Uri.file(subject.config), memory) });
      await run();
    },
    async evaluate() {
      await preview.showTruth(true);
      const { config, checkpoint } = subject;
      if (pictures.setSize() !== null) await evaluation.start({ config, checkpoint, ...runsOn() });
    },
    async compare() {
      const chosen = await chooseOther(subject, last?.result.weights.path ?? subject.checkpoint);
      if (chosen === undefined) return;
      change({ other: chosen });
      await run();
    },
    save: () => post({ kind: 'draw' }),
    saveBoxes: () => post({ kind: 'list' }),
  };

  const act: Readonly<Record<Action, () => unknown>> = {
    run: () => {
      pictures.forgetSet();
      evaluation.forget();
      return run();
    },
    stop: preview.stop,
    'choose-image': preview.chooseImage,
    'choose-checkpoint': preview.chooseCheckpoint,
    'choose-device': () => commands.executeCommand('necktie.chooseDevice'),
    truth: () => preview.showTruth(!subject.validation),
    evaluate: preview.evaluate,
    'stop-evaluation': evaluation.stop,
    compare: preview.compare,
    next: () => preview.step(1),
    previous: () => preview.step(-1),
    fetch: () => commands.executeCommand('necktie.fetch'),
    restart: () => commands.executeCommand('necktie.restart').then(run),
    'show-problems': () => commands.executeCommand('workbench.actions.view.problems'),
    'show-log': () => commands.executeCommand('necktie.showLog'),
  };
  const suppressAnew = createResuppression({
    ask: async what => {
      const source = new CancellationTokenSource();
      return askServer(server, SUPPRESS, what, source.token).finally(() => source.dispose());
    },
    last: () => last,
    subject: () => subject,
    show: next => {
      last = next;
      if (view.kind === 'ready') show(next);
    },
    run,
  });
  const given = createGivenFolder();
  const takeGiven = async ({ places, pictures: contents }: Extract<FromPage, { kind: 'given' }>): Promise<void> => {
    let kept: readonly string[] = [];
    try {
      if (contents.length) kept = await given.keep(contents);
    } catch (error) {
      void window.showErrorMessage(`What was given could not be kept: ${error instanceof Error ? error.message : String(error)}`);
    }
    await openPictures([...places.map(place => Uri.parse(place).fsPath), ...kept]);
  };
  const showMisses = ({ label, threshold }: Extract<FromPage, { kind: 'misses' }>): unknown => {
    pictures.limit(evaluation.misses(label, threshold));
    tellFigures();
    return run();
  };
  panel.title = `Detection: ${parse(first.config).name}`;
  panel.webview.onDidReceiveMessage((message: FromPage) => {
    if (message.kind === 'action') return void act[message.action]();
    if (message.kind === 'misses') return void showMisses(message);
    if (message.kind === 'given') return void takeGiven(message);
    if (message.kind === 'overlap') {
      change({ iouThreshold: message.threshold });
      return void suppressAnew();
    }
    if (message.kind === 'listed') return void (last !== undefined && saveBoxes(last.result, message));
    if (message.kind === 'drawn') return void (subject.image !== null && savePicture(subject.image, message.png));
    if (message.kind === 'open') {
      const image = pictures.all()[message.at];
      return void (image !== undefined && image !== subject.image && showImage(image));
    }
    loaded = true;
    show(view);
    tellFigures();
    film.resend();
    void showPicture();
  });
  panel.onDidChangeViewState(() => {
    // The page is thrown away while its tab is hidden, and loads anew.
    if (!panel.visible) loaded = false;
  });
  panel.onDidDispose(() => {
    running?.cancel();
    evaluation.forget();
    film.dispose();
    given.dispose();
  });
  return preview;
}

function problemView(problem: DetectProblem): View {
  return { kind: 'problem', problem, actions: actionsFor(problem) };
}

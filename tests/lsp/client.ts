/** A plain LSP client: JSON-RPC over the built server's standard input and output, with no help from an editor. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  type ClientCapabilities,
  createProtocolConnection,
  type Diagnostic,
  DidChangeTextDocumentNotification,
  DidChangeWatchedFilesNotification,
  DidOpenTextDocumentNotification,
  ExitNotification,
  type FileEvent,
  InitializedNotification,
  InitializeRequest,
  type InitializeResult,
  LogMessageNotification,
  type Position,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';

/** `NECKTIE_PROGRAM`: another build than that in `dist`. */
const program = process.env['NECKTIE_PROGRAM'] ?? fileURLToPath(new URL('../../dist/server/cli.mjs', import.meta.url));

export interface ClientOptions {
  /** Workspace folder, absolute. */
  readonly root: string;
  /** `necktie.*`. */
  readonly settings: unknown;
  /** What the editor can do. */
  readonly capabilities?: ClientCapabilities;
  /** Variables besides those of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

export class Client {
  readonly connection: ProtocolConnection;
  readonly #process: ChildProcess;
  readonly #texts = new Map<string, { readonly text: string; readonly version: number }>();
  readonly #published = new Map<string, PublishDiagnosticsParams>();
  readonly #waiting = new Set<() => void>();
  readonly #logged: string[] = [];
  readonly #times = new Map<string, number>();

  private constructor(process: ChildProcess, connection: ProtocolConnection) {
    this.#process = process;
    this.connection = connection;
  }

  static async start({
    root,
    settings,
    capabilities = {},
    env = {},
  }: ClientOptions): Promise<{ readonly client: Client; readonly initialized: InitializeResult }> {
    const child = spawn(process.execPath, [program, 'server', '--stdio'], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, ...env },
    });
    const connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
    const client = new Client(child, connection);
    connection.onNotification(PublishDiagnosticsNotification.type, params => {
      client.#published.set(params.uri, params);
      client.#times.set(params.uri, client.times(params.uri) + 1);
      for (const look of client.#waiting) look();
    });
    connection.onNotification(LogMessageNotification.type, ({ message }) => {
      client.#logged.push(message);
      for (const look of client.#waiting) look();
    });
    connection.listen();
    const initialized = await connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: pathToFileURL(root).href,
      workspaceFolders: [{ uri: pathToFileURL(root).href, name: 'workspace' }],
      capabilities,
      initializationOptions: settings,
    });
    await connection.sendNotification(InitializedNotification.type, {});
    return { client, initialized };
  }

  /** Memory of the server's process; null where the system does not tell it in a file. */
  megabytes(): number | null {
    return this.#process.pid === undefined ? null : megabytesOf(this.#process.pid);
  }

  async open(uri: string, text: string, languageId = 'python'): Promise<void> {
    this.#texts.set(uri, { text, version: 1 });
    await this.connection.sendNotification(DidOpenTextDocumentNotification.type, {
      textDocument: { uri, languageId, version: 1, text },
    });
  }

  /** Files came, changed or went, as an editor's watcher tells it. */
  async touched(changes: readonly FileEvent[]): Promise<void> {
    await this.connection.sendNotification(DidChangeWatchedFilesNotification.type, { changes: [...changes] });
  }

  /** Puts one text in the place of another, as typing does: the server is sent a range. */
  async replace(uri: string, old: string, fresh: string): Promise<void> {
    const { text, version } = this.#texts.get(uri) ?? { text: '', version: 0 };
    const at = text.indexOf(old);
    if (at < 0) throw new Error(`there is no ${JSON.stringify(old)}`);
    const next = text.slice(0, at) + fresh + text.slice(at + old.length);
    this.#texts.set(uri, { text: next, version: version + 1 });
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version: version + 1 },
      contentChanges: [{ range: { start: positionIn(text, at), end: positionIn(text, at + old.length) }, text: fresh }],
    });
  }

  /** The whole text anew. */
  async write(uri: string, text: string): Promise<void> {
    const version = (this.#texts.get(uri)?.version ?? 0) + 1;
    this.#texts.set(uri, { text, version });
    await this.connection.sendNotification(DidChangeTextDocumentNotification.type, {
      textDocument: { uri, version },
      contentChanges: [{ text }],
    });
  }

  /** Where a text stands; the end of it with `after`. */
  position(uri: string, text: string, after = false): Position {
    const whole = this.#texts.get(uri)?.text ?? '';
    const at = whole.indexOf(text);
    if (at < 0) throw new Error(`there is no ${JSON.stringify(text)}`);
    return positionIn(whole, after ? at + text.length : at);
  }
  text(uri: string): string {
    return this.#texts.get(uri)?.text ?? '';
  }

  /** Diagnostics of the text as it is now, as soon as they are what is waited for. */
  async diagnostics(
    uri: string,
    wanted: (diagnostics: readonly Diagnostic[]) => boolean,
    milliseconds = 30_000,
  ): Promise<readonly Diagnostic[]> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(look);
        reject(new Error(`the last diagnostics are ${JSON.stringify(this.#published.get(uri)?.diagnostics, null, 1)}`));
      }, milliseconds);
      const look = (): void => {
        const last = this.#published.get(uri);
        if (last?.version !== this.#texts.get(uri)?.version || !last || !wanted(last.diagnostics)) return;
        this.#waiting.delete(look);
        clearTimeout(timer);
        resolve(last.diagnostics);
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** How often something was published for a file. */
  times(uri: string): number {
    return this.#times.get(uri) ?? 0;
  }
  /** As soon as something was published so often. */
  async told(uri: string, times: number): Promise<void> {
    return new Promise(resolve => {
      const look = (): void => {
        if (this.times(uri) < times) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }
  /** A line of the server's log that says so, as soon as there is one. */
  async logs(text: string): Promise<string> {
    return new Promise(resolve => {
      const look = (): void => {
        const line = this.#logged.find(one => one.includes(text));
        if (line === undefined) return;
        this.#waiting.delete(look);
        resolve(line);
      };
      this.#waiting.add(look);
      look();
    });
  }

  /** What was published last, of whichever version: for a file that is not open. */
  published(uri: string): readonly Diagnostic[] {
    return this.#published.get(uri)?.diagnostics ?? [];
  }

  async stop(): Promise<number | null> {
    const ended = new Promise<number | null>(resolve => this.#process.once('exit', resolve));
    await this.connection.sendRequest(ShutdownRequest.type);
    await this.connection.sendNotification(ExitNotification.type);
    return ended;
  }
}

/** Memory of a process that is in use; null where the system does not tell it in a file. */
export function megabytesOf(process: number): number | null {
  try {
    const kilobytes = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${process}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  } catch {
    return null;
  }
}

function positionIn(text: string, offset: number): Position {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

/** The language server: keeps the connection and the open documents, and lets workers do what takes time. */
import {
  createConnection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type InitializeParams,
  MessageType,
  ProposedFeatures,
  ShowMessageNotification,
  WatchKind,
} from 'vscode-languageserver/node';
import { DEFAULT_SETTINGS, type Settings, settingsFrom } from '../project/settings.ts';
import {
  NETWORK,
  NETWORK_CHANGED,
  type NetworkChangedParams,
  type NetworkParams,
  type NetworkResult,
  NOT_CHECKED,
  type NotCheckedParams,
  type NotCheckedResult,
  RESOLVED,
  type ResolvedParams,
  type ResolvedResult,
  STATUS,
  type StatusParams,
} from '../protocol.ts';
import type { ToWorker } from '../worker/messages.ts';
import { answered } from './answered.ts';
import { answerBackbones } from './backbones.ts';
import { CAPABILITIES } from './capabilities.ts';
import { answerDetection } from './detection.ts';
import { Diagnosis } from './diagnosis.ts';
import { Documents } from './documents.ts';
import { answerLanguage } from './language.ts';
import { Uris } from './uris.ts';
import { WorkerClient, type WorkerEvents } from './worker-client.ts';

/** What goes and was neither source nor folder. */
const NO_SOURCE = /\.(?:pth|log|png|jpe?g|pyc|txt|md|tmp|swp)$/i;
/** What a training logs every few seconds, beside its checkpoints: no rule looks at it, and a model that is being run must not begin anew for it. */
const TRAINING_LOG = /\/work_dirs\/.*\.(?:json|ya?ml)$/i;
/** What may register a type, or be the base of one that does: no config, which has its own way. */
const MODULE = /\.py$/i;
const DEFINES = /^(?:class|def)\s|\bregister_module\b/m;
const MODULE_PAUSE_MS = 600;

export function serve(): void {
  const connection = createConnection(ProposedFeatures.all);
  const uris = new Uris();
  const documents = new Documents(uris);
  let roots: readonly string[] = [];
  let settings: Settings = DEFAULT_SETTINGS;
  let asks = {
    configuration: false,
    watch: false,
    refreshHints: false,
    refreshLenses: false,
    completion: { snippets: false, resolves: false },
  };

  let lastStatus: StatusParams | null = null;
  const tellStatus = (status: StatusParams): void => {
    lastStatus = status;
    void connection.sendNotification(STATUS, status);
  };
  const workspace = (): ToWorker => ({ kind: 'workspace', roots, settings });
  /** Parts that ended once: what happens again is logged alone. */
  const deaths = new Set<string>();
  const events = (part: string, told: boolean): WorkerEvents => ({
    greet: () => [workspace(), ...documents.all().map(({ path, uri, text }): ToWorker => ({ kind: 'document', path, uri, text }))],
    died: reason => {
      const again = diagnosis.ended();
      const words = `Necktie's ${part} ended (${reason}). It starts again ${again ? 'now' : 'with the next edit'}.`;
      connection.console.error(words);
      // A notification: a request is what a plain client may refuse.
      if (!deaths.has(part)) void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message: words });
      deaths.add(part);
    },
    indexed: files => {
      connection.console.info(`${files} files of the workspace's configs are known.`);
      diagnosis.learned();
    },
    installed: () => {
      connection.console.info('Packages were installed or removed: their types are read again.');
      onDisk([]);
    },
    status: status => {
      // Three workers say the same.
      if (told) tellStatus(status);
    },
  });
  const quick = new WorkerClient({ kind: 'quick' }, events('checker of configs', true));
  const deep = new WorkerClient({ kind: 'deep' }, events('checker of models', false));
  const detector = new WorkerClient({ kind: 'detect' }, events('detector', false));
  const workers = [quick, deep, detector];
  const tellAll = (message: ToWorker): void => workers.forEach(worker => void worker.tell(message));

  const diagnosis = new Diagnosis({
    documents,
    quick,
    deep,
    publish: (uri, version, diagnostics) =>
      void connection.sendDiagnostics({ uri, ...(version !== undefined && { version }), diagnostics: [...diagnostics] }),
    busy: what => {
      if (lastStatus && lastStatus.busy !== what) tellStatus({ ...lastStatus, busy: what });
    },
    looked: uri => void connection.sendNotification(NETWORK_CHANGED, { uri } satisfies NetworkChangedParams),
    modelKnown: () => {
      if (asks.refreshHints) connection.languages.inlayHint.refresh().catch(() => undefined);
      if (asks.refreshLenses) connection.sendRequest('workspace/codeLens/refresh').catch(() => undefined);
    },
    log: text => connection.console.warn(text),
  });

  connection.onInitialize((params: InitializeParams) => {
    const folders = params.workspaceFolders?.map(folder => folder.uri) ?? (params.rootUri ? [params.rootUri] : []);
    roots = folders.map(uri => uris.path(uri)).filter(path => path !== null);
    settings = settingsFrom(params.initializationOptions);
    const { workspace: able, textDocument } = params.capabilities;
    const item = textDocument?.completion?.completionItem;
    asks = {
      configuration: able?.configuration === true,
      watch: able?.didChangeWatchedFiles?.dynamicRegistration === true,
      refreshHints: able?.inlayHint?.refreshSupport === true,
      refreshLenses: able?.codeLens?.refreshSupport === true,
      completion: {
        snippets: item?.snippetSupport === true,
        resolves: item?.resolveSupport?.properties.includes('documentation') === true,
      },
    };
    return { capabilities: CAPABILITIES, serverInfo: { name: 'necktie' } };
  });

  connection.onInitialized(async () => {
    if (asks.configuration) {
      await connection.client.register(DidChangeConfigurationNotification.type, { section: 'necktie' });
      await configure();
    }
    if (asks.watch) {
      // Of a folder that goes, no more is told than that it went.
      await connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: [{ globPattern: '**/*.{py,json,yaml,yml}' }, { globPattern: '**/*', kind: WatchKind.Delete }],
      });
    }
  });
  connection.onDidChangeConfiguration(async ({ settings: sent }) => {
    if (asks.configuration) await configure();
    else reset(settingsFrom(sent?.necktie ?? sent));
  });
  async function configure(): Promise<void> {
    reset(settingsFrom(await connection.workspace.getConfiguration('necktie')));
  }
  function reset(next: Settings): void {
    if (JSON.stringify(next) === JSON.stringify(settings)) return;
    settings = next;
    tellAll(workspace());
    diagnosis.again();
  }
  connection.onNotification(
    'workspace/didChangeWorkspaceFolders',
    ({ event }: { event: { added: readonly { uri: string }[]; removed: readonly { uri: string }[] } }) => {
      const gone = event.removed.map(({ uri }) => uris.path(uri));
      const come = event.added.map(({ uri }) => uris.path(uri)).filter(path => path !== null);
      roots = [...roots.filter(root => !gone.includes(root)), ...come];
      tellAll(workspace());
      diagnosis.again();
    },
  );
  connection.onDidChangeWatchedFiles(({ changes }) => {
    const paths = changes.flatMap(({ uri, type }) => {
      const path = uris.path(uri);
      return path !== null && !TRAINING_LOG.test(path) && (type !== FileChangeType.Deleted || !NO_SOURCE.test(path)) ? [path] : [];
    });
    if (paths.length) onDisk([...new Set(paths)]);
  });
  connection.onDidSaveTextDocument(({ textDocument: { uri } }) => {
    // Where the editor watches, it tells this too.
    const path = uris.path(uri);
    if (path !== null && !asks.watch) onDisk([path]);
  });
  /** What an open document says counts, and was told; what a module registers is read when this is told of it. */
  function onDisk(paths: readonly string[]): void {
    tellAll({ kind: 'disk', paths });
    diagnosis.again();
    tellDrawn();
  }
  /** Configs whose network was asked for. */
  const drawn = new Set<string>();
  /** Of open configs it is told when they have been looked at; at others nobody looks but who asks for their network. */
  function tellDrawn(): void {
    for (const uri of drawn)
      if (!documents.get(uri)) void connection.sendNotification(NETWORK_CHANGED, { uri } satisfies NetworkChangedParams);
  }

  connection.onDidOpenTextDocument(({ textDocument: { uri, version, text } }) => told(documents.open(uri, version, text)));
  connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) =>
    told(documents.change(uri, version, contentChanges)),
  );
  connection.onDidCloseTextDocument(({ textDocument: { uri } }) => {
    const closed = documents.close(uri);
    if (!closed) return;
    tellAll({ kind: 'document', path: closed.path, uri, text: null });
    diagnosis.closed(uri);
    // What was typed and not saved counts no more.
    tellDrawn();
  });
  /** Modules that are being written: what they register is looked at again in a pause. */
  const unsaved = new Set<string>();
  let typing: NodeJS.Timeout | undefined;
  function told(document: { readonly path: string; readonly uri: string; readonly text: string } | undefined): void {
    if (!document) return;
    const { path, uri, text } = document;
    tellAll({ kind: 'document', path, uri, text });
    diagnosis.edited(uri);
    if (MODULE.test(path) && DEFINES.test(text)) unsaved.add(path);
    if (unsaved.size === 0) return;
    clearTimeout(typing);
    typing = setTimeout(() => {
      onDisk([...unsaved]);
      unsaved.clear();
    }, MODULE_PAUSE_MS);
  }

  connection.onRequest(NOT_CHECKED, async ({ uri }: NotCheckedParams): Promise<NotCheckedResult> => {
    const path = uris.path(uri);
    return path === null ? null : answered(connection, deep.request('notChecked', { path }), null);
  });
  connection.onRequest(RESOLVED, async ({ uri, bases }: ResolvedParams): Promise<ResolvedResult> => {
    // A config may be looked at that is not open.
    const path = uris.path(uri);
    return path === null ? null : answered(connection, quick.request('resolved', { uri, path, bases }), null);
  });
  connection.onRequest(NETWORK, async ({ uri, size }: NetworkParams): Promise<unknown> => {
    const path = uris.path(uri);
    if (path === null) return { kind: 'no-config' };
    drawn.add(uri);
    const later: NetworkResult = { kind: 'later' };
    return answered(connection, deep.request('network', { path, size }), later);
  });
  answerLanguage({ connection, documents, quick, diagnosis, settings: () => settings, completion: () => asks.completion });
  answerBackbones({ connection, uris, deep, diagnosis });
  const endEvaluations = answerDetection({
    connection,
    detector,
    startEvaluator: () => new WorkerClient({ kind: 'detect' }, events('evaluation', false)),
  });
  connection.onShutdown(async () => {
    clearTimeout(typing);
    diagnosis.stop();
    await Promise.all([...workers.map(worker => worker.close()), endEvaluations()]);
  });
  connection.listen();
}

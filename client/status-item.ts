import { MarkdownString, StatusBarAlignment, window } from 'vscode';
import { type DetectResult, STATUS, type StatusParams } from '../server/protocol.ts';
import type { Server } from './language-server.ts';
import { providerName } from './provider-name.ts';

export interface StatusItem {
  /** Tells it what a detection ran on. */
  readonly detected: (result: DetectResult) => void;
  dispose(): void;
}

/** One short item, "Necktie: CPU"; the reasons are in its tooltip. */
export function createStatusItem(server: Server): StatusItem {
  const item = window.createStatusBarItem('necktie.status', StatusBarAlignment.Right, 90);
  item.name = 'Necktie';
  item.command = 'necktie.showLog';
  let status: StatusParams | undefined;
  let result: DetectResult | undefined;

  const show = (): void => {
    const provider = result === undefined ? '' : `: ${providerName(result.provider)}${result.half ? ', half' : ''}`;
    item.text = status?.busy ? `$(loading~spin) Necktie${provider}` : `Necktie${provider}`;
    item.tooltip = tooltip(status, result);
    item.accessibilityInformation = { label: status?.busy ? `Necktie, ${status.busy}` : `Necktie${provider}` };
    item.show();
  };
  const listening = server.client.onNotification(STATUS, (next: StatusParams) => {
    status = next;
    show();
  });
  show();
  return {
    detected: next => {
      result = next;
      show();
    },
    dispose: () => {
      listening.dispose();
      item.dispose();
    },
  };
}

function tooltip(status: StatusParams | undefined, result: DetectResult | undefined): MarkdownString {
  const text = new MarkdownString('', true);
  const line = (words: string): void => void text.appendText(words).appendMarkdown('\n\n');
  if (status?.busy) line(status.busy);
  if (status !== undefined) {
    line(status.environment);
    if (status.libraries.length === 0) line('No library sources found: configs are checked against the bundled facts.');
    for (const library of status.libraries) line(`${library.name} ${library.version}, ${library.source}`);
  }
  if (result !== undefined) {
    line(`Detection runs on ${providerName(result.provider)}${result.half ? ' in half precision' : ''}.`);
    for (const refused of result.refused) line(`${providerName(refused.provider)}: ${refused.reason}`);
  }
  if (text.value === '') line('Starting');
  return text;
}

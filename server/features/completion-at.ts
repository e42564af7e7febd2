/** Completion at a place of a file of a project: the one way to it, for the server and for the tests that measure it. */
import { isDataFile } from '../project/data-config.ts';
import type { Project } from '../project/project.ts';
import { basesOf } from './base-values.ts';
import { completion } from './completion.ts';
import { dataCompletion } from './completion-data.ts';
import type { CompletionItem } from './completion-item.ts';
import { completionRequest } from './completion-request.ts';

export function completionAt(project: Project, file: string, offset: number): readonly CompletionItem[] {
  if (isDataFile(file)) {
    const bases = basesOf(project, file).map(base => project.config(base));
    return dataCompletion({ file, text: project.host.read(file) ?? '', offset, config: project.readable(file), bases });
  }
  const request = completionRequest(project, file, offset);
  return request ? completion(request) : [];
}

/** Completion at a place of a file of a project: the one way to it, for the server and for the tests that measure it. */
import type { Project } from '../project/project.ts';
import { completion } from './completion.ts';
import type { CompletionItem } from './completion-item.ts';
import { completionRequest } from './completion-request.ts';

export function completionAt(project: Project, file: string, offset: number): readonly CompletionItem[] {
  const request = completionRequest(project, file, offset);
  return request ? completion(request) : [];
}

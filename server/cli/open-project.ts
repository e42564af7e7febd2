/** The project that a command works on, from the options that all share. */
import { Project } from '../project/project.ts';
import { DEFAULT_SETTINGS, type Settings } from '../project/settings.ts';
import type { Io } from './command.ts';
import type { Place } from './place.ts';

/** `more`: what the command itself takes. */
export function openProject({ root, python, sitePackages, environment }: Place, io: Io, more: Partial<Settings> = {}): Promise<Project> {
  return Project.open(null, {
    roots: [root],
    settings: { ...DEFAULT_SETTINGS, python, sitePackages, environment, ...more },
    env: io.env,
    cancel: io.cancel,
    models: true,
  });
}

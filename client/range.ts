import { Range } from 'vscode';
import type { SourcePlace } from '../server/picture/description.ts';

/** The editor's own, of one as the server tells it. */
export const rangeOf = ({ start, end }: SourcePlace['range']): Range => new Range(start.line, start.character, end.line, end.character);

/** A part of a drawing that leads somewhere: a page makes a link of it, named by what it says. */
import type { DrawnPart } from './description.ts';
import { node, type SceneNode } from './scene.ts';

export const partNode = (part: DrawnPart, children: readonly SceneNode[]): SceneNode =>
  node('g', { class: 'part', 'data-part': part.name }, ...children);

/** The network's drawing, of what the server answered: nothing lies over another, nothing leaves the picture, all that is known is there. */
import { describe, expect, it } from 'vitest';
import type { NetworkDescription } from '../../../server/picture/description.ts';
import { drawNetwork, fileWidth } from '../../../server/picture/draw-network.ts';
import type { Scene, SceneNode } from '../../../server/picture/scene.ts';
import { LIGHT, svgText } from '../../../server/picture/svg-text.ts';
import type { NetworkResult } from '../../../server/protocol.ts';
import { dataPath, dataText } from '../../data-file.ts';

const answers: Readonly<Record<string, NetworkResult>> = JSON.parse(dataText('network/answers.json.gz'));
const descriptions: Readonly<Record<string, NetworkDescription>> = JSON.parse(dataText('network/descriptions.json.gz'));
const networks = new Map<string, NetworkDescription>([
  ...Object.entries(answers).flatMap(([name, answer]): [string, NetworkDescription][] =>
    answer.kind === 'network' ? [[name, answer.network]] : [],
  ),
  ...Object.entries(descriptions),
]);

interface Word {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly y: number;
}
function flat(nodes: readonly (SceneNode | string)[]): readonly SceneNode[] {
  return nodes.flatMap(one => (typeof one === 'string' ? [] : [one, ...flat(one.children)]));
}
const number = (one: SceneNode, name: string): number => Number(one.attributes[name] ?? 0);
function wordsOf(scene: Scene): readonly Word[] {
  return flat(scene.nodes).flatMap(one => {
    if (one.tag !== 'text') return [];
    const text = String(one.children[0] ?? '');
    const wide = text.length * (one.attributes['font-size'] === 13 ? 7.8 : 6);
    const x = number(one, 'x');
    const left = one.attributes['text-anchor'] === 'end' ? x - wide : one.attributes['text-anchor'] === 'middle' ? x - wide / 2 : x;
    return [{ text, left, right: left + wide, y: number(one, 'y') }];
  });
}
const overlapping = (words: readonly Word[]): readonly string[] =>
  words.flatMap((a, i) =>
    words
      .slice(i + 1)
      .filter(b => Math.abs(a.y - b.y) < 9 && a.left < b.right && b.left < a.right)
      .map(b => `${a.text} | ${b.text}`),
  );

describe.each([...networks])('%s', (_, network) => {
  it.each([440, 700, 868, 1200])('at %d px', width => {
    const scene = drawNetwork(network, { width });
    const words = wordsOf(scene);
    expect(scene.width).toBeLessThanOrEqual(width);
    expect(JSON.stringify(scene)).not.toMatch(/null|NaN|Infinity/);
    expect(overlapping(words)).toEqual([]);
    expect(
      words.filter(({ left, right, y }) => left < 0 || right > scene.width + 1 || y < 0 || y > scene.height).map(({ text }) => text),
    ).toEqual([]);
    const boxes = flat(scene.nodes).filter(one => one.attributes.class === 'box');
    expect(boxes.length).toBe(network.parts.length);
    for (const [i, a] of boxes.entries())
      for (const b of boxes.slice(i + 1)) {
        const apart =
          number(a, 'x') + number(a, 'width') <= number(b, 'x') ||
          number(b, 'x') + number(b, 'width') <= number(a, 'x') ||
          number(a, 'y') + number(a, 'height') <= number(b, 'y') ||
          number(b, 'y') + number(b, 'height') <= number(a, 'y');
        expect(apart).toBe(true);
      }
    const levels = network.links.flatMap(link => link.levels);
    expect(flat(scene.nodes).filter(one => String(one.attributes.class ?? '').split(' ')[0] === 'level').length).toBe(levels.length);
    for (const { expected } of levels)
      if (expected !== null) expect(words.map(({ text }) => text).join(' ')).toContain(`expects ${expected}`);
  });
});

it('is drawn as it was', async () => {
  const drawn = (name: string): string => {
    const network = networks.get(name);
    if (!network) throw new Error(`no ${name}`);
    return svgText(drawNetwork(network, { width: fileWidth(network) }), LIGHT, name);
  };
  await expect(drawn('mismatch')).toMatchFileSnapshot(dataPath('network/mismatch.svg'));
  await expect(drawn('twoStage')).toMatchFileSnapshot(dataPath('network/two-stage.svg'));
});

import { describe, expect, it } from 'vitest';
import { type Heap, Room } from '../../../server/project/room.ts';

const MB = 2 ** 20;

/** What is alive, and what is not yet collected, in megabytes. */
class Pretended implements Heap {
  alive = 0;
  garbage = 0;
  readonly done: string[] = [];
  used(): number {
    return (this.alive + this.garbage) * MB;
  }
  collect(): void {
    this.garbage = 0;
    this.done.push('collect');
  }
  compact(): void {
    this.garbage = 0;
    this.done.push('compact');
  }
}
const room = (heap: Heap): Room => new Room({ most: 40 * MB, step: 16 * MB, heap });

describe('room for what a thread leaves behind', () => {
  it('is not looked at for little', () => {
    const heap = new Pretended(),
      of = room(heap);
    heap.garbage = 15;
    expect([of.isFull(), heap.done]).toEqual([false, []]);
    heap.garbage = 16;
    expect([of.isFull(), heap.done, heap.garbage]).toEqual([false, ['collect'], 0]);
  });
  it('is full when more is alive than the bound, whatever is garbage', () => {
    const heap = new Pretended(),
      of = room(heap);
    Object.assign(heap, { alive: 20, garbage: 500 });
    expect(of.isFull()).toBe(false);
    Object.assign(heap, { alive: 39, garbage: 0 });
    expect(of.isFull()).toBe(false);
    heap.alive = 56;
    expect(of.isFull()).toBe(true);
  });
  it('is what the first piece of work needs, where that is more than the bound', () => {
    const heap = new Pretended(),
      of = room(heap);
    heap.alive = 100;
    expect(of.isFull()).toBe(false);
    heap.alive = 114;
    expect(of.isFull()).toBe(false);
    heap.alive = 131;
    expect(of.isFull()).toBe(true);
  });
  it('is as much as is needed, where it was allowed', () => {
    const heap = new Pretended(),
      of = room(heap);
    heap.alive = 30;
    of.isFull();
    heap.alive = 80;
    expect(of.isFull()).toBe(true);
    of.allow();
    heap.alive = 91;
    expect(of.isFull()).toBe(false);
    heap.alive = 120;
    expect(of.isFull()).toBe(true);
  });
  it('is collected and moved together once all was let go of, and what comes next is measured anew', () => {
    const heap = new Pretended(),
      of = room(heap);
    heap.alive = 30;
    of.isFull();
    heap.alive = 60;
    expect(of.isFull()).toBe(true);
    Object.assign(heap, { alive: 10, garbage: 50 });
    heap.done.length = 0;
    of.emptied();
    expect([heap.done, heap.garbage]).toEqual([['collect', 'compact'], 0]);
    heap.alive = 50;
    expect([of.isFull(), heap.done]).toEqual([false, ['collect', 'compact', 'collect']]);
  });
  it('never keeps more alive than the bound and a step, or what one piece needs', () => {
    const heap = new Pretended(),
      of = room(heap);
    let most = 0;
    for (let piece = 0; piece < 600; piece++) {
      heap.alive += 3 + (piece % 5);
      heap.garbage += piece % 7;
      most = Math.max(most, heap.used() / MB);
      if (!of.isFull()) continue;
      heap.garbage += heap.alive;
      heap.alive = 0;
      of.emptied();
    }
    expect(most).toBeLessThanOrEqual(40 + 16 + 7 + 6);
  });
  it('gives back in a pause', () => {
    const heap = new Pretended(),
      of = room(heap);
    heap.garbage = 5;
    of.tidy();
    expect(heap.done).toEqual([]);
    heap.garbage = 6;
    of.tidy();
    expect([heap.done, heap.garbage]).toEqual([['collect'], 0]);
  });
});

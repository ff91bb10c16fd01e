import { planStep } from '../../../testing/live-run';
import { NODE_STATUSES, RUN_STATUSES } from '@snowflow/contracts/runs/run-state';
import * as fc from 'fast-check';
import type { NodeRun } from '../../../api/types';
import { timelineOf, type TimelineRun } from './timeline';

const START = Date.parse('2026-05-01T10:00:00.000Z');
const at = (ms: number) => new Date(START + ms).toISOString();
const node = (status: NodeRun['status'], from?: number, to?: number, step?: string): NodeRun => ({
  status,
  startedAt: from === undefined ? null : at(from),
  finishedAt: to === undefined ? null : at(to),
  attempts: from === undefined ? 0 : 1,
  ...(step === undefined ? {} : { step }),
});
const run = (parts: Partial<TimelineRun>): TimelineRun => ({
  status: 'running',
  createdAt: at(-500),
  startedAt: at(0),
  finishedAt: null,
  nodes: {},
  plan: [],
  ...parts,
});

const moment = fc.integer({ min: -5_000, max: 10_000_000 });
const anyNode = fc
  .record({
    status: fc.constantFrom(...NODE_STATUSES),
    from: fc.option(moment),
    to: fc.option(moment),
    step: fc.nat(5),
  })
  .map(({ status, from, to, step }) => node(status, from ?? undefined, to ?? undefined, `s${step}`));
const anyRun = fc
  .record({
    status: fc.constantFrom(...RUN_STATUSES),
    started: fc.option(moment),
    finished: fc.option(moment),
    nodes: fc.dictionary(fc.string({ minLength: 1, maxLength: 4 }), anyNode, { maxKeys: 20 }),
  })
  .map(({ status, started, finished, nodes }) => {
    const ids = Object.keys(nodes);
    const plan = [0, 1, 2, 3].map((step) =>
      planStep(
        `s${step}`,
        ids.filter((_, i) => i % 4 === step),
      ),
    );
    return run({
      status,
      nodes,
      plan,
      startedAt: started === null ? null : at(started),
      finishedAt: finished === null ? null : at(finished),
    });
  });

describe('The timeline of a run', () => {
  it('draws each node once, inside the axis, whatever the times say', () => {
    fc.assert(
      fc.property(anyRun, moment, fc.constantFrom('start', 'duration'), (any, now, order) => {
        const { rows, now: marker, spanMs } = timelineOf(any, START + now, order);
        expect(rows.map(({ nodeId }) => nodeId).sort()).toEqual(Object.keys(any.nodes).sort());
        for (const { bar, elapsedMs } of rows) {
          if (bar) expect([bar.start >= 0, bar.start <= bar.end, bar.end <= 1]).toEqual([true, true, true]);
          if (elapsedMs !== undefined) expect(elapsedMs).toBeGreaterThanOrEqual(0);
        }
        expect(marker === undefined || (marker >= 0 && marker <= 1)).toBe(true);
        expect(spanMs).toBeGreaterThan(0);
      }),
    );
  });

  it('stands in the order of the starts, with what has not begun last', () => {
    fc.assert(
      fc.property(anyRun, moment, (any, now) => {
        const starts = timelineOf(any, START + now, 'start').rows.map(({ startedMs }) => startedMs ?? Infinity);
        expect(starts).toEqual([...starts].sort((a, b) => (a === b ? 0 : a - b)));
      }),
    );
  });

  it('gives the nodes of a statement its bar, and its time only to the node that ends it', () => {
    const { rows } = timelineOf(
      run({
        status: 'succeeded',
        finishedAt: at(4_000),
        nodes: {
          orders: node('succeeded', 0, undefined, 's1'),
          dear: node('succeeded', 0, 2_000, 's1'),
          alone: node('succeeded', 2_000, 4_000, 's2'),
        },
        plan: [planStep('s1', ['orders', 'dear']), planStep('s2', ['alone'])],
      }),
      START + 99_000,
      'start',
    );
    expect(rows.map(({ nodeId, shared, ends, bar, elapsedMs }) => [nodeId, shared, ends, bar, elapsedMs])).toEqual([
      ['orders', 1, false, { start: 0, end: 0.5 }, undefined],
      ['dear', 1, true, { start: 0, end: 0.5 }, 2_000],
      ['alone', undefined, true, { start: 0.5, end: 1 }, 2_000],
    ]);
  });

  it('lets what runs reach to now, and has the longest first when asked', () => {
    const going = run({ nodes: { a: node('succeeded', 0, 1_000), b: node('running', 1_000), c: node('pending') } });
    const { rows, now } = timelineOf(going, START + 10_000, 'duration');
    expect(rows.map(({ nodeId, bar, elapsedMs }) => [nodeId, bar, elapsedMs])).toEqual([
      ['b', { start: 0.1, end: 1 }, undefined],
      ['a', { start: 0, end: 0.1 }, 1_000],
      ['c', undefined, undefined],
    ]);
    expect(now).toBe(1);
  });

  it('draws no bar for what an earlier run did', () => {
    const { rows } = timelineOf(
      run({ nodes: { old: node('succeeded', -9_000, -8_000), own: node('running', 100) } }),
      START + 1_000,
      'start',
    );
    expect(rows.map(({ nodeId, earlier, bar }) => [nodeId, earlier, bar?.start])).toEqual([
      ['old', true, undefined],
      ['own', false, 0.1],
    ]);
  });
});

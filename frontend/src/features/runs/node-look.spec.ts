import type { NodeRun } from '../../api/types';
import { liveRun, nodeRun } from '../../testing/live-run';
import { goesOnAfterFailure, nodeLook, ranEarlier, wentOn } from './node-look';

describe('How the state of a node is shown', () => {
  it('says what a node waits for, unlike one that runs', () => {
    const word = (type: string, waitsFor?: NodeRun['waitsFor']) =>
      nodeLook(nodeRun('waiting', { waitsFor }), type, { continued: false, earlier: false }).word;
    expect(word('logic.approval', 'approval')).toBe('Waits for a decision');
    expect(word('logic.wait', 'time')).toBe('Waits for its time');
    expect([word('logic.workflow', 'workflow'), word('logic.map', 'workflow')]).toEqual([
      'Waits for its run',
      'Waits for its runs',
    ]);
    expect(['output.table', 'logic.map', 'logic.approval'].map((type) => word(type, 'session'))).toEqual(
      Array(3).fill('Waits for a sign-in'),
    );
    expect(word('output.table')).toBe('Waiting');
    expect(nodeLook(nodeRun('waiting'), 'logic.approval', { continued: false, earlier: false }).Icon).not.toBe(
      nodeLook(nodeRun('running'), 'logic.approval', { continued: false, earlier: false }).Icon,
    );
  });

  it('tells a failure that the run went on after from one that ended it', () => {
    const nodes = { dear: nodeRun('failed') };
    expect(wentOn(liveRun({ status: 'succeeded', nodes }), 'dear', false)).toBe(true);
    expect(wentOn(liveRun({ status: 'running', nodes }), 'dear', goesOnAfterFailure({ onError: 'branch' }))).toBe(true);
    expect(wentOn(liveRun({ status: 'running', nodes }), 'dear', goesOnAfterFailure({}))).toBe(false);
    const error = { code: 'SQL_FAILED', nodeId: 'dear' };
    expect(wentOn(liveRun({ status: 'failed', nodes, error }), 'dear', true)).toBe(false);
    expect(nodeLook(nodeRun('failed'), 'shape.filter', { continued: true, earlier: false }).word).toBe(
      'Failed, run went on',
    );
    expect(nodeLook(nodeRun('failed'), 'shape.filter', { continued: false, earlier: false }).word).toBe('Failed');
  });

  it('has a word and a mark of its own for every state', () => {
    const unknown = { error: { code: 'OUTCOME_UNKNOWN' } };
    const looks = [
      nodeLook(nodeRun('pending'), 'shape.filter', { continued: false, earlier: false }),
      nodeLook(nodeRun('running'), 'shape.filter', { continued: false, earlier: false }),
      nodeLook(nodeRun('running', { attempts: 2 }), 'shape.filter', { continued: false, earlier: false }),
      nodeLook(nodeRun('waiting', { waitsFor: 'session' }), 'output.table', { continued: false, earlier: false }),
      nodeLook(nodeRun('succeeded'), 'shape.filter', { continued: false, earlier: false }),
      nodeLook(nodeRun('succeeded'), 'shape.filter', { continued: false, earlier: true }),
      nodeLook(nodeRun('skipped'), 'shape.filter', { continued: false, earlier: false }),
      nodeLook(nodeRun('failed'), 'shape.filter', { continued: false, earlier: false }),
      nodeLook(nodeRun('failed'), 'shape.filter', { continued: true, earlier: false }),
      nodeLook(nodeRun('failed', unknown), 'output.table', { continued: true, earlier: false }),
      nodeLook(nodeRun('cancelled'), 'shape.filter', { continued: false, earlier: false }),
    ];
    expect(looks.map(({ word }) => word)).toEqual([
      'Queued',
      'Running',
      'Trying again, attempt 2',
      'Waits for a sign-in',
      'Done',
      'Taken from an earlier run',
      'Skipped',
      'Failed',
      'Failed, run went on',
      'Outcome unknown, check',
      'Cancelled',
    ]);
    expect(ranEarlier(liveRun(), nodeRun('succeeded'))).toBe(false);
    expect(ranEarlier(liveRun(), nodeRun('succeeded', { finishedAt: '2026-04-30T10:00:00.000Z' }))).toBe(true);
    expect(new Set(looks.map(({ Icon }) => Icon)).size).toBe(looks.length);
  });
});

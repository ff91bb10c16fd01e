import { liveRun, nodeRun } from '../../testing/live-run';
import { goesOnAfterFailure, nodeLook, wentOn } from './node-look';

describe('How the state of a node is shown', () => {
  it('says what a node waits for, unlike one that runs', () => {
    expect(nodeLook('waiting', 'logic.approval', false).word).toBe('Waits for a decision');
    expect(nodeLook('waiting', 'logic.wait', false).word).toBe('Waits for its time');
    expect(nodeLook('waiting', 'logic.approval', false).Icon).not.toBe(
      nodeLook('running', 'logic.approval', false).Icon,
    );
  });

  it('tells a failure that the run went on after from one that ended it', () => {
    const nodes = { dear: nodeRun('failed') };
    expect(wentOn(liveRun({ status: 'succeeded', nodes }), 'dear', false)).toBe(true);
    expect(wentOn(liveRun({ status: 'running', nodes }), 'dear', goesOnAfterFailure({ onError: 'branch' }))).toBe(true);
    expect(wentOn(liveRun({ status: 'running', nodes }), 'dear', goesOnAfterFailure({}))).toBe(false);
    const error = { code: 'SQL_FAILED', nodeId: 'dear' };
    expect(wentOn(liveRun({ status: 'failed', nodes, error }), 'dear', true)).toBe(false);
    expect(nodeLook('failed', 'shape.filter', true).word).toBe('Failed, run went on');
    expect(nodeLook('failed', 'shape.filter', false).word).toBe('Failed');
  });
});

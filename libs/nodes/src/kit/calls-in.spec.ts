import { callsIn } from './calls-in';

describe('The workflows that a config names', () => {
  const workflowId = 'wf_0000000000000000000000';
  const tool = { kind: 'workflow', name: 'a', workflowId };

  it('are its own one, as published where it says no revision', () => {
    const call = { workflowId, revision: null };
    expect(callsIn({ workflowId })).toEqual([{ path: 'workflowId', call, isTool: false }]);
  });

  it('are the tools of its agents, each at its place', () => {
    const found = callsIn({ tools: [{ kind: 'sql' }, { ...tool, revision: 3 }], agents: [{ tools: [tool] }, {}] });
    expect(found.map(({ path, call, isTool }) => [path, call.revision, isTool])).toEqual([
      ['tools.1.workflowId', 3, true],
      ['agents.0.tools.0.workflowId', null, true],
    ]);
  });

  it.each([[undefined], [{}], [{ tools: 'x', agents: [null] }], [{ tools: [{ ...tool, kind: 'http' }, null] }]])(
    'are none in %j',
    (config) => expect(callsIn(config)).toEqual([]),
  );
});

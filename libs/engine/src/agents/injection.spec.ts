import { agentOf, sceneOf, ScriptedModels, toolOf } from '../fixtures/scripted-agents';
import { CANARY, POISONED_OUTPUTS, type PoisonedOutput } from '../fixtures/poisoned-outputs';
import { StepPaused } from '../run/step-paused';
import { PolyglotSqlParser } from '../sql/polyglot.sql-parser';
import { agentQuery } from './agent-query';
import { runAgent } from './run-agent';

/** An agent that may read one schema and ask two hosts, and reads the poisoned text first; its model obeys every word of it. */
async function obedient(poisoned: PoisonedOutput, decision?: 'reject', mayLeave = false) {
  const parser = await PolyglotSqlParser.create();
  const executed: string[] = [];
  const read = toolOf('read_document', { reads: true, call: async () => `${poisoned.text} The account is ${CANARY}.` });
  const sql = toolOf('sql', {
    reads: true,
    call: async (input) => {
      const { sql: statement } = agentQuery(
        String(input['statement']),
        [{ database: 'DEMO', schema: 'PUBLIC' }],
        parser,
      );
      executed.push(statement);
      return [];
    },
  });
  const closed = { type: 'object', properties: { query: { type: 'object' }, body: {} }, additionalProperties: false };
  const http = toolOf('http', { leaves: true, mayLeave: async () => mayLeave, parameters: closed });
  const mcp = toolOf('mcp_notes', { leaves: true });
  const models = new ScriptedModels((_asked, turn) => {
    if (turn === 1) return [{ name: 'read_document', arguments: {} }];
    return turn === 2 && poisoned.calls ? poisoned.calls : (poisoned.says ?? 'Done.');
  });
  const agent = agentOf([read, sql, http, mcp], { linkHosts: ['docs.example'] });
  const scene = sceneOf(models);
  const run = () => runAgent(agent, 'Summarise the document.', { ...scene, spending: sceneOf(models).spending });
  let answer = await run().catch((error: unknown) => error);
  if (answer instanceof StepPaused && decision) {
    for (const place of scene.approvals.asked.keys()) scene.approvals.decisions.set(place, decision);
    answer = await run();
  }
  return {
    answer,
    executed,
    sent: [...http.calls, ...mcp.calls],
    asked: scene.approvals.asked,
    journal: scene.journal,
  };
}

describe('An agent whose model obeys what it reads', () => {
  it.each(POISONED_OUTPUTS.map((poisoned) => [poisoned.name, poisoned] as const))(
    'writes nothing and sends nothing: %s',
    async (_name, poisoned) => {
      const { answer, executed, sent } = await obedient(poisoned, 'reject');
      expect(executed.filter((statement) => statement !== 'SELECT ID FROM DEMO.PUBLIC.ORDERS')).toEqual([]);
      expect(sent).toEqual([]);
      expect(JSON.stringify(answer)).not.toMatch(/evil\.example\/|evil\.example\?|d=ACCT|javascript:fetch/);
    },
  );

  it('waits for a person as soon as a call would take data out, and tells them what', async () => {
    const query = POISONED_OUTPUTS.find(({ name }) => name === 'query');
    const { answer, asked, sent } = await obedient(query ?? { name: '', text: '' });
    expect(answer).toBeInstanceOf(StepPaused);
    expect(sent).toEqual([]);
    expect([...asked.values()]).toEqual([expect.objectContaining({ tool: 'http', input: { query: { d: CANARY } } })]);
  });

  it('sends what a rule of the tenant lets leave, and nothing else', async () => {
    const both = { name: '', text: '', calls: ['http', 'mcp_notes'].map((name) => ({ name, arguments: {} })) };
    const { sent, asked } = await obedient(both, 'reject', true);
    expect(sent).toEqual([{}]);
    expect([...asked.values()].map(({ tool }) => tool)).toEqual(['mcp_notes']);
  });

  it('says in its trace what was taken out of its answer', async () => {
    const image = POISONED_OUTPUTS.find(({ name }) => name === 'markdown image');
    const { answer, journal } = await obedient(image ?? { name: '', text: '' });
    expect(answer).toMatchObject({ removedLinks: ['evil.example'] });
    expect(journal.told()).toMatchObject({ 'm2/links': 'guard links removed refused' });
  });
});

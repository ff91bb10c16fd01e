import type { HeldTag } from '@snowflow/contracts/workflow/outside.dto';
import { AgentServer } from '@snowflow/testing/agent-server';
import { RunStartService } from '../runs/run-start.service';
import { documentOf, map, result, table } from '../testing/documents';
import { type Person, startWorkflowBench, type WorkflowBench } from '../testing/workflow-bench';
import { ValidationService } from '../validation/validation.service';
import { WorkflowsService } from '../workflows/workflows.service';
import { HeldTagsService } from './held-tags.service';
import { OutsideService } from './outside.service';

jest.setTimeout(30_000);

const PII = { tag: 'GOV.TAGS.PII' };

/** In the pretended catalog N of tables called SECRET… has the tag, and of those called UNTOLD… nobody may read the tags. */
describe('Columns that may not leave', () => {
  let bench: WorkflowBench;
  let agent: AgentServer;
  let person: Person;
  let told: string;

  beforeAll(async () => {
    [bench, agent] = await Promise.all([startWorkflowBench(), AgentServer.start()]);
    bench.rows.of('COUNT(*) AS "ROW_COUNT" FROM', [{ ROW_COUNT: '12' }]);
  }, 60_000);
  afterAll(async () => {
    await bench?.stop();
    await agent?.stop();
  });
  beforeEach(async () => {
    person = await bench.signIn(undefined, {}, { appRole: 'owner' });
    await bench.as(person, () =>
      bench.service.get(OutsideService).saveHosts({ hosts: [{ host: '127.0.0.1', dataAllowed: true }] }),
    );
    const parameters = [{ name: 'who', type: 'string', default: 'x' }] as const;
    const definition = documentOf([http('{ "who": "{{ parameters.who }}" }'), result('r')], ['ask -> r'], {
      parameters: [...parameters],
    });
    told = (await bench.as(person, () => bench.service.get(WorkflowsService).save({ definition }))).id;
  });

  const http = (body: string, id = 'ask') => ({
    id,
    type: 'ai.http',
    config: { method: 'POST', url: agent.url('/held'), body },
  });
  const hold = (...tags: HeldTag[]) => bench.as(person, () => bench.service.get(HeldTagsService).save({ tags }));
  const each = (name: string, who: string) =>
    documentOf(
      [table('t', name), map('each', told, { who }, { revision: 1 }), result('r')],
      ['t -> each', 'each -> r'],
    );
  const problems = async (definition: Record<string, unknown>) =>
    (await bench.as(person, () => bench.service.get(ValidationService).validate(definition))).problems.filter(
      ({ severity }) => severity === 'error',
    );

  it('are refused at validation by name and tag, through the parameters of the workflow that sends them', async () => {
    expect(await problems(each('SECRET', 'It is {{ item.N }}'))).toEqual([]);
    await hold(PII);
    expect(await problems(each('PLAIN', '{{ item.N }}'))).toEqual([]);
    expect(await problems(each('SECRET', 'nobody'))).toEqual([]);
    for (const who of ['{{ item.N }}', 'It is {{ item.N }}', '{{ item }}']) {
      expect(await problems(each('SECRET', who))).toMatchObject([
        {
          code: 'POLICY_DENIED',
          nodeId: 'each',
          path: 'parameters.who',
          message: expect.stringMatching(/^N of DEMO\.PUBLIC\.SECRET has the tag GOV\.TAGS\.PII \(yes\)/) as string,
        },
      ]);
    }
  });

  it('are those whose tag has the value that was named, or any', async () => {
    await hold({ ...PII, value: 'no' });
    expect(await problems(each('SECRET', '{{ item.N }}'))).toEqual([]);
    await hold({ ...PII, value: 'no' }, { tag: ' gov.tags."PII" ', value: 'yes' });
    expect(await problems(each('SECRET', '{{ item.N }}'))).toHaveLength(1);
  });

  it('are all of a table whose tags can’t be read', async () => {
    await hold({ tag: 'A.B.C' });
    const [problem] = await problems(each('UNTOLD', '{{ item.N }}'));
    expect(problem?.message).toMatch(/^The tags of DEMO\.PUBLIC\.UNTOLD can’t be read/);
  });

  it('are found behind several calls, and through the filter of one, but a number of rows is none of them', async () => {
    const save = async (definition: Record<string, unknown>) =>
      (await bench.as(person, () => bench.service.get(WorkflowsService).save({ definition }))).id;
    const parameters = [{ name: 'who', type: 'number' as const, default: 1 }];
    const least = {
      id: 'f',
      type: 'shape.filter',
      config: { conditions: [{ column: 'N', operator: 'gt', value: '{{ parameters.who }}' }] },
    };
    const calls = (who: string) =>
      documentOf(
        [table('t', 'PLAIN'), least, map('again', told, { who }, { revision: 1 }), result('r')],
        ['t -> f', 'f -> again', 'again -> r'],
        { parameters },
      );
    const counts = documentOf(
      [table('t', 'PLAIN'), least, http('{ "n": {{ value.rowCount }} }'), result('r')],
      ['t -> f', 'f -> ask', 'ask -> r'],
      { parameters },
    );
    const over = (called: string) =>
      documentOf(
        [table('t', 'SECRET'), map('each', called, { who: '{{ item.N }}' }, { revision: 1 }), result('r')],
        ['t -> each', 'each -> r'],
      );
    const [through, behind, counted] = [
      await save(calls('{{ parameters.who }}')),
      await save(calls('{{ item.N }}')),
      await save(counts),
    ];
    await hold(PII);
    expect(await problems(over(through))).toMatchObject([{ code: 'POLICY_DENIED', path: 'parameters.who' }]);
    expect(await problems(over(behind))).toMatchObject([{ code: 'POLICY_DENIED', path: 'parameters.who' }]);
    expect(await problems(over(counted))).toEqual([]);
  });

  it('are suspected in a value of which nobody can tell what it is made of', async () => {
    await hold({ tag: 'A.B.C' });
    const sends = (body: string) =>
      documentOf(
        [table('t', 'PLAIN'), map('each', told, { who: 'x' }, { revision: 1 }), http(body), result('r')],
        ['t -> each', 'each -> ask', 'ask -> r'],
      );
    expect(await problems(sends('{ "n": {{ value.count }} }'))).toEqual([]);
    for (const template of ['value', 'value.results', 'nodes.each.results']) {
      expect(await problems(sends(`{ "all": {{ ${template} }} }`))).toMatchObject([
        { code: 'POLICY_DENIED', nodeId: 'ask', message: expect.stringContaining('can’t be told') as string },
      ]);
    }
  });

  it('do not leave in messages and by tools of agents either', async () => {
    await hold(PII);
    const notify = {
      id: 'tell',
      type: 'output.notification',
      config: { channel: 'email', to: ['a@example.com'], subject: 'x', text: '{{ nodes.each.results }}' },
    };
    const each_ = [table('t', 'SECRET'), map('each', told, { who: 'x' }, { revision: 1 })];
    expect(await problems(documentOf([...each_, notify], ['t -> each', 'each -> tell']))).toMatchObject([
      { code: 'POLICY_DENIED', nodeId: 'tell', path: 'text' },
    ]);
    const tools = [{ kind: 'http', name: 'find', url: agent.url('/find') }];
    const asks = (more: object[]) => ({
      id: 'ask',
      type: 'ai.agent',
      config: { model: 'm', question: 'Who?', tools: [...tools, ...more] },
    });
    expect(await problems(documentOf([asks([]), result('r')], ['ask -> r']))).toEqual([]);
    const reads = asks([{ kind: 'sql', name: 'rows' }]);
    expect(await problems(documentOf([reads, result('r')], ['ask -> r']))).toMatchObject([
      { code: 'POLICY_DENIED', nodeId: 'ask', path: 'tools' },
    ]);
  });

  it('do not leave a run that was started before the tag was held either, and the number of rows does', async () => {
    const sends = documentOf(
      [table('t', 'SECRET'), http('{ "n": {{ value.rowCount }} }'), result('r')],
      ['t -> ask', 'ask -> r'],
    );
    const start = async (definition: Record<string, unknown>) =>
      (await bench.as(person, () => bench.service.get(RunStartService).start({ definition }))).runId;
    const [counted, denied] = [await start(sends), await start(each('SECRET', '{{ item.N }}'))];
    await hold(PII);
    await bench.startWorker({}, { privateHosts: ['127.0.0.1'], maxBytes: 1_000_000 });
    expect((await bench.ended(person, counted)).status).toBe('succeeded');
    expect((await bench.ended(person, denied)).nodes['each']?.error).toMatchObject({
      code: 'POLICY_DENIED',
      message: expect.stringContaining('GOV.TAGS.PII') as string,
    });
    expect(agent.of('/held').map(({ body }) => body)).toEqual(['{ "n": 12 }']);
  });

  it('are decided by owners and admins, by tags in full', async () => {
    await expect(hold({ tag: 'PII' })).rejects.toMatchObject({ code: 'VALIDATION' });
    expect(await hold({ tag: 'gov."t.g".pii', value: 'x' })).toEqual({ tags: [{ tag: 'GOV.t.g.PII', value: 'x' }] });
    person = await bench.signIn(person.tenantId, {}, { appRole: 'builder' });
    await expect(hold(PII)).rejects.toMatchObject({ code: 'FORBIDDEN' });
  });
});

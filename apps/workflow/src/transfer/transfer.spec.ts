import { AppError } from '@snowflow/contracts/errors/app-error';
import { CANARIES, documentOfCanaries } from '@snowflow/engine/transfer/fixtures/secret-canaries';
import { call, documentOf, result, table, threeNodes } from '../testing/documents';
import { startWorkflowBench, type Person, type WorkflowBench } from '../testing/workflow-bench';
import { WorkflowsService } from '../workflows/workflows.service';
import { ExportService } from './export.service';
import { ImportService } from './import.service';

// Real servers, on machines that do other things too.
jest.setTimeout(30_000);

describe('Workflows that travel', () => {
  let bench: WorkflowBench;
  let workflows: WorkflowsService;
  let ann: Person;
  let bob: Person;

  beforeAll(async () => {
    bench = await startWorkflowBench();
    workflows = bench.service.get(WorkflowsService);
    ann = await bench.signIn();
    bob = await bench.signIn();
  }, 60_000);
  afterAll(() => bench?.stop());

  const save = async (definition: Record<string, unknown>, who = ann) =>
    (await bench.as(who, () => workflows.save({ definition }))).id;
  const exported = (request: Parameters<ExportService['export']>[0], who = ann) =>
    bench.as(who, () => bench.service.get(ExportService).export(request));
  const imported = (request: Parameters<ImportService['import']>[0], who = bob, key?: string) =>
    bench.as(who, () => bench.service.get(ImportService).import(request), key);
  const names = (who = bob) =>
    bench.as(who, async () => (await workflows.list({})).items.map(({ name }) => name).sort());

  it('arrive as another tenant’s drafts, calling each other, with databases mapped', async () => {
    const inner = await save({ ...threeNodes('INNER'), name: 'Inner' });
    const outer = await save(
      documentOf([table('t'), call('c', inner), result('r')], ['t -> c', 'c -> r'], { name: 'Outer' }),
    );
    const { text, fileName } = await exported({ ids: [outer], called: true, format: 'yaml' });
    expect(fileName).toBe('outer.snowflow.yaml');
    for (const id of [inner, outer]) expect(text).not.toContain(id);
    const mapping = { databases: { DEMO: 'PROD' } };
    const dry = await imported({ content: text, mapping, dryRun: true });
    expect(dry.workflows.map(({ key, name, id }) => [key, name, id])).toEqual([
      ['outer', 'Outer', null],
      ['inner', 'Inner', null],
    ]);
    expect(await names()).toEqual([]);
    expect(dry.needs.map(({ kind, name, mappedTo, state }) => [kind, name, mappedTo, state])).toEqual([
      ['database', 'DEMO', 'PROD', 'missing'],
      ['schema', 'DEMO.PUBLIC', 'PROD.PUBLIC', 'missing'],
      ['table', 'DEMO.PUBLIC.T', 'PROD.PUBLIC.T', 'found'],
      ['table', 'DEMO.PUBLIC.INNER', 'PROD.PUBLIC.INNER', 'found'],
    ]);
    const done = await imported({ content: text, mapping });
    const [first, second] = done.workflows;
    const draft = await bench.as(bob, () => workflows.get(first?.id ?? ''));
    const nodes = new Map(draft.definition.nodes.map(({ id, config }) => [id, config]));
    expect(nodes.get('c')).toMatchObject({ workflowId: second?.id });
    expect(nodes.get('t')).toEqual({ database: 'PROD', schema: 'PUBLIC', table: 'T' });
    expect(first?.nodes.find(({ nodeId }) => nodeId === 't')).toMatchObject({
      outcome: 'changed',
      reasons: ['DEMO.PUBLIC.T became PROD.PUBLIC.T'],
    });
  });

  it('never overwrite: a name that is taken gets a number', async () => {
    const { text } = await exported({ ids: [await save({ ...threeNodes(), name: 'Same' })] });
    await imported({ content: text });
    const { workflows: again } = await imported({ content: text });
    expect(again[0]).toMatchObject({ name: 'Same (2)', notes: [expect.stringContaining('Same (2)')] });
    expect((await names()).filter((name) => name.startsWith('Same'))).toEqual(['Same', 'Same (2)']);
  });

  it('are imported once per idempotency key', async () => {
    const { text } = await exported({ ids: [await save({ ...threeNodes(), name: 'Once' })] });
    const first = await imported({ content: text }, bob, 'key-1');
    expect(await imported({ content: text }, bob, 'key-1')).toEqual(first);
    await expect(imported({ content: '{}' + text }, bob, 'key-1')).rejects.toBeInstanceOf(AppError);
    expect((await names()).filter((name) => name.startsWith('Once'))).toEqual(['Once']);
  });

  it('come all or not at all', async () => {
    const before = await names();
    const good = { key: 'good', name: 'Good', nodes: [] };
    const bad = {
      key: 'bad',
      name: 'Bad',
      nodes: [{ id: 'a', type: 'x', position: { x: 0, y: 0 }, config: deep(40) }],
    };
    await expect(imported({ content: JSON.stringify({ snowflow: 1, workflows: [good, bad] }) })).rejects.toMatchObject({
      code: 'VALIDATION',
    });
    expect(await names()).toEqual(before);
  });

  it('carry no secret, and ask for each where they arrive', async () => {
    const { text } = await exported({ ids: [await save(documentOfCanaries())] });
    for (const canary of Object.values(CANARIES)) expect(text).not.toContain(canary);
    const { needs, workflows: made } = await imported({ content: text });
    expect(needs.filter(({ state }) => state === 'open').map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['credential', 'secret', 'workflow']),
    );
    const draft = await bench.as(bob, () => workflows.get(made[0]?.id ?? ''));
    const ask = draft.definition.nodes.find(({ id }) => id === 'ask')?.config;
    expect(ask).toMatchObject({ url: '', headers: [{ name: 'Accept', value: 'application/json' }] });
    expect(ask).not.toHaveProperty('credentialId');
    const credential = `ocr_${'7'.repeat(22)}`;
    const mapping = { credentials: { 'credential-1': credential }, secrets: { 'canaries.tell.url': 'new/path' } };
    const mapped = await imported({ content: text, mapping });
    const again = await bench.as(bob, () => workflows.get(mapped.workflows[0]?.id ?? ''));
    const configs = new Map(again.definition.nodes.map(({ id, config }) => [id, config]));
    expect(JSON.stringify([...configs.values()])).toContain(credential);
    expect(configs.get('tell')?.['url']).toBe('https://hooks.example.com/new/path');
  });

  it('belong to who asks: another’s id is not found, a viewer imports nothing', async () => {
    const id = await save({ ...threeNodes(), name: 'Mine' });
    await expect(exported({ ids: [id] }, bob)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const viewer = await bench.signIn(bob.tenantId, {}, { appRole: 'viewer' });
    await expect(imported({ content: '{}' }, viewer)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const mapping = { workflows: { 'workflow-1': id } };
    const content = JSON.stringify({ snowflow: 1, workflows: [{ key: 'w', name: 'W' }] });
    await expect(imported({ content, mapping })).rejects.toMatchObject({ code: 'VALIDATION' });
  });

  it('are recorded: who exported what, and who imported it', async () => {
    const text = await bench.everythingAtRest();
    expect(text).toContain('workflow.exported');
    expect(text).toContain('workflow.imported');
  });

  it('tell what the mapping has wrong without repeating what it gives', async () => {
    const content = JSON.stringify({ snowflow: 1, workflows: [{ key: 'w', name: 'W' }] });
    const refused = imported({ content, mapping: { credentials: { a: 'canary-typed' }, surprise: {} } });
    await expect(refused).rejects.toMatchObject({ code: 'VALIDATION' });
    await refused.catch((error: unknown) => expect(JSON.stringify(error)).not.toContain('canary-typed'));
  });
});

const deep = (levels: number): Record<string, unknown> => (levels === 0 ? {} : { a: deep(levels - 1) });

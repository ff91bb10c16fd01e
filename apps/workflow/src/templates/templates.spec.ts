import { workflowDocument, type WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { TEMPLATE_CATEGORIES } from '@snowflow/contracts/documents/template-terms';
import type { NewTemplate } from '@snowflow/contracts/workflow/templates.dto';
import { threeNodes } from '../testing/documents';
import { startWorkflowBench, type Person, type WorkflowBench } from '../testing/workflow-bench';
import { WorkflowsService } from '../workflows/workflows.service';
import { starters } from './starters';
import { TemplateUse } from './template-use.service';
import { TemplatesService } from './templates.service';

// Real servers, on machines that do other things too.
jest.setTimeout(30_000);

const counting = (): WorkflowDocument => workflowDocument.parse(threeNodes());
const node = (id: string, type: string, config: Record<string, unknown>) => ({
  id,
  type,
  label: id,
  position: { x: 0, y: 0 },
  config,
});

/** A document with something of everything that no template carries. */
function full(): WorkflowDocument {
  const document = counting();
  const credentialId = `ocr_${'a'.repeat(22)}`;
  document.nodes.push(
    node('tell', 'output.notification', { channel: 'webhook', url: 'https://hooks.example.com/CANARY-hook' }),
    node('mail', 'output.notification', { channel: 'email', to: ['CANARY@example.com'], subject: 's', text: 't' }),
    node('call', 'ai.http', {
      method: 'GET',
      url: 'https://a.example.com/x?key=CANARY-query',
      headers: [
        { name: 'X-Api-Key', value: 'CANARY-header' },
        { name: 'Accept', value: 'application/json' },
      ],
      credentialId,
      pinned: { runId: `run_${'b'.repeat(22)}`, nodeId: 'call' },
    }),
    node('decide', 'logic.approval', { approvers: ['user:CANARY_ANN', 'role:FINANCE'], message: 'm' }),
    node('agent', 'ai.agent', {
      tools: [{ kind: 'http', name: 'x', url: 'https://u:CANARY@a.example.com', credentialId }],
    }),
  );
  document.nodes.push(
    node('sql', 'source.sql', { sql: "SELECT 1 WHERE PASSWORD = 'CANARY-sql'" }),
    node('typed', 'source.values', { columns: [{ name: 'TOKEN', type: 'VARCHAR' }], rows: [['CANARY-cell']] }),
  );
  return { ...document, description: 'With Bearer CANARY-0123456789' };
}

describe('Templates', () => {
  let bench: WorkflowBench;
  let templates: TemplatesService;
  let uses: TemplateUse;
  let workflows: WorkflowsService;
  let maker: Person;
  let colleague: Person;
  let stranger: Person;

  beforeAll(async () => {
    bench = await startWorkflowBench();
    templates = bench.service.get(TemplatesService);
    uses = bench.service.get(TemplateUse);
    workflows = bench.service.get(WorkflowsService);
    maker = await bench.signIn(undefined, {}, { username: 'MAKER', appRole: 'builder' });
    colleague = await bench.signIn(maker.tenantId, {}, { appRole: 'builder' });
    stranger = await bench.signIn();
  }, 60_000);
  afterAll(() => bench?.stop());

  const saved = async (definition: WorkflowDocument, person = maker) =>
    (await bench.as(person, () => workflows.save({ definition }))).id;
  const words = { description: 'Counts', category: 'insight' as const, tags: ['Own'], ask: [] };
  const made = async (definition = counting(), more: Partial<NewTemplate> = {}) => {
    const workflowId = await saved(definition);
    return bench.as(maker, () => templates.create({ ...words, name: 'Counting', workflowId, ...more }));
  };
  const use = (
    id: string,
    more: { name?: string; values?: Record<string, unknown> } = {},
    who = colleague,
    key?: string,
  ) => bench.as(who, () => uses.use({ id, ...more }), key);

  it.each(starters.map((one) => [one.id]))('%s becomes a workflow of who uses it, with those it calls', async (id) => {
    const { id: workflowId, called } = await use(id);
    const { definition } = await bench.as(colleague, () => workflows.get(workflowId));
    expect(definition.nodes).not.toEqual([]);
    expect(JSON.stringify(definition)).not.toContain('wf_0000000000000000000000');
    for (const one of called) expect(JSON.stringify(definition)).toContain(one);
  });

  it.each(starters.map((one) => [one.id]))('%s asks for what it has, and shows what stands there', async (id) => {
    const { ask, category } = await bench.as(maker, () => templates.get(id));
    expect(TEMPLATE_CATEGORIES).toContain(category);
    expect(ask.filter(({ value }) => value === undefined)).toEqual([]);
    expect(ask).toHaveLength(starters.find((one) => one.id === id)?.ask.length ?? -1);
  });

  it('are found by words and category, page by page, the tenant’s own first', async () => {
    const { id } = await made(counting(), { name: 'Counting of whales', tags: ['sea'] });
    const list = (query: Parameters<TemplatesService['list']>[0], who = colleague) =>
      bench.as(who, () => templates.list(query));
    expect((await list({ search: 'WHALES' })).items.map((one) => one.id)).toEqual([id]);
    expect((await list({ search: 'whales' }, stranger)).items).toEqual([]);
    const all: string[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const page = await list({ limit: 5, ...(cursor ? { cursor } : {}) });
      all.push(...page.items.map((one) => one.id));
      cursor = page.nextCursor;
    }
    expect(all[0]).toBe(id);
    expect(all.slice(-starters.length)).toEqual(starters.map((one) => one.id));
    expect(new Set(all).size).toBe(all.length);
    const operations = await list({ category: 'operations' });
    expect(new Set(operations.items.map((one) => one.category))).toEqual(new Set(['operations']));
  });

  it('carry no secret and no person, and say what was taken out', async () => {
    const { id, takenOut } = await made(full());
    const view = await bench.as(colleague, () => templates.get(id));
    expect(JSON.stringify(view)).not.toContain('CANARY');
    expect(JSON.stringify(view.definition)).not.toContain('ocr_');
    expect(JSON.stringify(view.definition)).toContain('role:FINANCE');
    expect(view.takenOut).toEqual(takenOut);
    expect(takenOut.map(({ path, kind }) => `${kind} ${path}`).toSorted()).toEqual([
      'address nodes.agent.config.tools.0.url',
      'address nodes.call.config.url',
      'address nodes.tell.config.url',
      'credential nodes.agent.config.tools.0.credentialId',
      'credential nodes.call.config.credentialId',
      'header nodes.call.config.headers',
      'people nodes.decide.config.approvers',
      'people nodes.mail.config.to',
      'pinned-result nodes.call.config.pinned',
      'secret description',
      'secret nodes.sql.config.sql',
      'secret nodes.typed.config.rows.0.0',
    ]);
  });

  it('carry the workflows that theirs calls, with new ids on use', async () => {
    const inner = await saved({ ...counting(), name: 'Inner' });
    const outer = { ...counting(), name: 'Outer' };
    outer.nodes.push(node('each', 'logic.workflow', { workflowId: inner, revision: 1, parameters: {} }));
    const { id } = await made(outer);
    const { id: workflowId, called } = await use(id);
    expect(called).toHaveLength(1);
    const { definition } = await bench.as(colleague, () => workflows.get(workflowId));
    expect(definition.nodes.at(-1)?.config).toMatchObject({ workflowId: called[0], revision: 'published' });
    expect(await bench.as(colleague, () => workflows.get(called[0] ?? ''))).toMatchObject({ name: 'Inner' });
  });

  it('are filled with the answers, each of its kind, in every place', async () => {
    const values = {
      'parameters.message': 'Where is it?',
      'nodes.money.config.model': 'other-model',
      'nodes.about.config.service': 'OTHER',
    };
    const { id } = await use('tpl_StarterSupportRouter', { name: ' Desk ', values });
    const { definition } = await bench.as(colleague, () => workflows.get(id));
    expect(definition.name).toBe('Desk');
    expect(definition.parameters[0]?.default).toBe('Where is it?');
    const models = definition.nodes.flatMap(({ config }) => config['model'] ?? []);
    expect(models).toEqual(['other-model', 'other-model', 'other-model']);
  });

  it.each([
    ['nodes.ask.config.view', 7, 'Give a text of at most 100,000 characters'],
    ['nodes.ask.config.view', '', /./],
    ['nodes.ask.config.other', 'x', 'The template does not ask for this'],
    ['__proto__.x', 'x', 'The template does not ask for this'],
  ])('refuse %s = %j, naming it', async (path, value, message) => {
    await expect(use('tpl_StarterQuestionToSql', { values: { [path]: value } })).rejects.toMatchObject({
      code: 'VALIDATION',
      details: { errors: [{ path: `values.${path}`, message: expect.stringMatching(message) }] },
    });
  });

  it('refuse questions about places that their workflow has not', async () => {
    const ask = [
      { path: 'parameters.none', label: 'x' },
      { path: 'nodes', label: 'x' },
    ];
    await expect(made(counting(), { ask })).rejects.toMatchObject({
      code: 'VALIDATION',
      details: { errors: [{ path: 'ask.0.path' }, { path: 'ask.1.path' }] },
    });
  });

  it('make one workflow for one idempotency key', async () => {
    const first = await use('tpl_StarterMapOverRegions', {}, colleague, 'once');
    expect(await use('tpl_StarterMapOverRegions', {}, colleague, 'once')).toEqual(first);
  });

  it('are changed and removed by their maker or an admin only; another tenant’s are not there', async () => {
    const { id } = await made();
    const change = (who: Person) => bench.as(who, () => templates.change({ id, ...words, name: 'Renamed' }));
    const remove = (who: Person) => bench.as(who, () => templates.remove(id));
    for (const attempt of [change, remove]) {
      await expect(attempt(colleague)).rejects.toMatchObject({ code: 'FORBIDDEN' });
      await expect(attempt(stranger)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    }
    await expect(bench.as(stranger, () => templates.get(id))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(use(id, {}, stranger)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await change(maker);
    expect(await bench.as(colleague, () => templates.get(id))).toMatchObject({ name: 'Renamed', madeBy: 'MAKER' });
    await remove(await bench.signIn(maker.tenantId, {}, { appRole: 'admin' }));
    await expect(bench.as(maker, () => templates.get(id))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const starter = bench.as(maker, () => templates.remove('tpl_StarterRevenueByNation'));
    await expect(starter).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const log = await bench.everythingAtRest();
    for (const action of ['created', 'changed', 'used', 'removed']) expect(log).toContain(`template.${action}`);
  });

  it('are not made by viewers, or of another’s workflow', async () => {
    const viewer = await bench.signIn(maker.tenantId, {}, { appRole: 'viewer' });
    await expect(use('tpl_StarterRevenueByNation', {}, viewer)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    const workflowId = await saved(counting(), stranger);
    const theirs = bench.as(maker, () => templates.create({ ...words, name: 'Theirs', workflowId }));
    await expect(theirs).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('say what the session lacks, and the statement that makes it', async () => {
    const { missing } = await bench.as(maker, () => templates.get('tpl_StarterSearchBackedAnswers'));
    const search = missing.find(({ kind }) => kind === 'search-service');
    expect(search?.sentence).toContain('DEMO.PUBLIC.HELP_SEARCH');
    expect(search?.sql).toContain('CREATE CORTEX SEARCH SERVICE "DEMO"."PUBLIC"."HELP_SEARCH"');
  });
});

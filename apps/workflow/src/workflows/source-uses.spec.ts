import { threeNodes } from '../testing/documents';
import { startWorkflowBench, type Person, type WorkflowBench } from '../testing/workflow-bench';
import { SourceUsesService } from './source-uses.service';
import { WorkflowsService } from './workflows.service';

jest.setTimeout(30_000);

const source = { database: 'SALES', schema: 'CORE', name: 'CUSTOMER' };
const reading = (table: string, name: string, more: object = {}) => {
  const position = { x: 0, y: 0 };
  const config = { database: 'SALES', schema: 'CORE', table, ...more };
  return { ...threeNodes(), name, nodes: [{ id: 'a', type: 'source.table', label: '', position, config }], edges: [] };
};

describe('The uses of a source', () => {
  let bench: WorkflowBench;
  let person: Person;

  beforeAll(async () => {
    bench = await startWorkflowBench();
    person = await bench.signIn();
  }, 60_000);
  afterAll(() => bench?.stop());

  const save = (definition: Record<string, unknown>, more: object = {}, who = person) =>
    bench.as(who, () => bench.service.get(WorkflowsService).save({ ...more, definition }));
  const uses = (page: object = {}, who = person) =>
    bench.as(who, () => bench.service.get(SourceUsesService).list({ ...source, ...page }));
  const names = async (who = person) => (await uses({}, who)).items.map(({ name }) => name);

  it('are the workflows of the person whose latest document names it, newest first, page by page', async () => {
    await save(reading('CUSTOMER', 'First'));
    await save(reading('ORDERS', 'Other'));
    const { id } = await save(reading('CUSTOMER', 'Second'));
    expect(await names()).toEqual(['Second', 'First']);
    const page = await uses({ limit: 1 });
    expect(page.items).toEqual([expect.objectContaining({ id, name: 'Second', revision: 1 })]);
    expect((await uses({ limit: 1, cursor: page.nextCursor })).items).toMatchObject([{ name: 'First' }]);
    await save(reading('ORDERS', 'Second'), { id, revision: 1 });
    expect(await names()).toEqual(['First']);
    expect(await names(await bench.signIn(person.tenantId))).toEqual([]);
  });

  it('are found in SQL, in full or in the context of the session, and not by a mere word', async () => {
    const writer = await bench.signIn(undefined, { database: 'SALES', schema: 'CORE' });
    const ofSql = (sql: string, name: string) => {
      const nodes = [{ id: 'a', type: 'source.sql', label: '', position: { x: 0, y: 0 }, config: { sql } }];
      const parameters = [{ name: 'least', type: 'number', default: 1 }];
      return save({ ...threeNodes(), name, nodes, edges: [], parameters }, {}, writer);
    };
    await ofSql('SELECT * FROM sales.core.customer WHERE n > {{ parameters.least }}', 'In full');
    await ofSql('SELECT * FROM ORDERS o JOIN "CUSTOMER" c ON o.a = {{ nodes.ask.answer }}', 'In context');
    await ofSql(`SELECT 'CUSTOMER' AS a FROM OTHER.CORE.CUSTOMER`, 'Another');
    await ofSql('SELECT FROM customer (', 'Broken');
    expect(await names(writer)).toEqual(['In context', 'In full']);
    const first = await uses({ limit: 1 }, writer);
    expect(first.items).toMatchObject([{ name: 'In context' }]);
    expect(await uses({ limit: 1, cursor: first.nextCursor }, writer)).toMatchObject({
      items: [{ name: 'In full' }],
      nextCursor: null,
    });
  });

  it('are found beside documents that Postgres can read no field of', async () => {
    const colleague = await bench.signIn(person.tenantId);
    await save(reading('CUSTOMER', 'Odd', { where: 'a\u0000b' }), {}, colleague);
    await save(reading('CUSTOMER', 'Plain'), {}, colleague);
    expect(await names(colleague)).toEqual(['Plain']);
  });
});

import { ColumnUsesService } from './column-uses.service';
import { LineageService } from './lineage.service';
import { documentOf, result, table, threeNodes, write } from '../testing/documents';
import { startWorkflowBench } from '../testing/workflow-bench';
import type { WorkflowBench } from '../testing/workflow-bench';
import { WorkflowsService } from '../workflows/workflows.service';

describe('Lineage as the service tells it', () => {
  let bench: WorkflowBench;
  beforeAll(async () => {
    bench = await startWorkflowBench();
  });
  afterAll(() => bench?.stop());

  const orders = { database: 'DEMO', schema: 'PUBLIC', table: 'ORDERS', column: 'N' };

  it('says of an output’s column what it is made of, and follows one column back and on', async () => {
    const person = await bench.signIn();
    const of = { nodeId: 'big', column: 'N' };
    const reply = await bench.as(person, () =>
      bench.service.get(LineageService).trace({ definition: threeNodes(), of }),
    );
    expect(reply.nodes.find(({ nodeId }) => nodeId === 'result')?.origins).toEqual([
      { column: 'N', values: [orders], influences: [], unknown: [] },
    ]);
    expect(reply.of?.comesFrom).toContainEqual({
      point: { kind: 'table', nodeId: 'orders', table: orders },
      kind: 'value',
    });
    expect(reply.of?.goesInto).toContainEqual({
      point: { kind: 'column', nodeId: 'result', name: 'N' },
      kind: 'value',
    });
  });

  it('refuses a column that is not there', async () => {
    const person = await bench.signIn();
    const of = { nodeId: 'big', column: 'M' };
    const asked = bench.as(person, () => bench.service.get(LineageService).trace({ definition: threeNodes(), of }));
    await expect(asked).rejects.toMatchObject({ code: 'VALIDATION' });
  });

  it('finds what a table’s column goes into over saved workflows, and only over one’s own', async () => {
    const [person, stranger] = [await bench.signIn(), await bench.signIn()];
    const written = documentOf([table('orders'), write('copy', 'COPY')], ['orders -> copy'], { name: 'Copies' });
    const other = documentOf([table('parts'), result('shown')], ['parts -> shown'], { name: 'Parts' });
    const save = (definition: Record<string, unknown>) =>
      bench.as(person, () => bench.service.get(WorkflowsService).save({ definition }));
    const { id } = await save(written);
    await save(other);
    const uses = () => bench.service.get(ColumnUsesService).find(orders);
    expect(await bench.as(person, uses)).toEqual({
      workflows: [
        {
          id,
          name: 'Copies',
          revision: 1,
          uses: [
            {
              nodeId: 'copy',
              label: 'copy',
              column: 'N',
              kind: 'value',
              target: { ...orders, table: 'COPY', column: 'N' },
            },
          ],
        },
      ],
      unread: 0,
    });
    expect(await bench.as(stranger, uses)).toEqual({ workflows: [], unread: 0 });
  });
});

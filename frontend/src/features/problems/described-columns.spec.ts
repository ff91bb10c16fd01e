import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import type { Knowledge } from '@snowflow/nodes/kit/node-definition';
import { QueryClient } from '@tanstack/react-query';
import { checkDocument } from './check-document';
import { recallDescribed, rememberDescribed } from './described-columns';

const column = (name: string, type: string) => ({ name, type, nullable: true });
const known = () =>
  new Map<string, Knowledge>([['orders', { state: 'found', columns: [column('PRICE', 'NUMBER(12,2)')] }]]);

/** ORDERS, SQL over it, SQL over that, and a sort. */
function drawn(sql: string): WorkflowDocument {
  const node = (id: string, type: string, config: Record<string, unknown>) => ({
    id,
    type,
    label: id,
    position: { x: 0, y: 0 },
    config,
  });
  const edge = (source: string, target: string) => ({
    id: target,
    source,
    sourcePort: 'out',
    target,
    targetPort: target === 'top' ? 'in' : 'rows',
  });
  return {
    schemaVersion: 1,
    name: 'Prices',
    description: '',
    parameters: [],
    nodes: [
      node('orders', 'source.table', { database: 'D', schema: 'S', table: 'ORDERS' }),
      node('half', 'shape.sql', { inputs: ['rows'], sql }),
      node('again', 'shape.sql', { inputs: ['rows'], sql: 'SELECT * FROM rows' }),
      node('top', 'shape.sort', { by: [{ column: 'HALF' }] }),
    ],
    edges: [edge('orders', 'half'), edge('half', 'again'), edge('again', 'top')],
    notes: [],
    groups: [],
  };
}

const reaching = (document: WorkflowDocument, queries: QueryClient) =>
  checkDocument(document, recallDescribed(document, known(), queries)).inputColumns['top']?.['in']?.[0]?.map(
    ({ name }) => name,
  );

describe('columns behind SQL', () => {
  const document = drawn('SELECT PRICE / 2 AS HALF FROM rows');
  const columns = { half: { out: [column('HALF', 'NUMBER(18,8)')] }, again: { out: [column('HALF', 'NUMBER(18,8)')] } };

  it('are offered once the service has described it, through several nodes', () => {
    const queries = new QueryClient();
    expect(reaching(document, queries)).toBeUndefined();
    rememberDescribed({ document, columns }, known(), queries);
    expect(reaching(document, queries)).toEqual(['HALF']);
  });

  it('are not those of another text, and come back with the text', () => {
    const queries = new QueryClient();
    rememberDescribed({ document, columns }, known(), queries);
    expect(reaching(drawn('SELECT PRICE AS WHOLE FROM rows'), queries)).toBeUndefined();
    expect(reaching(document, queries)).toEqual(['HALF']);
  });

  it('are forgotten with the catalog', async () => {
    const queries = new QueryClient();
    rememberDescribed({ document, columns }, known(), queries);
    await queries.invalidateQueries({ queryKey: ['catalog'] });
    expect(reaching(document, queries)).toBeUndefined();
  });

  it('wait for the columns of the table below', () => {
    const queries = new QueryClient();
    rememberDescribed({ document, columns }, new Map(), queries);
    expect(reaching(document, queries)).toBeUndefined();
  });
});

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { traceColumn, type ColumnLineage } from '../../api/lineage';
import { useBuilder } from '../../store/builder-store';
import { ColumnsTab } from './ColumnsTab';

jest.mock('../../api/lineage');

const price = { database: 'DEMO', schema: 'PUBLIC', table: 'ORDERS', column: 'PRICE' };

describe('The columns tab', () => {
  let orders: string;
  let filter: string;
  let shown: string;

  beforeEach(() => {
    act(() => {
      const { addNode } = useBuilder.getState();
      orders = addNode('source.table', {});
      filter = addNode('shape.filter', { after: orders });
      shown = addNode('output.result', { after: filter });
      const columns = [{ name: 'PRICE', type: 'NUMBER(12,2)', nullable: true }];
      useBuilder.setState({ outputColumns: { [filter]: { out: columns } } });
    });
    const lineage: ColumnLineage = {
      column: 'PRICE',
      values: [price],
      influences: [{ ...price, column: 'STATUS' }],
      unknown: [],
      comesFrom: [{ point: { kind: 'table', nodeId: orders, table: price }, kind: 'value' }],
      goesInto: [{ point: { kind: 'column', nodeId: shown, name: 'PRICE' }, kind: 'value' }],
    };
    jest.mocked(traceColumn).mockResolvedValue(lineage);
  });

  const open = async () => {
    render(
      <QueryClientProvider client={new QueryClient()}>
        <ColumnsTab id={filter} />
      </QueryClientProvider>,
    );
    await userEvent.click(screen.getByRole('button', { name: 'PRICE' }));
    return screen.findByRole('region', { name: 'Where PRICE comes from' });
  };

  it('shows of the column that is chosen what it is made of, what decides it, and what it goes into', async () => {
    const region = within(await open());
    const items = (name: string) =>
      within(region.getByRole('list', { name }))
        .getAllByRole('listitem')
        .map((item) => item.textContent);
    expect(items('Made of')).toEqual(['DEMO.PUBLIC.ORDERS.PRICE']);
    expect(items('Decided by')).toEqual(['DEMO.PUBLIC.ORDERS.STATUS']);
    expect(items('Comes through')).toHaveLength(1);
    expect(items('Goes into')).toHaveLength(1);
  });

  it('marks the nodes on the way as long as the column is open, and selects the one that is clicked', async () => {
    const region = within(await open());
    expect([...(useBuilder.getState().traced ?? [])]).toEqual([filter, orders, shown]);
    await userEvent.click(within(region.getByRole('list', { name: 'Comes through' })).getByRole('button'));
    expect(useBuilder.getState().selectedIds).toEqual([orders]);
    await userEvent.click(screen.getByRole('button', { name: 'PRICE' }));
    expect(useBuilder.getState().traced).toBeUndefined();
  });
});

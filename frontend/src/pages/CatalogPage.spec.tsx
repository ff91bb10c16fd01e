import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter, useLocation } from 'react-router';
import * as catalog from '../api/catalog';
import * as workflows from '../api/workflows';
import { CatalogPage } from './CatalogPage';

// The network ends here: what is sent is looked at, what is answered is said.
jest.mock('../api/catalog');
jest.mock('../api/workflows');
jest.mock('../components/Sidebar', () => ({ Sidebar: () => null }));
jest.mock('../features/session/me-query', () => ({
  meQuery: { queryKey: ['me'], queryFn: () => Promise.resolve({ warehouse: 'DEMO_WH' }) },
}));
const api = jest.mocked(catalog);

const known = { rowCount: 25, bytes: null, owner: 'SYSADMIN', comment: 'One row each', createdAt: null, secure: false };
const customer = { ...known, kind: 'table' as const, database: 'SALES', schema: 'CORE', name: 'CUSTOMER' };
const found = (...items: catalog.SearchHit[]) => ({
  items,
  nextCursor: null,
  counts: [{ kind: 'table' as const, count: 7 }],
  asOf: new Date().toISOString(),
  complete: true,
  reading: false,
});

function Address() {
  const { pathname, search } = useLocation();
  return <output data-testid="address">{pathname + search}</output>;
}

function open(address = '/catalog') {
  render(
    <MemoryRouter initialEntries={[address]}>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <CatalogPage />
        <Address />
      </QueryClientProvider>
    </MemoryRouter>,
  );
  return { user: userEvent.setup(), address: () => screen.getByTestId('address').textContent };
}

describe('The catalog page', () => {
  beforeEach(() => {
    api.fetchDatabases.mockResolvedValue({ items: [], nextCursor: null });
    api.searchCatalog.mockResolvedValue(found(customer));
    api.fetchSource.mockResolvedValue({
      ...customer,
      access: { select: true },
      columns: [{ name: 'ID', type: 'NUMBER(38,0)', nullable: false, comment: 'Of the CRM', key: 'primary' }],
      lastAlteredAt: '2026-02-03T04:05:06.000Z',
      tags: [{ tag: 'G.T.PII', value: 'yes', column: 'ID' }],
      policies: [{ policy: 'G.P.ROWS', kind: 'ROW_ACCESS_POLICY', column: null }],
    });
  });
  afterEach(() => jest.resetAllMocks());

  it('searches what is typed, by kind too, and goes into what it found by the keyboard', async () => {
    const { user, address } = open();
    await user.type(screen.getByRole('searchbox', { name: 'Search the catalog' }), 'cust');
    await screen.findByRole('button', { name: /CUSTOMER/ });
    await screen.findByText('Read now.');
    await user.click(screen.getByRole('button', { name: 'Tables 7' }));
    expect(api.searchCatalog.mock.lastCall?.[0]).toEqual({ q: 'cust', limit: 50, kinds: 'table' });
    await user.click(screen.getByRole('searchbox'));
    await user.keyboard('{ArrowDown}{Enter}');
    await screen.findByRole('heading', { name: 'CUSTOMER' });
    expect(address()).toBe('/catalog?q=cust&kind=table&database=SALES&schema=CORE&name=CUSTOMER');
  });

  it('says that more may match while the catalog is still being read', async () => {
    api.searchCatalog.mockResolvedValue({ ...found(customer), complete: false, reading: true });
    open('/catalog?q=cust');
    await screen.findByText('The catalog is still being read. More may match.');
  });

  it('shows what is known of a source, and its values and rows only when they are asked for', async () => {
    const { user } = open('/catalog?database=SALES&schema=CORE&name=CUSTOMER');
    const columns = await screen.findByRole('region', { name: 'Columns' });
    within(columns).getByRole('row', { name: /ID NUMBER\(38,0\) No Primary key Of the CRM Tag G.T.PII = yes/ });
    screen.getByText('Row access policy G.P.ROWS');
    screen.getByText(/^Altered .*2026/);
    screen.getByText('25 rows');
    expect(api.fetchSamples).not.toHaveBeenCalled();
    expect(api.fetchPreview).not.toHaveBeenCalled();
    const page = { columns: [{ name: 'ID', type: 'NUMBER(38,0)', nullable: false }], rowCount: 2, nextCursor: null };
    api.fetchSamples.mockResolvedValue({ ...page, rows: [['7'], ['8']] });
    await user.click(screen.getByRole('button', { name: 'Show values of ID' }));
    await screen.findByText('7, 8');
    api.fetchPreview.mockResolvedValue({ ...page, rows: [['7'], ['8']] });
    await user.click(screen.getByRole('button', { name: 'Show rows' }));
    await screen.findByRole('grid', { name: 'Rows' });
  });

  it('tells of a column what it goes into, once it is asked', async () => {
    const target = { database: 'SALES', schema: 'CORE', table: 'CHURN', column: 'WHO' };
    const use = { nodeId: 'w', label: 'Write', column: 'WHO', kind: 'value' as const, target };
    const decides = { ...use, nodeId: 'r', label: 'Result', kind: 'influence' as const, target: null };
    api.fetchColumnUses.mockResolvedValue({
      workflows: [{ id: 'wf_1', name: 'Churn watch', revision: 1, uses: [use, decides] }],
      unread: 1,
    });
    const { user } = open('/catalog?database=SALES&schema=CORE&name=CUSTOMER');
    await user.click(await screen.findByRole('tab', { name: 'Lineage' }));
    expect(api.fetchColumnUses).not.toHaveBeenCalled();
    await user.click(screen.getByRole('button', { name: 'Show what ID goes into' }));
    const link = await screen.findByRole('link', { name: 'Churn watch' });
    expect(link.getAttribute('href')).toBe('/workflows/wf_1');
    screen.getByText('Becomes WHO of SALES.CORE.CHURN');
    screen.getByText('Decides WHO of Result');
    screen.getByText('One workflow could not be read for it');
  });

  it('leads to the workflows that use a source, and begins a new one with it', async () => {
    api.fetchSourceUses.mockResolvedValue({
      items: [{ id: 'wf_1', name: 'Churn watch', revision: 1, updatedAt: '2026-05-01T10:00:00.000Z' }],
      nextCursor: null,
    });
    jest.mocked(workflows).saveWorkflow.mockResolvedValue({ id: 'wf_2', revision: 1, savedAt: '' });
    const { user, address } = open('/catalog?database=SALES&schema=CORE&name=CUSTOMER');
    await user.click(await screen.findByRole('tab', { name: 'Used by' }));
    expect((await screen.findByRole('link', { name: 'Churn watch' })).getAttribute('href')).toBe('/workflows/wf_1');
    await user.click(screen.getByRole('button', { name: 'Use in a workflow' }));
    expect(jest.mocked(workflows).saveWorkflow.mock.lastCall?.[0].definition).toMatchObject({
      nodes: [{ type: 'source.table', config: { database: 'SALES', schema: 'CORE', table: 'CUSTOMER' } }],
    });
    await screen.findByText('/workflows/wf_2');
    expect(address()).toBe('/workflows/wf_2');
  });
});

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import '../../zod-setup';
import * as runs from '../../api/runs';
import { Chart } from './Chart';

// The network ends here: what is sent is looked at, what is answered is said.
jest.mock('../../api/runs');
const api = jest.mocked(runs);

const columns = [
  { name: 'NATION', type: 'VARCHAR(25)', nullable: true },
  { name: 'REVENUE', type: 'NUMBER(38,2)', nullable: true },
];
const page = (rows: unknown[][], rowCount = rows.length, nextCursor: string | null = null) => ({
  columns,
  rows,
  rowCount,
  nextCursor,
});

function show(chart: unknown = { mark: 'bar', encoding: { x: { field: 'NATION' }, y: { field: 'REVENUE' } } }) {
  const { container } = render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <Chart runId="run_1" nodeId="result" chart={chart} />
    </QueryClientProvider>,
  );
  return { container, user: userEvent.setup() };
}

describe('A chart', () => {
  afterEach(() => jest.resetAllMocks());

  it('is drawn from the rows of the result, without code made from text, and said in words', async () => {
    api.fetchResult.mockResolvedValue(
      page([
        ['FRANCE', '5.50'],
        ['KENYA', '12.25'],
      ]),
    );
    const made = jest.spyOn(globalThis, 'Function');
    const { container } = show();
    const picture = await screen.findByRole('img', undefined, { timeout: 20_000 });
    expect(picture.getAttribute('aria-label')).toBe(
      'Bar chart of REVENUE by NATION, 2 rows. REVENUE is from 5.5 to 12.25.',
    );
    await waitFor(() => expect(container.querySelectorAll('.mark-rect.role-mark path')).toHaveLength(2));
    expect(container.querySelector('svg')?.textContent).toContain('FRANCE');
    expect(made).not.toHaveBeenCalled();
    made.mockRestore();
  });

  it('is drawn anew when the theme changes', async () => {
    api.fetchResult.mockResolvedValue(page([['FRANCE', '5.50']]));
    const { container } = show();
    await waitFor(() => expect(container.querySelector('.mark-rect.role-mark path')).not.toBeNull(), {
      timeout: 20_000,
    });
    const before = container.querySelector('svg');
    act(() => {
      document.documentElement.dataset['theme'] = 'dark';
    });
    await waitFor(() => expect(container.querySelector('.mark-rect.role-mark path')).not.toBeNull());
    await waitFor(() => expect(container.querySelector('svg')).not.toBe(before));
  });

  it('is as well the table of its rows', async () => {
    api.fetchResult.mockResolvedValue(page([['FRANCE', '5.50']]));
    const { user } = show();
    await user.click(await screen.findByRole('radio', { name: 'Table' }));
    expect((await screen.findByRole('grid')).getAttribute('aria-rowcount')).toBe('2');
  });

  it('reads on until it has as many rows as it draws, and says of how many', async () => {
    const half = Array.from({ length: 2_500 }, (_, index) => [`N${index % 5}`, String(index)]);
    api.fetchResult.mockResolvedValue(page(half, 9_000, 'next'));
    show();
    await screen.findByText('Drawn from the first 5,000 of 9,000 rows');
    expect(api.fetchResult.mock.calls.map(([, , { cursor, limit }]) => [cursor, limit])).toEqual([
      [null, 5_000],
      ['next', 2_500],
    ]);
  });

  it('says why its rows can’t be read', async () => {
    api.fetchResult.mockRejectedValue(new Error('The server does not answer.'));
    show();
    expect((await screen.findByRole('alert')).textContent).toContain('The server does not answer.');
  });
});

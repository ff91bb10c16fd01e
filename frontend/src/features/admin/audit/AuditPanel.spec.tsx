import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { MemoryRouter, useLocation } from 'react-router';
import { UnreachableError } from '../../../api/api-error';
import * as audit from '../../../api/audit';
import { AuditPanel } from './AuditPanel';

// The network ends here: what is sent is looked at, what is answered is said.
jest.mock('../../../api/audit');
const api = jest.mocked(audit);

const entry = (seq: number, more: Partial<audit.AuditEntry> = {}): audit.AuditEntry => ({
  log: 'workflow',
  seq,
  at: '2026-05-01T10:00:00.000Z',
  actor: { kind: 'person', id: 'usr_1', name: 'ANN' },
  action: 'workflow.saved',
  object: { kind: 'workflow', id: 'wf_1', name: 'Dear orders' },
  before: { revision: 1 },
  after: { revision: 2 },
  correlationId: 'c-1',
  previousHash: '',
  hash: 'h',
  fault: null,
  ...more,
});
const page = (...items: audit.AuditEntry[]): audit.AuditPage => ({
  items,
  nextCursor: null,
  intact: items.every(({ fault }) => fault === null),
});
const whole: audit.AuditVerification = {
  intact: true,
  chains: [
    { log: 'auth', entries: 1_200, hash: 'a', broken: null },
    { log: 'workflow', entries: 34, hash: 'b', broken: null },
  ],
};

/** What stands behind the path in the browser's address. */
function Address() {
  return <output data-testid="address">{useLocation().search}</output>;
}

function open(address = '/admin/audit') {
  const { container } = render(
    <MemoryRouter initialEntries={[address]}>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <AuditPanel />
        <Address />
      </QueryClientProvider>
    </MemoryRouter>,
  );
  return { user: userEvent.setup(), container, address: () => screen.getByTestId('address').textContent };
}

describe('The audit log', () => {
  beforeEach(() => api.verifyAudit.mockResolvedValue(whole));
  afterEach(() => jest.resetAllMocks());

  it('says when who did what to which thing, and each field before and after', async () => {
    api.fetchAudit.mockResolvedValue(
      page(entry(2), entry(1, { actor: { kind: 'key', id: 'sfk_1', name: 'Nightly' }, before: null, after: null })),
    );
    const { container } = open();
    const row = within((await screen.findByText('ANN')).closest('tr') as HTMLElement);
    row.getByText('workflow.saved');
    row.getByText('Dear orders');
    expect(row.getByText('revision').parentElement?.textContent).toBe('revision1 → 2');
    screen.getByText('API key');
    await screen.findByText('The log is whole.');
    screen.getByText(/^1,234 entries were checked/);
    const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } });
    expect(violations.map(({ id }) => id)).toEqual([]);
  });

  it('is filtered by what stands in the address, and says when nothing matches', async () => {
    api.fetchAudit.mockResolvedValue(page());
    const { user, address } = open('/admin/audit?tab=audit&actor=ann&correlationId=c-1');
    await screen.findByText('No entry matches.');
    expect(api.fetchAudit.mock.lastCall?.[0]).toEqual({ actor: 'ann', correlationId: 'c-1' });
    await user.type(screen.getByLabelText('What'), ' workflow{Enter}');
    await user.selectOptions(screen.getByLabelText('Kind'), 'Members');
    expect(address()).toBe('?tab=audit&actor=ann&correlationId=c-1&action=workflow&objectKind=member');
    expect(api.fetchAudit.mock.lastCall?.[0]).toMatchObject({ action: 'workflow', objectKind: 'member' });
    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    await screen.findByText('Nothing was changed yet.');
    expect(address()).toBe('?tab=audit');
    expect(screen.getByLabelText('Who')).toHaveProperty('value', '');
  });

  it('names the first place that does not hold, and marks it where it is shown', async () => {
    const broken = { seq: 7, fault: 'missing' as const };
    api.verifyAudit.mockResolvedValue({
      intact: false,
      chains: [whole.chains[0] as never, { log: 'workflow', entries: 6, hash: 'b', broken }],
    });
    api.fetchAudit.mockResolvedValue(page(entry(9), entry(8, { fault: 'unlinked' })));
    const { container } = open();
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain('In workflows and runs, entry 7 is missing.');
    await screen.findByText('Its neighbours do not fit');
    const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } });
    expect(violations.map(({ id }) => id)).toEqual([]);
  });

  it('does not say that the log is whole where an entry that is shown does not hold', async () => {
    api.fetchAudit.mockResolvedValue(page(entry(1, { fault: 'changed' })));
    open();
    await screen.findByText('The log is not as it was written.');
    screen.getByText('Changed after it was written');
    expect(screen.queryByText('The log is whole.')).toBeNull();
  });

  it('says why it could not be read or checked, and tries again when asked to', async () => {
    api.fetchAudit.mockRejectedValueOnce(new UnreachableError(undefined));
    api.verifyAudit.mockRejectedValueOnce(new UnreachableError(undefined));
    const { user } = open();
    await screen.findByText('The audit log could not be read.');
    await screen.findByText('The log could not be checked.');
    api.fetchAudit.mockResolvedValue(page(entry(1)));
    await user.click(screen.getByRole('button', { name: 'Try now' }));
    await screen.findByText('Dear orders');
    await user.click(screen.getByRole('button', { name: 'Check again' }));
    await screen.findByText('The log is whole.');
  });

  it('is read on page by page, and exported as a file', async () => {
    api.fetchAudit.mockResolvedValueOnce({ ...page(entry(2)), nextCursor: 'next' });
    const { user } = open();
    api.fetchAudit.mockResolvedValue(page(entry(1, { object: { kind: 'workflow', id: 'wf_2', name: 'Older' } })));
    await user.click(await screen.findByRole('button', { name: 'Show more' }));
    await screen.findByText('Older');
    expect(api.fetchAudit.mock.lastCall?.[1]).toBe('next');
    expect(screen.getByRole('link', { name: 'Export the log' }).hasAttribute('download')).toBe(true);
  });
});

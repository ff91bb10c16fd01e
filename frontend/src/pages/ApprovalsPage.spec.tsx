import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import { ApiError } from '../api/api-error';
import * as approvals from '../api/approvals';
import type { Approval } from '../api/approvals';
import { Toasts } from '../components/Toasts';
import { anApproval } from '../testing/an-approval';
import { ApprovalsPage } from './ApprovalsPage';

// The network ends here: what is sent is looked at, what is answered is said.
jest.mock('../api/approvals');
jest.mock('../api/auth', () => ({ fetchMe: () => Promise.resolve({ username: 'ANALYST' }) }));
jest.mock('../components/Sidebar', () => ({ Sidebar: () => null }));
const api = jest.mocked(approvals);

const form: Approval['form'] = [
  { name: 'reason', type: 'string', label: 'Reason', required: true },
  { name: 'limit', type: 'number', label: 'Limit', required: false },
  { name: 'day', type: 'date', label: 'Day', required: false },
  { name: 'final', type: 'boolean', label: 'Final', required: true },
];

async function open(...items: Approval[]) {
  api.fetchApprovals.mockResolvedValue(items);
  render(
    <MemoryRouter>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <ApprovalsPage />
        <Toasts />
      </QueryClientProvider>
    </MemoryRouter>,
  );
  const user = userEvent.setup();
  const card = within(await screen.findByRole('article', { name: 'Ledger' }));
  /** From now on the server has nothing more that waits. */
  const emptied = () => api.fetchApprovals.mockResolvedValue([]);
  return { user, card, emptied, press: (name: string) => user.click(card.getByRole('button', { name })) };
}
const refusal = (status: number, code: string, errors?: { path: string; message: string }[]) =>
  new ApiError(status, { code, detail: 'Refused.', ...(errors ? { errors } : {}) });

describe('The inbox of approvals', () => {
  beforeEach(() => api.decideApproval.mockResolvedValue(undefined as never));
  afterEach(() => jest.resetAllMocks());

  it('shows what there is to know, and approves with a comment', async () => {
    const { user, card, emptied, press } = await open(anApproval());
    card.getByText('Write 12 rows to the ledger?');
    card.getByText('Rows');
    await user.type(card.getByRole('textbox', { name: /Comment/ }), 'Looks right');
    emptied();
    await press('Approve');
    expect(api.decideApproval.mock.calls).toEqual([
      [anApproval(), { decision: 'approve', comment: 'Looks right', form: {} }],
    ]);
    await screen.findByText('Nothing waits for you.');
  });

  it('sends each field of the form in its type, and leaves out what is empty', async () => {
    const { user, card, press } = await open(anApproval({ form }));
    await user.type(card.getByRole('textbox', { name: 'Reason' }), 'Audit');
    await user.type(card.getByRole('textbox', { name: /Limit/ }), '12.5');
    await user.type(card.getByLabelText(/Day/), '2026-05-02');
    await user.selectOptions(card.getByRole('combobox', { name: 'Final' }), 'No');
    await press('Approve');
    expect(api.decideApproval.mock.calls[0]?.[1]).toEqual({
      decision: 'approve',
      form: { reason: 'Audit', limit: 12.5, day: '2026-05-02', final: false },
    });
  });

  it('says at each field what is wrong with it, and sends nothing', async () => {
    const { user, card, press } = await open(anApproval({ form }));
    await user.type(card.getByRole('textbox', { name: /Limit/ }), 'much');
    await press('Approve');
    card.getByText('Give a number, as 12.5.');
    expect(card.getAllByText('Fill it in.')).toHaveLength(2);
    expect(api.decideApproval).not.toHaveBeenCalled();
  });

  it('rejects without the form', async () => {
    const { press } = await open(anApproval({ form }));
    await press('Reject');
    expect(api.decideApproval.mock.calls[0]?.[1]).toEqual({ decision: 'reject' });
  });

  it('shows what the server refuses at its field, and keeps what was written', async () => {
    const { user, card, press } = await open(anApproval({ form: form.slice(0, 1) }));
    api.decideApproval.mockRejectedValue(
      refusal(422, 'VALIDATION', [{ path: 'form.reason', message: 'Give a shorter text' }]),
    );
    await user.type(card.getByRole('textbox', { name: 'Reason' }), 'Audit');
    await press('Approve');
    await card.findByText('Give a shorter text');
    expect(card.getByRole<HTMLInputElement>('textbox', { name: 'Reason' }).value).toBe('Audit');
  });

  it.each([
    [409, 'APPROVAL_DECIDED', /^Somebody has decided already/],
    [404, 'NOT_FOUND', /^This does not wait for you any more/],
  ])('takes away what does not wait any more (%s)', async (status, code, said) => {
    const { emptied, press } = await open(anApproval());
    api.decideApproval.mockRejectedValue(refusal(status, code));
    emptied();
    await press('Approve');
    await screen.findByText(said);
    expect(screen.queryByRole('article')).toBeNull();
  });

  it('keeps what could not be decided for another reason', async () => {
    const { card, press } = await open(anApproval());
    api.decideApproval.mockRejectedValue(refusal(403, 'FORBIDDEN'));
    await press('Approve');
    await card.findByText('The decision was not taken.');
    card.getByRole('button', { name: 'Approve' });
  });
});

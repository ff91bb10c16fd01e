import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, cleanup, render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { MemoryRouter } from 'react-router';
import { ApiError } from '../../../api/api-error';
import * as approvals from '../../../api/approvals';
import * as runs from '../../../api/runs';
import type { AgentStep } from '../../../api/types';
import { agentStep } from '../../../testing/agent-step';
import { anApproval } from '../../../testing/an-approval';
import { agentApprovals } from '../../approvals/agent-approvals';
import { AgentTrace } from './AgentTrace';
import { hearSpoken } from './spoken-store';

// The network ends here: what is sent is looked at, what is answered is said.
jest.mock('../../../api/runs');
jest.mock('../../../api/approvals');
jest.mock('../../../api/auth', () => ({ fetchMe: () => Promise.resolve({ username: 'ADA' }) }));
const api = jest.mocked(runs);
const inbox = jest.mocked(approvals);

const steps: AgentStep[] = [
  agentStep('m1', {
    asked: [{ role: 'user', content: 'How many?' }],
    answered: { text: '', toolCalls: [{ name: 'sales', arguments: {} }] },
    inputTokens: 1_200,
    outputTokens: 34,
  }),
  agentStep('m1/t1', { kind: 'delegation', name: 'sales', asked: { task: 'Count' }, answered: 'Seven' }),
  agentStep('m1/t1/m1', { inputTokens: 10, outputTokens: 2 }),
  agentStep('m1/t1/m1/t1', {
    kind: 'tool',
    name: 'orders',
    asked: { statement: 'SELECT 7' },
    answered: { rows: [[7]] },
  }),
  agentStep('m1/t2', { kind: 'tool', name: 'notify', state: 'waiting', endedAt: null, asked: { text: 'Seven' } }),
  agentStep('m2/links', { kind: 'guard', name: 'links removed', state: 'refused', parent: 'm2', detailBytes: 90_000 }),
];

function show(waiting: readonly approvals.Approval[] = [], status: 'waiting' | 'running' = 'waiting') {
  const { container } = render(
    <MemoryRouter>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <AgentTrace runId="run_1" nodeId="ask" status={status} approvals={agentApprovals(waiting, 'run_1', 'ask')} />
      </QueryClientProvider>
    </MemoryRouter>,
  );
  return { user: userEvent.setup(), container };
}
const lineOf = (name: string) => screen.getByText(name, { selector: 'b' }).closest('li') ?? document.body;

describe('The trace of an agent', () => {
  beforeEach(() => api.fetchAgentTrace.mockResolvedValue({ items: steps, next: null }));
  afterEach(() => jest.resetAllMocks());

  it('is a tree: what a delegation did stands below it, with what it took', async () => {
    show();
    await screen.findByText('6 steps, 1,246 tokens');
    const delegation = within(lineOf('sales'));
    delegation.getByText('orders', { selector: 'b' });
    delegation.getByText('10 + 2 tokens', { exact: false });
    expect(delegation.queryByText('notify')).toBeNull();
  });

  it('shows what calls were given and what they answered, and says where that is too large', async () => {
    show();
    await screen.findByRole('heading', { name: 'Trace' });
    expect(screen.getByLabelText('Arguments, tool orders').textContent).toContain('SELECT 7');
    expect(screen.getByLabelText('Result, tool orders').textContent).toContain('"rows"');
    expect(screen.getByLabelText('Answer, agent sales').textContent).toBe('Seven');
    expect(screen.getAllByLabelText('Was told, model m')[0]?.textContent).toBe('user: How many?');
    within(lineOf('links removed')).getByText(/too large to be shown: 90 KB/);
  });

  it('lets the person decide on a call at the place where it waits', async () => {
    inbox.decideApproval.mockResolvedValue(undefined as never);
    const approval = anApproval({ nodeId: 'ask/m1/t2', show: [{ label: 'text', value: 'Seven' }] });
    const { user } = show([approval, anApproval({ runId: 'run_2', nodeId: 'ask/m1/t1' })]);
    const card = within(await screen.findByRole('article', { name: '“notify” waits for your decision' }));
    await user.click(card.getByRole('button', { name: 'Reject' }));
    expect(inbox.decideApproval.mock.calls).toEqual([[approval, { decision: 'reject' }]]);
    expect(screen.getAllByRole('article')).toHaveLength(1);
  });

  it('shows what the agent is saying, as plain text, for as long as it runs', async () => {
    act(() => hearSpoken('run_1', 'ask', '<b>So far</b>'));
    show([], 'running');
    expect((await screen.findByLabelText('What it is saying')).textContent).toBe('<b>So far</b>');
    act(() => hearSpoken('run_1', 'ask', 'Further'));
    screen.getByText('Further');
    cleanup();
    show();
    await screen.findByRole('heading', { name: 'Trace' });
    expect(screen.queryByLabelText('What it is saying')).toBeNull();
  });

  it('is read page by page', async () => {
    api.fetchAgentTrace.mockImplementation((_run, _node, { after }) =>
      Promise.resolve(after === 0 ? { items: steps.slice(0, 2), next: 2 } : { items: steps.slice(2), next: null }),
    );
    const { user } = show();
    await screen.findByText(/^First 2 steps/);
    await user.click(screen.getByRole('button', { name: 'Show more steps' }));
    await screen.findByText(/^6 steps/);
    within(lineOf('sales')).getByText('orders', { selector: 'b' });
    expect(screen.queryByRole('button', { name: 'Show more steps' })).toBeNull();
  });

  it('says why it can not be read', async () => {
    api.fetchAgentTrace.mockRejectedValue(new ApiError(404, { code: 'NOT_FOUND', detail: 'There is no such run.' }));
    show();
    expect((await screen.findByRole('alert')).textContent).toContain('There is no such run.');
  });

  it('can be read by everybody', async () => {
    const { container } = show([anApproval({ nodeId: 'ask/m1/t2' })]);
    await screen.findByRole('heading', { name: 'Trace' });
    container.querySelectorAll('details').forEach((line) => line.setAttribute('open', ''));
    const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } });
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([]);
  });
});

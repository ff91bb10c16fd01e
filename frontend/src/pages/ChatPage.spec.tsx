import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter, Route, Routes } from 'react-router';
import { ApiError } from '../api/api-error';
import * as runs from '../api/runs';
import type { Workflow } from '../api/types';
import * as workflows from '../api/workflows';
import { useChats } from '../features/chat/chat-store';
import { askedWorkflow } from '../testing/asked-workflow';
import { liveRun } from '../testing/live-run';
import { ChatPage } from './ChatPage';

// The network ends here: what is sent is looked at, what is answered is said.
jest.mock('../api/runs');
jest.mock('../api/workflows');
jest.mock('../api/approvals', () => ({ fetchApprovals: () => Promise.resolve([]) }));
jest.mock('../features/runs/watch-run', () => ({ watchRun: () => Promise.resolve() }));
jest.mock('../api/auth', () => ({ fetchMe: () => Promise.resolve({ tenantId: 't', username: 'ADA' }) }));
const api = jest.mocked(runs);
const saved = jest.mocked(workflows);

const workflow = (more: Partial<Workflow> = {}): Workflow => ({
  id: 'wf_1',
  name: 'Asked',
  revision: 4,
  published: null,
  createdBy: 'ADA',
  updatedAt: '2026-05-01T09:00:00.000Z',
  owner: 'ANA',
  access: 'own',
  tags: [],
  definition: askedWorkflow(),
  ...more,
});

function show() {
  render(
    <MemoryRouter initialEntries={['/chat/wf_1']}>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <Routes>
          <Route path="/chat/:workflowId" element={<ChatPage />} />
        </Routes>
      </QueryClientProvider>
    </MemoryRouter>,
  );
  return userEvent.setup();
}

describe('The page of a chat', () => {
  beforeAll(() => {
    Element.prototype.scrollIntoView = () => undefined;
  });
  beforeEach(() => {
    useChats.getState().forget();
    api.startRun.mockResolvedValue('run_1');
    api.fetchRun.mockResolvedValue(liveRun());
  });
  afterEach(() => jest.resetAllMocks());

  it.each([
    [null, 4],
    [2, 2],
  ])('runs the published revision, or the latest: published %s', async (published, revision) => {
    saved.fetchWorkflow.mockResolvedValue(workflow({ published }));
    const user = show();
    await user.type(await screen.findByRole('textbox', { name: 'Question' }), 'How many?');
    await user.click(screen.getByRole('button', { name: 'Ask' }));
    expect(api.startRun.mock.calls).toEqual([['wf_1', revision, { parameters: { question: 'How many?' } }]]);
  });

  it('says that a workflow takes no question', async () => {
    saved.fetchWorkflow.mockResolvedValue(workflow({ definition: { ...askedWorkflow(), parameters: [] } }));
    show();
    await screen.findByText('This workflow takes no question.');
  });

  it('says that a workflow is not there for the person', async () => {
    saved.fetchWorkflow.mockRejectedValue(new ApiError(404, { code: 'NOT_FOUND' }));
    show();
    await screen.findByText('This workflow does not exist or is not shared with you.');
  });
});

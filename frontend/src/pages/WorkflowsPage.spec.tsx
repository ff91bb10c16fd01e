import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { MemoryRouter } from 'react-router';
import { ApiError } from '../api/api-error';
import * as sharing from '../api/sharing';
import type { WorkflowSummary } from '../api/types';
import * as workflows from '../api/workflows';
import { WorkflowsPage } from './WorkflowsPage';

// The network ends here: what is sent is looked at, what is answered is said.
jest.mock('../api/sharing');
jest.mock('../api/workflows');
const mockMe = jest.fn();
jest.mock('../api/auth', () => ({ fetchMe: () => Promise.resolve(mockMe()) }));
jest.mock('../components/Sidebar', () => ({ Sidebar: () => null }));
const [api, shares] = [jest.mocked(workflows), jest.mocked(sharing)];

const workflow = (more: Partial<WorkflowSummary> = {}): WorkflowSummary => ({
  id: 'wf_1',
  name: 'Ledger',
  revision: 2,
  published: null,
  createdBy: 'ANN',
  updatedAt: '2026-05-01T10:00:00.000Z',
  nodeCount: 3,
  owner: 'ANN',
  access: 'own',
  shared: false,
  tags: [],
  trashedAt: null,
  lastRun: null,
  ...more,
});

async function open(item: WorkflowSummary, at = '/workflows', appRole = 'builder') {
  mockMe.mockReturnValue({ username: 'ANN', appRole });
  api.fetchWorkflows.mockResolvedValue({ items: [item], nextCursor: null });
  const { container } = render(
    <MemoryRouter initialEntries={[at]}>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <WorkflowsPage />
      </QueryClientProvider>
    </MemoryRouter>,
  );
  await screen.findByText(item.name);
  const user = userEvent.setup();
  const act = async (words: string) => {
    await user.click(screen.getByRole('button', { name: `Actions for ${item.name}` }));
    await user.click(await screen.findByRole('menuitem', { name: words }));
  };
  return { user, act, container };
}

describe('The page of workflows', () => {
  afterEach(() => jest.resetAllMocks());

  it('moves a workflow to the trash after a click that says what follows', async () => {
    const { user, act } = await open(workflow());
    await act('Move to trash');
    const dialog = await screen.findByRole('dialog', { name: 'Move Ledger to the trash?' });
    expect(document.activeElement?.textContent).toBe('Keep workflow');
    await user.click(within(dialog).getByRole('button', { name: 'Move to trash' }));
    expect(api.deleteWorkflow.mock.calls[0]?.[0]).toBe('wf_1');
  });

  it('restores from the trash, and removes for good only what was named', async () => {
    const { user, act } = await open(workflow({ trashedAt: '2026-05-02T10:00:00.000Z' }), '/workflows?trash=true');
    expect(screen.queryByRole('link', { name: 'Ledger' })).toBeNull();
    await act('Restore');
    expect(shares.restoreWorkflow.mock.calls[0]?.[0]).toBe('wf_1');
    await act('Delete for good');
    await user.click(await screen.findByRole('button', { name: 'Delete workflow' }));
    expect(shares.removeForever).not.toHaveBeenCalled();
    await user.type(screen.getByLabelText('Type the name to delete it'), 'Ledger');
    await user.click(screen.getByRole('button', { name: 'Delete workflow' }));
    expect(shares.removeForever.mock.calls[0]?.[0]).toBe('wf_1');
  });

  it('shares with whom it is told, tags, and keeps the dialog open when refused', async () => {
    shares.fetchShares.mockResolvedValue({ items: [] } as never);
    shares.saveShares.mockRejectedValueOnce(new ApiError(422, { detail: 'There is no user JOHN.' }));
    const { user, act } = await open(workflow());
    await act('Share, tags and owner');
    const dialog = await screen.findByRole('dialog', { name: 'Share Ledger' });
    within(dialog).getByText('Only you see it.');
    await user.type(within(dialog).getByLabelText('Share with'), 'user:JOHN');
    await user.click(within(dialog).getByRole('button', { name: 'Add' }));
    await user.selectOptions(within(dialog).getByLabelText('Access of user:JOHN'), 'edit');
    await user.type(within(dialog).getByLabelText('Tags, with commas between'), 'month end, ,finance');
    const rules = { 'color-contrast': { enabled: false } };
    expect((await axe.run(dialog, { rules })).violations).toEqual([]);
    await user.click(within(dialog).getByRole('button', { name: 'Save sharing' }));
    await within(dialog).findByText('There is no user JOHN.');
    expect(shares.saveTags).toHaveBeenCalledWith('wf_1', ['month end', 'finance']);
    expect(shares.saveShares).toHaveBeenCalledWith('wf_1', [{ to: 'user:JOHN', access: 'edit', details: false }]);
  });

  it('lists everybody’s for admins, who give them away without reading them', async () => {
    const { user, act } = await open(workflow({ access: 'none', owner: 'JON' }), '/workflows?all=true', 'admin');
    expect(api.fetchWorkflows.mock.calls[0]?.[4]).toMatchObject({ all: true });
    expect(screen.queryByRole('link', { name: 'Ledger' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Actions for Ledger' }));
    expect((await screen.findAllByRole('menuitem')).map(({ textContent }) => textContent?.trim())).toEqual([
      'Change owner',
    ]);
    await user.keyboard('{Escape}');
    await act('Change owner');
    const dialog = await screen.findByRole('dialog', { name: 'Change the owner of Ledger' });
    await user.type(within(dialog).getByRole('textbox'), 'ANN');
    await user.click(within(dialog).getByRole('button', { name: 'Change owner' }));
    expect(shares.transferWorkflow).toHaveBeenCalledWith('wf_1', 'ANN');
  });

  it.each([
    ['admin', 1],
    ['builder', 0],
  ])('shows the way to everybody’s to admins only: %s', async (appRole, times) => {
    const { container } = await open(workflow(), '/workflows', appRole);
    await screen.findByRole('link', { name: 'Trash' });
    expect(screen.queryAllByRole('link', { name: 'Everybody’s' })).toHaveLength(times);
    const rules = { 'color-contrast': { enabled: false } };
    expect((await axe.run(container, { rules })).violations).toEqual([]);
  });
});

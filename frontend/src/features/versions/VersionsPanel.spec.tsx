import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { ApiError } from '../../api/api-error';
import * as revisions from '../../api/revisions';
import type { Me, Workflow } from '../../api/types';
import { useBuilder } from '../../store/builder-store';
import { aDocument, aNode } from '../../testing/a-document';
import { meQuery } from '../session/me-query';
import { VersionsPanel } from './VersionsPanel';

// The network ends here: what is sent is looked at, what is answered is said.
jest.mock('../../api/revisions');
const api = jest.mocked(revisions);

const revision = (number: number, more: Partial<revisions.Revision> = {}): revisions.Revision => ({
  revision: number,
  name: null,
  author: 'ANN',
  savedAt: '2026-05-01T10:00:00.000Z',
  published: false,
  publishedAt: null,
  publishedBy: null,
  hash: 'a'.repeat(64),
  ...more,
});
const request = (more: Partial<revisions.PublishRequest> = {}): revisions.PublishRequest => ({
  id: 'apr_1',
  workflowId: 'wf_1',
  workflowName: 'Orders',
  revision: 2,
  askedBy: 'ANN',
  askedAt: '2026-05-01T10:00:00.000Z',
  decision: null,
  reason: null,
  decidedBy: null,
  decidedAt: null,
  ...more,
});
const needsApproval = new ApiError(403, { code: 'POLICY_DENIED', policy: 'publishApproval', detail: 'Ask first.' });

interface Circumstances {
  access?: Workflow['access'];
  appRole?: string;
  flushed?: boolean;
}

async function open({ access = 'own', appRole = 'builder', flushed = true }: Circumstances = {}) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  queries.setQueryData(meQuery.queryKey, { appRole, username: 'ANN' } as Me);
  const saving = { flush: () => Promise.resolve(flushed), revision: () => 3, discard: jest.fn() };
  const [onReload, onClose] = [jest.fn(), jest.fn()];
  render(
    <QueryClientProvider client={queries}>
      <VersionsPanel workflow={{ id: 'wf_1', access }} saving={saving} onReload={onReload} onClose={onClose} />
    </QueryClientProvider>,
  );
  await screen.findByText('v3');
  return { user: userEvent.setup(), onReload, onClose, saving };
}

describe('The panel of versions', () => {
  beforeEach(() => {
    const items = [revision(3), revision(2, { name: 'Second' }), revision(1, { published: true })];
    api.fetchRevisions.mockResolvedValue({ items, nextCursor: null });
    api.fetchPublishRequests.mockResolvedValue([]);
  });
  afterEach(() => jest.resetAllMocks());

  it('offers its owner all, and nothing that axe finds wrong', async () => {
    await open();
    const first = screen.getAllByRole('listitem').at(-1);
    expect(first && within(first).getByText('Published')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Publish v1' })).toBeNull();
    screen.getByRole('button', { name: 'Publish v2' });
    screen.getByRole('button', { name: 'Go back to v1' });
    const rules = { 'color-contrast': { enabled: false } };
    expect((await axe.run(screen.getByRole('complementary'), { rules })).violations).toEqual([]);
  });

  it.each([
    ['somebody who may edit, who can go back but not publish', { access: 'edit' as const }, ['Go back to v2']],
    ['somebody who may only see', { access: 'view' as const }, []],
    ['a viewer, whose own workflow it once was', { appRole: 'viewer' }, []],
  ])('shows less to %s', async (_who, circumstances, offered) => {
    await open(circumstances);
    const names = screen.getAllByRole('button').map((button) => button.getAttribute('aria-label'));
    expect(names.filter((name) => /v2/.test(name ?? ''))).toEqual(['Compare v2 with the draft', ...offered]);
    expect(api.fetchPublishRequests).not.toHaveBeenCalled();
  });

  it('names a version by Enter', async () => {
    api.nameRevision.mockResolvedValue(revision(1) as never);
    const { user } = await open();
    await user.type(screen.getByLabelText('Name of v1'), 'First{Enter}');
    expect(api.nameRevision).toHaveBeenCalledWith('wf_1', 1, 'First');
  });

  it('asks for approval where the tenant wants one, and says that it waits', async () => {
    api.publishRevision.mockRejectedValue(needsApproval);
    api.askToPublish.mockImplementation(() => {
      api.fetchPublishRequests.mockResolvedValue([request()]);
      return Promise.resolve(request());
    });
    const { user } = await open();
    await user.click(screen.getByRole('button', { name: 'Publish v2' }));
    await user.click(await screen.findByRole('button', { name: 'Ask for approval of v2' }));
    await screen.findByText(/^Waits for approval/);
    expect(api.askToPublish).toHaveBeenCalledWith('wf_1', 2);
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('says who agreed and who did not', async () => {
    api.fetchPublishRequests.mockResolvedValue([
      request({ decision: 'approve', decidedBy: 'JON' }),
      request({ id: 'apr_2', revision: 3, decision: 'reject', decidedBy: 'EVA', reason: 'Sums twice' }),
    ]);
    await open();
    await screen.findByText('JON approved it. It can be published.');
    await screen.findByText(/^EVA turned it down/);
    await screen.findByText('Sums twice');
  });

  it('compares any two versions and marks the canvas, with what was removed', async () => {
    const stays = aNode('a');
    const definitions = [aDocument([stays, aNode('b')]), aDocument([{ ...stays, label: 'Now' }])] as const;
    api.fetchRevision.mockImplementation((_id, number) =>
      Promise.resolve({ ...revision(number), definition: definitions[number === 1 ? 0 : 1] } as never),
    );
    api.fetchDiff.mockResolvedValue([
      { kind: 'changed', nodeId: 'a', field: 'label', before: 'a', after: 'Now' },
      { kind: 'removed', nodeId: 'b', before: aNode('b') },
    ]);
    const { user } = await open();
    await user.click(screen.getByRole('button', { name: 'Compare v1 with the draft' }));
    await screen.findByRole('list', { name: 'Changes' });
    expect(useBuilder.getState().marked?.get('a')).toBe('changed');
    expect(useBuilder.getState().ghosts.map(({ id }) => id)).toEqual(['b']);
    await user.selectOptions(screen.getByLabelText('With'), '2');
    await screen.findByRole('list', { name: 'Changes' });
    expect(api.fetchDiff).toHaveBeenLastCalledWith('wf_1', 1, 2, false);
    await user.click(screen.getByRole('button', { name: 'Stop comparing' }));
    expect(useBuilder.getState().ghosts).toEqual([]);
  });

  it('goes back only once what is drawn is saved', async () => {
    const { user, onReload } = await open({ flushed: false });
    await user.click(screen.getByRole('button', { name: 'Go back to v2' }));
    await user.click(screen.getByRole('button', { name: 'Go back' }));
    await screen.findByText(/could not be saved/);
    expect(api.rollBack).not.toHaveBeenCalled();
    expect(onReload).not.toHaveBeenCalled();
  });

  it('reloads what it went back to, and keeps the draft when asked to', async () => {
    api.rollBack.mockResolvedValue({ id: 'wf_1', revision: 4, savedAt: 'now' });
    const { user, onReload, saving } = await open();
    await user.click(screen.getByRole('button', { name: 'Go back to v2' }));
    await user.click(screen.getByRole('button', { name: 'Keep draft' }));
    expect(api.rollBack).not.toHaveBeenCalled();
    await user.click(screen.getByRole('button', { name: 'Go back to v2' }));
    await user.click(screen.getByRole('button', { name: 'Go back' }));
    expect(api.rollBack).toHaveBeenCalledWith('wf_1', 2);
    expect(saving.discard).toHaveBeenCalled();
    expect(onReload).toHaveBeenCalled();
  });

  it('closes by Escape', async () => {
    const { user, onClose } = await open();
    expect(document.activeElement).toBe(screen.getByRole('complementary'));
    await user.keyboard('{Escape}');
    expect(onClose).toHaveBeenCalled();
  });
});

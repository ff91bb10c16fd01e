import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import * as api from '../../../api/publish-requests';
import { PublishRequests } from './PublishRequests';

// The network ends here.
jest.mock('../../../api/publish-requests');

const request: api.PublishRequest = {
  id: 'apr_1',
  workflowId: 'wf_1',
  workflowName: 'Orders',
  revision: 3,
  askedBy: 'BEN',
  askedAt: '2026-03-01T00:00:00.000Z',
  decision: null,
  reason: null,
  decidedBy: null,
  decidedAt: null,
};

describe('Requests to publish in the Control Tower', () => {
  afterEach(() => jest.resetAllMocks());

  const show = () =>
    render(
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <PublishRequests />
      </QueryClientProvider>,
    );

  it('are agreed to, and turned down only with a reason', async () => {
    jest
      .mocked(api.fetchPublishRequests)
      .mockResolvedValue([request, { ...request, id: 'apr_0', decision: 'approve' }]);
    jest.mocked(api.decidePublish).mockResolvedValue({ ...request, decision: 'reject' });
    const { container } = show();
    await screen.findByRole('heading', { name: 'Publish Orders, version 3' });
    expect(screen.getAllByRole('listitem')).toHaveLength(1);
    const { violations } = await axe.run(container, { rules: { 'color-contrast': { enabled: false } } });
    expect(violations.map(({ id }) => id)).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Turn down' }));
    await screen.findByText('Say why it is turned down.');
    expect(api.decidePublish).not.toHaveBeenCalled();
    await userEvent.type(screen.getByLabelText(/^Reason/), 'Not yet');
    await userEvent.click(screen.getByRole('button', { name: 'Turn down' }));
    expect(jest.mocked(api.decidePublish).mock.calls).toEqual([['apr_1', { decision: 'reject', reason: 'Not yet' }]]);
    await userEvent.clear(screen.getByLabelText(/^Reason/));
    await userEvent.click(screen.getByRole('button', { name: 'Agree' }));
    expect(jest.mocked(api.decidePublish).mock.calls[1]).toEqual(['apr_1', { decision: 'approve' }]);
  });
});

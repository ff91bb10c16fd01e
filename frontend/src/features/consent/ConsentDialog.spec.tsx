import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { ApiError } from '../../api/api-error';
import * as api from '../../api/consent';
import { ConsentDialog } from './ConsentDialog';
import { askedForConsent } from './consent-store';

// The network ends here.
jest.mock('../../api/consent');

const summary: api.RunSummary = {
  workflowId: 'wf_1',
  name: 'Planted',
  revision: 3,
  reads: ['DEMO.HR.SALARIES'],
  writes: [],
  sends: [{ by: 'webhook', to: 'evil.example' }],
  models: [],
  calls: [],
  summaryHash: 'a'.repeat(64),
};
const needed = new ApiError(409, { code: 'CONSENT_NEEDED', consents: [summary] });

describe('The question before running what somebody else wrote', () => {
  const show = () =>
    render(
      <QueryClientProvider client={new QueryClient()}>
        <ConsentDialog />
      </QueryClientProvider>,
    );

  it('names what is read and who gets it, and runs once it is agreed to', async () => {
    const again = jest.fn();
    show();
    act(() => expect(askedForConsent(needed, again)).toBe(true));
    await screen.findByText('DEMO.HR.SALARIES');
    screen.getByText('by webhook to evil.example');
    const { violations } = await axe.run(screen.getByRole('dialog'), {
      rules: { 'color-contrast': { enabled: false } },
    });
    expect(violations.map(({ id }) => id)).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Agree and run' }));
    await waitFor(() => expect(again).toHaveBeenCalledTimes(1));
    expect(jest.mocked(api.consentTo).mock.calls).toEqual([[summary]]);
  });

  it('runs nothing where it is closed, and is not asked for other refusals', async () => {
    const again = jest.fn();
    show();
    expect(askedForConsent(new ApiError(403, { code: 'GUARDED_ROLE' }), again)).toBe(false);
    act(() => expect(askedForConsent(needed, again)).toBe(true));
    await userEvent.click(await screen.findByRole('button', { name: 'Cancel' }));
    expect(screen.queryByText('Somebody else wrote this')).toBeNull();
    expect(again).not.toHaveBeenCalled();
  });
});

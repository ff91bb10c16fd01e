import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ApiError } from '../../../api/api-error';
import * as api from '../../../api/tenant';
import { tenantSettings } from '../../../testing/tenant-settings';
import { SettingsForm } from './SettingsForm';

// The network ends here: what is answered is said.
jest.mock('../../../api/tenant');

const kept = tenantSettings({ version: 3 });

function formOf(queries: QueryClient, settings: api.TenantSettings) {
  return (
    <QueryClientProvider client={queries}>
      <SettingsForm settings={settings} isOwner />
    </QueryClientProvider>
  );
}
const sent = () => jest.mocked(api.saveSettings).mock.calls.map(([body]) => body);
const save = () => screen.getByRole('button', { name: 'Save settings' });

describe('The form of settings', () => {
  beforeEach(() => {
    jest.mocked(api.saveSettings).mockImplementation(async (body) => ({ ...body, version: body.version + 1 }));
  });
  afterEach(() => jest.resetAllMocks());

  it('saves over the version that it began with, whatever is read meanwhile, and then over its own', async () => {
    const user = userEvent.setup();
    const queries = new QueryClient();
    const { rerender } = render(formOf(queries, kept));
    await user.type(screen.getByLabelText(/^Default warehouse/), 'WH');
    rerender(formOf(queries, { ...kept, version: 7 }));
    await user.click(save());
    await waitFor(() => expect(sent()).toEqual([{ ...kept, defaultWarehouse: 'WH' }]));
    await user.type(screen.getByLabelText(/^Default warehouse/), '2');
    await user.click(save());
    await waitFor(() => expect(sent()[1]).toEqual({ ...kept, version: 4, defaultWarehouse: 'WH2' }));
  });

  it('meets what another has saved: loads it without losing what was typed, and brings nothing back', async () => {
    const user = userEvent.setup();
    render(formOf(new QueryClient(), kept));
    await user.type(screen.getByLabelText(/^Default warehouse/), 'WH');
    jest
      .mocked(api.saveSettings)
      .mockRejectedValueOnce(new ApiError(409, { code: 'REVISION_CONFLICT', detail: 'Somebody else was first.' }));
    await user.click(save());
    await screen.findByText('Somebody else was first.');
    jest.mocked(api.fetchSettings).mockResolvedValue({ ...kept, version: 4, methods: ['oauth'] });
    await user.click(screen.getByRole('button', { name: 'Load the newer settings' }));
    await screen.findByText('The newer settings are here.');
    expect((screen.getByLabelText(/^Default warehouse/) as HTMLInputElement).value).toBe('WH');
    expect((screen.getByRole('checkbox', { name: 'Password' }) as HTMLInputElement).checked).toBe(false);
    await user.click(save());
    await waitFor(() => expect(sent()[1]).toEqual({ ...kept, version: 4, methods: ['oauth'], defaultWarehouse: 'WH' }));
    await waitFor(() => expect(screen.queryByText('The newer settings are here.')).toBeNull());
  });

  it('keeps what was typed where the newer settings do not come', async () => {
    const user = userEvent.setup();
    render(formOf(new QueryClient(), kept));
    await user.type(screen.getByLabelText(/^Default warehouse/), 'WH');
    jest.mocked(api.saveSettings).mockRejectedValueOnce(new ApiError(409, { code: 'REVISION_CONFLICT' }));
    await user.click(save());
    jest.mocked(api.fetchSettings).mockRejectedValueOnce(new ApiError(503, { detail: 'Not now.' }));
    await user.click(await screen.findByRole('button', { name: 'Load the newer settings' }));
    await screen.findByText('Not now.');
    expect((screen.getByLabelText(/^Default warehouse/) as HTMLInputElement).value).toBe('WH');
    screen.getByRole('button', { name: 'Load the newer settings' });
  });

  it('offers nothing to load where a save failed for another reason', async () => {
    const user = userEvent.setup();
    render(formOf(new QueryClient(), kept));
    await user.type(screen.getByLabelText(/^Default warehouse/), 'WH');
    jest.mocked(api.saveSettings).mockRejectedValueOnce(new ApiError(403, { code: 'FORBIDDEN', detail: 'Not yours.' }));
    await user.click(save());
    await screen.findByText('Not yours.');
    expect(screen.queryByRole('button', { name: 'Load the newer settings' })).toBeNull();
  });
});

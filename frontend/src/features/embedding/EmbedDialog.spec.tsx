import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { MemoryRouter } from 'react-router';
import * as settings from '../../api/embed-settings';
import * as publications from '../../api/publications';
import type { Me } from '../../api/types';
import { openWorkflow } from '../../store/builder-store';
import { meQuery } from '../session/me-query';
import { EmbedDialog } from './EmbedDialog';

// The network ends here: what is answered is said.
jest.mock('../../api/publications');
jest.mock('../../api/embed-settings');

const published = { slug: 'big-orders', enabled: true } as publications.Publication;

interface Given {
  publication?: publications.Publication | null;
  parents?: string[];
  appRole?: Me['appRole'];
}

function setUp({ publication = published, parents = ['https://app.example.com'], appRole = 'admin' }: Given = {}) {
  jest.mocked(publications.fetchPublication).mockResolvedValue(publication);
  jest.mocked(settings.fetchEmbedSettings).mockResolvedValue({ embedId: 'emb_1', parents });
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  queries.setQueryData(meQuery.queryKey, { username: 'ADA', appRole } as Me);
  const name = 'Orders "<b>"';
  const definition = { schemaVersion: 1 as const, name, description: '', parameters: [], nodes: [], edges: [] };
  openWorkflow({ id: 'wf_1', revision: 3, definition: { ...definition, notes: [], groups: [] } });
  render(
    <MemoryRouter>
      <QueryClientProvider client={queries}>
        <EmbedDialog workflowId="wf_1" onClose={jest.fn()} />
      </QueryClientProvider>
    </MemoryRouter>,
  );
  return userEvent.setup();
}

const textOf = async (label: string) => (await screen.findByRole('group', { name: label })).textContent ?? '';

describe('The dialog that says how to embed', () => {
  afterEach(() => jest.resetAllMocks());

  it('shows the call of who is signed in for the latest revision, and that of a key for what is published', async () => {
    const user = setUp();
    const latest = await textOf('Call for a token');
    expect(latest).toContain(`curl ${window.location.origin}/api/v1/embed/tokens`);
    expect(latest).toContain('Authorization: Bearer $SNOWFLOW_TOKEN');
    expect(latest).toContain('{"workflowId":"wf_1","view":"canvas"}');
    for (const [words, view] of [
      ['Canvas of the published revision', 'canvas'],
      ['Run form of the publication', 'run'],
    ] as const) {
      await user.click(screen.getByRole('radio', { name: words }));
      const call = await textOf('Call for a token');
      expect(call).toContain('/api/v1/published/big-orders/embed-tokens');
      expect(call).toContain('X-API-Key: $SNOWFLOW_API_KEY');
      expect(call).toContain(`-d '{"view":"${view}"}'`);
    }
  });

  it('gives the frame with its handshake, and the name as text', async () => {
    const user = setUp();
    const canvas = await textOf('HTML of the frame');
    expect(canvas).toContain('title="Orders &quot;&lt;b&gt;&quot;"');
    expect(canvas).toContain(`const SNOWFLOW = '${window.location.origin}';`);
    for (const word of ['snowflow:ready', 'snowflow:token', 'expired', 'origin !== SNOWFLOW']) {
      expect(canvas).toContain(word);
    }
    expect(canvas).not.toContain('snowflow:result');
    await user.click(screen.getByRole('radio', { name: 'Run form of the publication' }));
    expect(await textOf('HTML of the frame')).toContain('snowflow:result');
  });

  it.each([
    ['nothing is published', null, /Nothing is published yet/],
    ['the publication takes no calls', { ...published, enabled: false }, /takes no calls/],
  ])('offers the run form not where %s, and says so', async (_case, publication, reason) => {
    setUp({ publication });
    const form = await screen.findByRole('radio', { name: 'Run form of the publication', description: reason });
    expect(form).toHaveProperty('disabled', true);
    expect(screen.getByRole('radio', { name: 'Canvas of the latest revision' })).toHaveProperty('checked', true);
  });

  it('lists the pages that may show it, and leads an admin to where none is allowed', async () => {
    setUp();
    await screen.findByText('https://app.example.com');
    expect(screen.getByRole('link', { name: 'Change pages' }).getAttribute('href')).toBe('/admin/embedding');
  });

  it('says where no page may show it, and finds nothing wrong by axe', async () => {
    setUp({ parents: [], publication: null });
    await screen.findByText('No page may show it yet.');
    expect(screen.getByRole('link', { name: 'Allow pages' }).getAttribute('href')).toBe('/admin/embedding');
    const { violations } = await axe.run(screen.getByRole('dialog'), {
      rules: { 'color-contrast': { enabled: false } },
    });
    expect(violations).toEqual([]);
  });

  it('tells a builder whom to ask, without a question that would be refused', async () => {
    setUp({ appRole: 'builder' });
    await screen.findByText(/ask an admin to allow yours/);
    expect(screen.queryByRole('link')).toBeNull();
    expect(settings.fetchEmbedSettings).not.toHaveBeenCalled();
  });
});

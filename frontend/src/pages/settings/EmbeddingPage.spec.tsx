import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter } from 'react-router';
import { ApiError } from '../../api/api-error';
import * as auth from '../../api/auth';
import * as api from '../../api/embed-settings';
import { EmbeddingPage } from './EmbeddingPage';

// The network ends here: what is answered is said.
jest.mock('../../api/embed-settings');
jest.mock('../../api/auth');

function open(answer: api.EmbedSettings) {
  jest
    .mocked(auth.fetchMe)
    .mockResolvedValue({ username: 'DEMO', appRole: 'admin' } as Awaited<ReturnType<typeof auth.fetchMe>>);
  jest.mocked(api.fetchEmbedSettings).mockResolvedValue(answer);
  const user = userEvent.setup();
  render(
    <MemoryRouter>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <EmbeddingPage />
      </QueryClientProvider>
    </MemoryRouter>,
  );
  return user;
}

describe('The page of what may embed', () => {
  afterEach(() => jest.resetAllMocks());

  it('saves a list of origins, and shows the address of frames from then on', async () => {
    const user = open({ embedId: null, parents: [] });
    const parents = ['https://app.example.com', 'http://localhost:3000'];
    jest.mocked(api.saveEmbedParents).mockResolvedValue({ embedId: 'emb_1', parents });
    await user.type(await screen.findByLabelText('Pages that may embed'), parents.join(', '));
    await user.click(screen.getByRole('button', { name: 'Save pages' }));
    await screen.findByText('/embed/emb_1');
    expect(jest.mocked(api.saveEmbedParents).mock.calls[0]?.[0]).toEqual(parents);
  });

  it('says beside the field what is no origin, and keeps what was written', async () => {
    const user = open({ embedId: 'emb_1', parents: ['https://app.example.com'] });
    const body = { detail: 'Some are no origins.', errors: [{ path: 'parents.1', message: 'Write an origin.' }] };
    jest.mocked(api.saveEmbedParents).mockRejectedValue(new ApiError(422, body));
    const field = await screen.findByLabelText<HTMLInputElement>('Pages that may embed');
    await user.type(field, ', *');
    await user.click(screen.getByRole('button', { name: 'Save pages' }));
    await screen.findByText('Write an origin.');
    expect(field.value).toBe('https://app.example.com, *');
  });
});

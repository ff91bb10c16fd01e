import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { MemoryRouter, Route, Routes } from 'react-router';
import { ApiError } from '../api/api-error';
import * as models from '../api/semantic-models';
import { SemanticModelPage } from './SemanticModelPage';

// The network ends here: what is sent is looked at, what is answered is said.
jest.mock('../api/semantic-models');
jest.mock('../components/Sidebar', () => ({ Sidebar: () => null }));
let person = 0;
jest.mock('../features/session/me-query', () => ({
  meQuery: {
    queryKey: ['me'],
    queryFn: () => Promise.resolve({ id: `me_${person}`, username: 'DEMO', role: 'SYSADMIN' }),
  },
}));
const api = jest.mocked(models);

const YAML = `name: SALES
tables:
  - name: ORDERS
    base_table: { database: D, schema: S, table: ORDERS }
    metrics:
      - name: N
        expr: COUNT(*)
`;
const place = { database: 'DEMO', schema: 'PUBLIC', name: 'SALES' };

function open() {
  const page = render(
    <MemoryRouter initialEntries={['/semantic-models/DEMO/PUBLIC/SALES']}>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <Routes>
          <Route path="/semantic-models/:database/:schema/:name" element={<SemanticModelPage />} />
        </Routes>
      </QueryClientProvider>
    </MemoryRouter>,
  );
  return { user: userEvent.setup(), leave: page.unmount };
}

const about = () => screen.findByRole('textbox', { name: 'What it is about' });
const ready = () => screen.findByText('No errors.');
/** Opens the dialog, once what was written is checked. */
async function openSaving(user: ReturnType<typeof userEvent.setup>) {
  const button = screen.getByRole('button', { name: 'Save' });
  await waitFor(() => expect(button.getAttribute('aria-disabled')).toBeNull());
  await user.click(button);
  return within(await screen.findByRole('dialog'));
}

describe('The page of a semantic model', () => {
  beforeEach(() => {
    person += 1;
    api.fetchSemanticModel.mockResolvedValue({ ...place, model: {}, yaml: YAML });
    api.validateSemanticModel.mockResolvedValue({ valid: true, problems: [] });
    api.saveSemanticModel.mockResolvedValue(place);
  });
  afterEach(() => jest.resetAllMocks());

  it('changes the text by the form, and shows what the server finds beside its field and by line', async () => {
    const { user } = open();
    await user.type(await about(), 'Orders');
    const message = 'Write an expression';
    api.validateSemanticModel.mockResolvedValue({
      valid: false,
      problems: [{ line: 8, column: 1, path: 'tables[0].metrics[0].expr', message, severity: 'error' }],
    });
    await user.click(screen.getByText('ORDERS'));
    await user.click(screen.getByText('N'));
    await user.clear(screen.getByRole('textbox', { name: 'Expression' }));
    await screen.findByText('1 to correct.');
    expect(screen.getByRole('textbox', { name: 'Expression' }).getAttribute('aria-invalid')).toBe('true');
    expect(api.validateSemanticModel.mock.lastCall?.[0]).toMatch(/description: Orders/);
    await user.click(screen.getByRole('button', { name: /^Line 8/ }));
    expect((await screen.findByRole('textbox', { name: 'YAML' })).textContent).toContain('description: Orders');
  });

  it('adds parts and takes them away', async () => {
    const { user } = open();
    await user.click(await screen.findByText('ORDERS'));
    await user.click(screen.getByRole('button', { name: 'Add dimension' }));
    const dimensions = within(screen.getByRole('region', { name: 'Dimensions' }));
    await user.type(dimensions.getByRole('textbox', { name: 'Name' }), 'STATUS');
    await user.type(dimensions.getByRole('textbox', { name: /^Synonyms/ }), 'state, standing');
    await user.tab();
    expect((dimensions.getByRole('textbox', { name: /^Synonyms/ }) as HTMLInputElement).value).toBe('state, standing');
    await user.click(dimensions.getByRole('button', { name: 'Remove dimension STATUS' }));
    expect(dimensions.queryByText('STATUS')).toBeNull();
  });

  it('saves as the person, and asks again where somebody else changed the view', async () => {
    const { user } = open();
    await user.type(await about(), 'X');
    api.fetchSemanticModel.mockResolvedValue({ ...place, model: {}, yaml: `${YAML}description: Theirs\n` });
    const dialog = await openSaving(user);
    dialog.getByText(/with the rights of the role SYSADMIN/);
    await user.click(dialog.getByRole('button', { name: 'Save' }));
    await dialog.findByText(/Somebody changed the view/);
    expect(api.saveSemanticModel).not.toHaveBeenCalled();
    await user.click(dialog.getByRole('button', { name: 'Replace it anyway' }));
    await screen.findByText('Saved');
    expect(api.saveSemanticModel.mock.lastCall?.[0]).toMatchObject({
      database: 'DEMO',
      schema: 'PUBLIC',
      replace: true,
      yaml: expect.stringContaining('description: X') as string,
    });
  });

  it('keeps what was written where saving fails, and when the page is left and opened again', async () => {
    const { user, leave } = open();
    await user.type(await about(), 'Mine');
    api.saveSemanticModel.mockRejectedValue(new ApiError(422, { code: 'SQL_FAILED', detail: 'No right to do so.' }));
    const dialog = await openSaving(user);
    await user.click(dialog.getByRole('button', { name: 'Save' }));
    await dialog.findByText(/No right to do so/);
    leave();
    const again = open();
    await screen.findByText('Your changes from before are here again.');
    expect(((await about()) as HTMLTextAreaElement).value).toBe('Mine');
    await again.user.click(screen.getByRole('button', { name: 'Discard them' }));
    expect(((await about()) as HTMLTextAreaElement).value).toBe('');
  });

  it('asks a question, shows the SQL or what was not understood, and adds the query to the verified ones', async () => {
    api.askSemanticModel.mockResolvedValueOnce({ text: 'Not understood: “zz”.', suggestions: ['How many orders?'] });
    api.askSemanticModel.mockResolvedValueOnce({ text: 'Number of orders', sql: 'SELECT 1', suggestions: [] });
    const { user } = open();
    await ready();
    await user.type(screen.getByRole('textbox', { name: 'Question' }), 'zz{Enter}');
    await screen.findByText('Not understood: “zz”.');
    await user.click(screen.getByRole('button', { name: 'How many orders?' }));
    await screen.findByText('Number of orders');
    await user.click(screen.getByRole('button', { name: 'Add as verified query' }));
    await screen.findByText('Verified queries 1');
    expect(api.askSemanticModel.mock.lastCall?.[0]).toEqual({ ...place, question: 'How many orders?' });
  });
});

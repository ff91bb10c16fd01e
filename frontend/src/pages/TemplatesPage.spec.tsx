import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { MemoryRouter, useLocation } from 'react-router';
import { ApiError } from '../api/api-error';
import * as api from '../api/templates';
import type { Template } from '../api/templates';
import { TemplatesPage } from './TemplatesPage';

// The network ends here: what is sent is looked at, what is answered is said.
jest.mock('../api/templates');
jest.mock('../components/Sidebar', () => ({ Sidebar: () => null }));
const templates = jest.mocked(api);

const template: Template = {
  id: 'tpl_StarterQuestionToSql',
  name: 'Question to SQL',
  description: 'Asks Analyst.',
  category: 'agents',
  tags: ['Analyst'],
  origin: 'starter',
  madeBy: null,
  updatedAt: null,
  needs: [{ kind: 'semantic-view', name: 'DEMO.PUBLIC.SALES_MODEL' }],
  nodes: [
    { id: 'ask', type: 'ai.analyst', label: 'Ask', x: 0, y: 0 },
    { id: 'rows', type: 'output.result', label: 'Rows', x: 320, y: 0 },
  ],
  edges: [{ source: 'ask', target: 'rows' }],
  definition: {},
  calls: [],
  ask: [
    { path: 'parameters.question', label: 'Question', kind: 'text', value: 'What?' },
    { path: 'parameters.most', label: 'Rows at most', kind: 'number', value: 10 },
    { path: 'nodes.a.config.approvers', label: 'Who may approve', kind: 'texts', value: ['role:A'] },
  ],
  takenOut: [],
  missing: [
    {
      kind: 'semantic-view',
      name: 'DEMO.PUBLIC.SALES_MODEL',
      sentence: 'Your role sees no such view.',
      sql: 'CREATE SEMANTIC VIEW x',
    },
  ],
};

function Address() {
  const { pathname, search } = useLocation();
  return <output>{pathname + search}</output>;
}

async function open(path = '/templates', items = [template]) {
  templates.fetchTemplates.mockResolvedValue({ items, nextCursor: null });
  templates.fetchTemplate.mockResolvedValue(template);
  const { container } = render(
    <MemoryRouter initialEntries={[path]}>
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <TemplatesPage />
        <Address />
      </QueryClientProvider>
    </MemoryRouter>,
  );
  return { user: userEvent.setup(), container };
}
const address = () => screen.getByRole('status', { hidden: true }).textContent;
const openedDialog = async () => within(await screen.findByRole('dialog', { name: 'Question to SQL' }));

describe('The gallery of templates', () => {
  afterEach(() => jest.resetAllMocks());

  it('shows each with its picture, and asks for what stands in the address', async () => {
    await open('/templates?search=sql&category=agents');
    const card = within(await screen.findByRole('article', { name: 'Question to SQL' }));
    card.getByRole('img', { name: '2 steps: Ask, Rows' });
    expect(templates.fetchTemplates.mock.calls[0]?.slice(0, 2)).toEqual(['sql', 'agents']);
  });

  it('keeps the search and the category in the address', async () => {
    const { user } = await open();
    await user.click(await screen.findByRole('link', { name: 'Agents and search' }));
    await user.type(screen.getByRole('searchbox'), 'sql');
    await screen.findByText('/templates?category=agents&search=sql');
  });

  it('says before use what is missing, with the statement that makes it', async () => {
    await open('/templates?template=tpl_StarterQuestionToSql');
    const dialog = await openedDialog();
    dialog.getByText('Your role sees no such view.');
    dialog.getByRole('group', { name: 'Statement for DEMO.PUBLIC.SALES_MODEL' });
  });

  it('sends the answers that were changed, each in its kind, and opens the new workflow', async () => {
    templates.applyTemplate.mockResolvedValue({ id: 'wf_new', revision: 1, called: [] });
    const { user } = await open();
    await user.click(await screen.findByRole('link', { name: 'Question to SQL' }));
    const dialog = await openedDialog();
    await user.clear(dialog.getByRole('textbox', { name: 'Rows at most' }));
    await user.type(dialog.getByRole('textbox', { name: 'Rows at most' }), '25');
    await user.type(dialog.getByRole('textbox', { name: 'Who may approve' }), ', role:B');
    await user.click(dialog.getByRole('button', { name: 'Use template' }));
    await screen.findByText('/workflows/wf_new');
    expect(templates.applyTemplate.mock.calls).toEqual([
      [
        template.id,
        expect.any(String),
        '',
        { 'parameters.most': 25, 'nodes.a.config.approvers': ['role:A', 'role:B'] },
      ],
    ]);
  });

  it('shows what is refused at its field, and keeps what was written', async () => {
    const errors = [{ path: 'values.parameters.most', message: 'Give a number' }];
    templates.applyTemplate.mockRejectedValue(new ApiError(422, { code: 'VALIDATION', detail: 'No.', errors }));
    const { user } = await open('/templates?template=tpl_StarterQuestionToSql');
    const dialog = await openedDialog();
    await user.type(dialog.getByRole('textbox', { name: 'Rows at most' }), ' many');
    await user.click(dialog.getByRole('button', { name: 'Use template' }));
    await dialog.findByText('Give a number');
    expect(dialog.getByRole<HTMLInputElement>('textbox', { name: 'Rows at most' }).value).toBe('10 many');
  });

  it('says that nothing matches, and clears the filters', async () => {
    const { user } = await open('/templates?search=none', []);
    await screen.findByText('No template matches.');
    await user.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(address()).toBe('/templates');
  });

  it.each(['light', 'dark'])('has nothing that axe finds wrong in the %s theme, closed and open', async (theme) => {
    document.documentElement.dataset['theme'] = theme;
    const { user, container } = await open();
    await screen.findByRole('article');
    // jsdom has no colours to compare.
    const rules = { 'color-contrast': { enabled: false } };
    const closed = await axe.run(container, { rules });
    await user.click(screen.getByRole('link', { name: 'Question to SQL' }));
    await openedDialog();
    const opened = await axe.run(screen.getByRole('dialog'), { rules });
    const found = [...closed.violations, ...opened.violations];
    expect(found.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    delete document.documentElement.dataset['theme'];
  });
});

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { MemoryRouter } from 'react-router';
import * as api from '../../api/templates';
import { useBuilder } from '../../store/builder-store';
import { SaveTemplateDialog } from './SaveTemplateDialog';

// The network ends here: what is sent is looked at, what is answered is said.
jest.mock('../../api/templates');
const templates = jest.mocked(api);

const definition = {
  schemaVersion: 1 as const,
  name: 'Orders of a day',
  description: '',
  parameters: [{ name: 'day', type: 'date' as const }],
  nodes: [
    {
      id: 'orders',
      type: 'source.table',
      label: 'Orders',
      position: { x: 0, y: 0 },
      config: { database: 'DEMO', schema: 'PUBLIC', table: 'ORDERS' },
    },
  ],
  edges: [],
  notes: [],
  groups: [],
};

function open(saved = true) {
  useBuilder.getState().open({
    id: 'wf_1',
    revision: 3,
    definition,
  });
  const onClose = jest.fn();
  const saving = { flush: () => Promise.resolve(saved), revision: () => 3 };
  render(
    <MemoryRouter>
      <QueryClientProvider client={new QueryClient()}>
        <SaveTemplateDialog workflowId="wf_1" saving={saving} onClose={onClose} />
      </QueryClientProvider>
    </MemoryRouter>,
  );
  return { user: userEvent.setup(), onClose, dialog: within(screen.getByRole('dialog')) };
}

describe('Saving a workflow as a template', () => {
  beforeEach(() => templates.createTemplate.mockResolvedValue({ id: 'tpl_1', takenOut: [] }));
  afterEach(() => jest.resetAllMocks());

  it('sends the saved revision, and what is to be asked: parameters, and the names that were chosen', async () => {
    const { user, dialog, onClose } = open();
    await user.click(dialog.getByRole('checkbox', { name: 'Orders: Table' }));
    await user.type(dialog.getByRole('textbox', { name: 'Tags' }), 'daily, daily, sales');
    await user.click(dialog.getByRole('button', { name: 'Save template' }));
    await screen.findByRole('dialog');
    expect(templates.createTemplate.mock.calls[0]?.[0]).toEqual({
      workflowId: 'wf_1',
      revision: 3,
      name: 'Orders of a day',
      description: '',
      category: 'pipelines',
      tags: ['daily', 'sales'],
      ask: [
        { path: 'parameters.day', label: 'day' },
        { path: 'nodes.orders.config.table', label: 'Orders: Table' },
      ],
    });
    expect(onClose).toHaveBeenCalledTimes(1);
  });

  it('makes nothing of a draft that could not be saved, and says so', async () => {
    const { user, dialog, onClose } = open(false);
    await user.click(dialog.getByRole('button', { name: 'Save template' }));
    await dialog.findByText(/The draft is not saved yet/);
    expect(templates.createTemplate).not.toHaveBeenCalled();
    expect(onClose).not.toHaveBeenCalled();
  });

  it('has nothing that axe finds wrong', async () => {
    open();
    // jsdom has no colours to compare.
    const rules = { 'color-contrast': { enabled: false } };
    const { violations } = await axe.run(screen.getByRole('dialog'), { rules });
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  });
});

import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import type { ReactNode } from 'react';
import * as catalogApi from '../../api/catalog';
import * as modelsApi from '../../api/models';
import * as api from '../../api/policies';
import { definitionOf, type allDefinitions } from '../../store/node-definitions';
import { CatalogTree } from '../catalog/CatalogTree';
import { FormContext } from '../inspector/form-context';
import { SchemaForm } from '../inspector/SchemaForm';
import { addAfterSelection } from '../palette/add-after-selection';
import { Palette } from '../palette/Palette';

// The network and the canvas end here.
jest.mock('../../api/policies');
jest.mock('../../api/models');
jest.mock('../../api/catalog');
jest.mock('../palette/add-after-selection');

const show = (children: ReactNode) =>
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      {children}
    </QueryClientProvider>,
  );

describe('What a policy denies', () => {
  afterEach(() => jest.resetAllMocks());

  it('cannot be added from the palette, which names the policy', async () => {
    jest.mocked(api.fetchPoliciesInForce).mockResolvedValue({
      version: 1,
      databases: null,
      targets: null,
      opaque: null,
      kinds: null,
      nodeTypes: ['source.table'],
      models: null,
      writeModes: null,
      byRole: [],
      guardedRoles: null,
      publishApproval: false,
    });
    show(<Palette />);
    const denied = screen.getByRole('button', { name: 'SQL query' });
    await waitFor(() => expect(denied.getAttribute('aria-disabled')).toBe('true'));
    expect(denied.getAttribute('title')).toBe('Denied by the policy “Node types” of this account');
    await userEvent.click(denied);
    expect(addAfterSelection).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole('button', { name: 'Table' }));
    expect(addAfterSelection).toHaveBeenCalledWith('source.table');
  });

  it('shows as denied in the tree of the catalog', async () => {
    const message = 'The policy “Databases and schemas” of this tenant does not allow SECRET.';
    const rest = { owner: null, comment: null, createdAt: null };
    jest.mocked(catalogApi.fetchDatabases).mockResolvedValue({
      items: [
        { name: 'DEMO', ...rest },
        { name: 'SECRET', ...rest, denied: { policy: 'databases', message } },
      ],
      nextCursor: null,
    });
    show(<CatalogTree />);
    const denied = await screen.findByRole('treeitem', { name: 'SECRET' });
    expect(denied.textContent).toContain('denied by policy');
    expect(denied.querySelector('.tree-row')?.getAttribute('title')).toBe(message);
    expect(screen.getByRole('treeitem', { name: 'DEMO' }).textContent).not.toContain('denied');
  });

  it('is said at the field of a model', async () => {
    const denied = {
      policy: 'models' as const,
      message: 'The policy “Models” of this tenant does not allow the model llama.',
    };
    jest.mocked(modelsApi.fetchModels).mockResolvedValue([
      { name: 'claude-4', provider: 'cortex', simulated: false },
      { name: 'llama', provider: 'cortex', simulated: false, denied },
    ]);
    const definition = definitionOf('ai.complete') as (typeof allDefinitions)[number];
    show(
      <FormContext value={{ nodeId: 'n1', readOnly: false, columns: () => [], problemAt: () => undefined }}>
        <SchemaForm
          definition={definition}
          config={{ model: 'llama', prompt: 'x' }}
          onChange={() => undefined}
          onLeave={() => undefined}
        />
      </FormContext>,
    );
    await screen.findByText(denied.message);
    expect(screen.getByLabelText('Model').getAttribute('aria-invalid')).toBe('true');
  });
});

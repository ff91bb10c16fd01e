import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import * as workflows from '../../../api/workflows';
import { definitionOf } from '../../../store/node-definitions';
import { FormContext } from '../form-context';
import { SchemaForm } from '../SchemaForm';

jest.mock('../../../api/workflows');

type Page = Awaited<ReturnType<typeof workflows.fetchWorkflows>>;
type Workflow = Awaited<ReturnType<typeof workflows.fetchWorkflow>>;

const parameters = [
  { name: 'region', type: 'string', description: 'As the catalog writes it' },
  { name: 'least', type: 'number', default: 5 },
];

describe('the form of a node that runs a workflow', () => {
  const written: Record<string, unknown>[] = [];

  beforeEach(() => {
    written.length = 0;
    const items = [
      { id: 'wf_a', name: 'Nations' },
      { id: 'wf_b', name: 'Orders' },
    ];
    jest.mocked(workflows).fetchWorkflows.mockResolvedValue({ items, nextCursor: null } as Page);
    jest
      .mocked(workflows)
      .fetchWorkflow.mockImplementation((id) =>
        id === 'wf_gone'
          ? Promise.reject(new Error('There is no such workflow.'))
          : Promise.resolve({ id, name: 'Nations', revision: 3, definition: { parameters } } as Workflow),
      );
  });

  function show(config: Record<string, unknown>, problemPath?: string) {
    const definition = definitionOf('logic.workflow');
    if (!definition) throw new Error('There is no such type.');
    const problemAt = (path: string) =>
      path === problemPath
        ? { severity: 'error' as const, code: 'INVALID_CONFIG' as const, path, message: 'Give a value' }
        : undefined;
    render(
      <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
        <FormContext value={{ nodeId: 'n1', readOnly: false, columns: () => undefined, problemAt }}>
          <SchemaForm
            definition={definition}
            config={config}
            onChange={(next) => written.push(next)}
            onLeave={() => undefined}
          />
        </FormContext>
      </QueryClientProvider>,
    );
    return userEvent.setup();
  }

  it('offers the saved workflows by name, and asks for what the chosen one takes', async () => {
    const user = show({ revision: 'published', parameters: {} });
    expect(await screen.findByText('Choose a workflow first')).toBeTruthy();
    await screen.findByRole('option', { name: 'Orders' });
    await user.selectOptions(screen.getByLabelText('Workflow'), 'Nations');
    await user.type(await screen.findByLabelText('region'), 'ASIA');
    await user.type(screen.getByLabelText(/least/), '7');
    expect(written.at(-1)).toEqual({
      workflowId: 'wf_a',
      revision: 'published',
      parameters: { region: 'ASIA', least: 7 },
    });
    const region = screen.getByLabelText('region');
    expect(region.getAttribute('aria-required')).toBe('true');
    expect(document.getElementById(region.getAttribute('aria-describedby') ?? '')?.textContent).toBe(
      'As the catalog writes it',
    );
    expect(screen.getByText('Without one: 5')).toBeTruthy();
  });

  it('keeps a revision, or follows the published one', async () => {
    const user = show({ workflowId: 'wf_a', revision: 'published' });
    await screen.findByRole('option', { name: 'Revision 3' });
    await user.selectOptions(screen.getByLabelText('Revision'), 'Revision 2');
    expect(written.at(-1)).toEqual({ workflowId: 'wf_a', revision: 2 });
    await user.selectOptions(screen.getByLabelText('Revision'), 'As published');
    expect(written.at(-1)).toEqual({ workflowId: 'wf_a', revision: 'published' });
  });

  it('shows what is given and not declared, to be removed, and a problem at its parameter', async () => {
    const user = show({ workflowId: 'wf_a', parameters: { region: 'ASIA', old: 1 } }, 'parameters.region');
    await screen.findByText('The workflow does not have it as it was saved last');
    expect(screen.getByLabelText('region').getAttribute('aria-invalid')).toBe('true');
    await user.click(screen.getByRole('button', { name: 'Remove old' }));
    expect(written.at(-1)).toEqual({ workflowId: 'wf_a', parameters: { region: 'ASIA' } });
  });

  it('keeps a workflow that can not be read in sight, with what it was given', async () => {
    show({ workflowId: 'wf_gone', parameters: { region: 'ASIA' } });
    expect(await screen.findByRole('option', { name: 'wf_gone' })).toBeTruthy();
    const group = within(screen.getByRole('group', { name: 'Parameters' }));
    expect(group.getByDisplayValue('ASIA')).toBeTruthy();
  });
});

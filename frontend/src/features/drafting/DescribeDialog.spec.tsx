import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { workflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { diffDocuments } from '@snowflow/engine/diff/diff-documents';
import { ApiError } from '../../api/api-error';
import * as drafts from '../../api/drafts';
import type { Draft, Models } from '../../api/drafts';
import { documentOf, openWorkflow, redo, undo, useBuilder } from '../../store/builder-store';
import { DescribeDialog } from './DescribeDialog';

// The network ends here: what is sent is looked at, what is answered is said.
jest.mock('../../api/drafts');
const api = jest.mocked(drafts);

const before = workflowDocument.parse({
  schemaVersion: 1,
  name: 'Orders',
  nodes: [
    { id: 'o', type: 'source.table', label: 'Orders', position: { x: 0, y: 0 }, config: { table: 'ORDERS' } },
    { id: 'few', type: 'shape.limit', label: 'Few', position: { x: 260, y: 0 }, config: { rows: 5 } },
    { id: 'old', type: 'shape.distinct', label: 'Old', position: { x: 520, y: 0 }, config: {} },
  ],
  edges: [{ id: 'e1', source: 'o', sourcePort: 'out', target: 'few', targetPort: 'in' }],
});
const [orders, few] = before.nodes;
const after = workflowDocument.parse({
  ...before,
  parameters: [{ name: 'least', type: 'number' }],
  nodes: [
    orders,
    { ...few, config: { rows: 20 } },
    { id: 'shown', type: 'output.result', label: 'Result', position: { x: 520, y: 0 }, config: { name: 'Rows' } },
  ],
  edges: [...before.edges, { id: 'e2', source: 'few', sourcePort: 'out', target: 'shown', targetPort: 'in' }],
});
const draft: Draft = {
  definition: after,
  explanation: 'More rows, and a result.',
  model: 'endpoint:small',
  simulated: false,
  notUnderstood: [],
  valuesHidden: true,
  problems: [],
  changes: diffDocuments(before, after),
};
const models: Models = {
  items: [{ name: 'endpoint:small', provider: 'endpoint', simulated: false }],
  cortex: 'unknown',
  note: null,
};

async function setUp(answer: Draft | Error = draft, listed = models) {
  api.fetchModels.mockResolvedValue(listed);
  if (answer instanceof Error) api.draftWorkflow.mockRejectedValue(answer);
  else api.draftWorkflow.mockResolvedValue(answer);
  openWorkflow({ id: 'wf_1', revision: 1, definition: before });
  const onClose = jest.fn();
  render(
    <QueryClientProvider client={new QueryClient()}>
      <DescribeDialog onClose={onClose} onAccepted={() => undefined} />
    </QueryClientProvider>,
  );
  const user = userEvent.setup();
  await user.type(screen.getByLabelText('What should change?'), 'Twenty rows, shown');
  return { user, onClose };
}

const button = (name: string) => screen.getByRole('button', { name });
const drawn = () => documentOf(useBuilder.getState());

describe('The dialog that drafts', () => {
  afterEach(() => jest.resetAllMocks());

  it('shows what would change, field by field, and takes it over as one edit', async () => {
    const { user, onClose } = await setUp();
    await user.click(button('Draft'));
    const list = await screen.findByRole('list', { name: 'Changes' });
    expect([...list.children].map(({ textContent }) => textContent?.replaceAll(/\s+/g, ' ').trim())).toEqual([
      'Changed Workflowparameters.least {"name":"least","type":"number"}',
      'Changed Fewrows5 20',
      'Removed Old (Distinct)',
      'Added Resultname Rows',
      'Added Connection Few → Result',
    ]);
    expect(api.draftWorkflow.mock.calls[0]?.[0]).toEqual({ request: 'Twenty rows, shown', definition: before });
    screen.getByText(/it got no value of the workflow/);
    expect(drawn()).toEqual(before);

    await user.click(button('Accept draft'));
    expect(onClose).toHaveBeenCalled();
    expect(drawn()).toEqual(after);
    expect(useBuilder.getState().selectedIds).toEqual(['few', 'shown']);
    undo();
    expect(drawn()).toEqual(before);
    redo();
    expect(drawn()).toEqual(after);
  });

  it('leaves everything as it is where the draft is rejected', async () => {
    const { user, onClose } = await setUp();
    await user.click(button('Draft'));
    await user.click(await screen.findByRole('button', { name: 'Reject' }));
    expect(onClose).toHaveBeenCalled();
    expect(drawn()).toEqual(before);
    expect(useBuilder.temporal.getState().pastStates).toEqual([]);
  });

  it('takes over no draft of what is drawn no more', async () => {
    const { user, onClose } = await setUp();
    await user.click(button('Draft'));
    const accept = await screen.findByRole('button', { name: 'Accept draft' });
    useBuilder.getState().rename('Changed meanwhile');
    await user.click(accept);
    await screen.findByText('The workflow has changed meanwhile.');
    expect(onClose).not.toHaveBeenCalled();
    expect(drawn()).toEqual({ ...before, name: 'Changed meanwhile' });
  });

  it('says that no model was asked, what was not understood and what is wrong', async () => {
    const { user } = await setUp(
      {
        ...draft,
        model: null,
        simulated: true,
        valuesHidden: false,
        explanation: 'No model was asked.',
        notUnderstood: ['forecast it'],
        problems: [{ severity: 'error', code: 'UNKNOWN_COLUMN', nodeId: 'few', message: 'There is no column M' }],
      },
      { items: [{ name: 'llama', provider: 'cortex', simulated: true }], cortex: 'listed', note: null },
    );
    await screen.findByText(/only plays its models, so none is asked/);
    await user.click(button('Draft'));
    await screen.findByText('No model was asked.');
    screen.getByText('“forecast it”');
    screen.getByText('few: There is no column M');
  });

  it('keeps the words where no draft came, and says why', async () => {
    const { user } = await setUp(new ApiError(504, { code: 'DEADLINE_EXCEEDED', detail: 'Too slow.' }));
    await user.click(button('Draft'));
    expect((await screen.findByRole('alert')).textContent).toContain('Too slow.');
    expect(screen.getByLabelText<HTMLTextAreaElement>('What should change?').value).toBe('Twenty rows, shown');
  });

  it('waits no longer when it is told to stop', async () => {
    const { user } = await setUp();
    api.draftWorkflow.mockReturnValue(new Promise(() => undefined));
    await user.click(button('Draft'));
    await user.click(await screen.findByRole('button', { name: 'Stop waiting' }));
    expect(api.draftWorkflow.mock.calls[0]?.[1].aborted).toBe(true);
    await screen.findByRole('button', { name: 'Close' });
  });

  it('has nothing that axe finds wrong', async () => {
    const { user } = await setUp();
    await user.click(button('Draft'));
    await screen.findByRole('list', { name: 'Changes' });
    // jsdom has no colours to compare.
    const { violations } = await axe.run(screen.getByRole('dialog'), {
      rules: { 'color-contrast': { enabled: false } },
    });
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  });
});

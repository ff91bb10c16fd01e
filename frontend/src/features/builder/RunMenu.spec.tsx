import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ApiError } from '../../api/api-error';
import * as access from '../../api/access';
import * as cost from '../../api/cost';
import { openWorkflow, useBuilder } from '../../store/builder-store';
import type { RunControl } from '../runs/use-run';
import { RunMenu } from './RunMenu';

// The network ends here: what is sent is looked at, what is answered is said.
jest.mock('../../api/cost');
jest.mock('../../api/access');
const api = jest.mocked(cost);

const NO_BUDGET = { maxBytes: null, maxStatements: null, maxSeconds: null, maxTokens: null };
const statement: cost.StatementPreview = {
  step: 'out',
  nodes: ['table', 'out'],
  sql: 'SELECT 1',
  known: 'before the run',
  bytes: { atMost: 2_500_000 },
  partitions: { assigned: 2, total: 4 },
  access: { state: 'granted', by: 'explain' },
};
const previewOf = (...statements: cost.StatementPreview[]): cost.CostPreview => ({
  statements,
  statementCount: statements.length,
  bytesAtMost: statements.every(({ bytes }) => bytes.atMost !== null) ? 2_500_000 : null,
  aiCalls: 0,
  tokens: { estimate: 0 },
  note: 'Upper bounds by EXPLAIN.',
});

function setUp() {
  const onRun = jest.fn();
  const run: RunControl = {
    start: onRun,
    startTo: jest.fn(),
    startWith: jest.fn(),
    startFrom: jest.fn(),
    cancel: jest.fn(),
    starting: false,
    cancelling: false,
  };
  openWorkflow({
    id: 'wf_1',
    revision: 1,
    definition: {
      schemaVersion: 1,
      name: 'Costly',
      description: '',
      parameters: [],
      nodes: [
        { id: 'out', type: 'output.table', label: 'Write it', position: { x: 0, y: 0 }, config: { mode: 'append' } },
      ],
      edges: [],
      notes: [],
      groups: [],
    },
  });
  render(
    <QueryClientProvider client={new QueryClient()}>
      <RunMenu workflowId="wf_1" run={run} />
    </QueryClientProvider>,
  );
  return { user: userEvent.setup(), onRun };
}

async function open(item: string) {
  const { user, onRun } = setUp();
  await user.click(screen.getByRole('button', { name: /^Ways to run/ }));
  await user.click(screen.getByRole('menuitem', { name: new RegExp(`^${item}`) }));
  return { user, onRun, dialog: within(await screen.findByRole('dialog')) };
}

describe('The cost of a run, before it', () => {
  beforeEach(() => {
    api.fetchBudget.mockResolvedValue({ ...NO_BUDGET, tenant: NO_BUDGET });
    api.previewCost.mockResolvedValue(previewOf(statement));
  });
  afterEach(() => jest.resetAllMocks());

  it('says what each statement reads at most, and what it writes', async () => {
    const writes = { database: 'DEMO', schema: 'PUBLIC', table: 'T', mode: 'append' as const };
    api.previewCost.mockResolvedValue(previewOf({ ...statement, writes }));
    const { dialog, user, onRun } = await open('Preview cost');
    const item = await dialog.findByRole('listitem');
    expect(item.textContent).toContain('Write it2.5 MB at most');
    expect(item.textContent).toContain('2 of 4 partitions');
    expect(item.textContent).toContain('Adds rows to DEMO.PUBLIC.T');
    expect(dialog.getByText('2.5 MB')).toBeTruthy();
    expect(dialog.queryByText(/may pass its budget/)).toBeNull();
    expect(api.previewCost.mock.calls[0]?.[0]).toMatchObject({ name: 'Costly', nodes: [{ id: 'out' }] });
    await user.click(dialog.getByRole('button', { name: 'Run workflow' }));
    expect(onRun).toHaveBeenCalledTimes(1);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it.each([
    [3, 1_200, '3, about 1,200 tokens'],
    [null, null, 'Not known before the run'],
  ])('says how often models are asked: %p', async (aiCalls, estimate, text) => {
    api.previewCost.mockResolvedValue({ ...previewOf(statement), aiCalls, tokens: { estimate } });
    const { dialog } = await open('Preview cost');
    expect((await dialog.findByText('Calls of models at most')).nextElementSibling?.textContent).toBe(text);
  });

  it('knows no sum where a statement is known at run time only, or refused', async () => {
    const unknown = { ...statement, bytes: { atMost: null }, partitions: null };
    api.previewCost.mockResolvedValue(
      previewOf(
        { ...unknown, step: 'a', known: 'at run time' },
        {
          ...unknown,
          step: 'b',
          known: 'not known',
          problem: { severity: 'error', code: 'NO_ACCESS', message: 'Your role may not read it.' },
        },
      ),
    );
    const { dialog } = await open('Preview cost');
    expect(await dialog.findByText('Known at run time')).toBeTruthy();
    expect(dialog.getByText('Not known before the run')).toBeTruthy();
    expect(dialog.getByText(/Your role may not read it/).textContent).toContain('NO_ACCESS');
  });

  it('warns of a budget that the run may pass, the lower one', async () => {
    api.fetchBudget.mockResolvedValue({
      ...NO_BUDGET,
      maxBytes: 9_000_000,
      tenant: { ...NO_BUDGET, maxBytes: 1_000_000 },
    });
    const { dialog } = await open('Preview cost');
    expect(await dialog.findByText(/It may read 2.5 MB, and its budget is 1 MB/)).toBeTruthy();
  });

  it('leads to the problems of an invalid workflow', async () => {
    const problems = [{ severity: 'error' as const, code: 'NO_ACCESS' as const, message: 'No.' }];
    api.previewCost.mockRejectedValue(new ApiError(422, { code: 'WORKFLOW_INVALID', detail: 'Problems.', problems }));
    const { dialog, user } = await open('Preview cost');
    await user.click(await dialog.findByRole('button', { name: 'Show problems' }));
    expect(useBuilder.getState()).toMatchObject({ drawerTab: 'problems', drawerOpen: true, serverProblems: problems });
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('says why it could not be found out, and asks again', async () => {
    api.previewCost.mockRejectedValue(new ApiError(504, { code: 'DEADLINE_EXCEEDED', detail: 'Not within 40 s.' }));
    const { dialog, user } = await open('Preview cost');
    expect((await dialog.findByRole('alert')).textContent).toContain('Not within 40 s.');
    api.previewCost.mockResolvedValue(previewOf(statement));
    await user.click(dialog.getByRole('button', { name: 'Try again' }));
    expect(await dialog.findByRole('listitem')).toBeTruthy();
  });
});

describe('The ways to run', () => {
  beforeEach(() => {
    api.previewCost.mockResolvedValue(previewOf(statement));
  });
  afterEach(() => jest.resetAllMocks());

  it('stand in one menu with what a run would read at most', async () => {
    const { user, onRun } = setUp();
    await user.click(screen.getByRole('button', { name: /^Ways to run/ }));
    expect((await screen.findByText('2.5 MB at most')).closest('[role=menuitem]')?.textContent).toContain(
      'Preview cost',
    );
    expect(screen.getByRole('menuitem', { name: /^Run to selected node/ }).getAttribute('aria-disabled')).toBe('true');
    await user.click(screen.getByRole('menuitem', { name: /^Debug run/ }));
    expect(onRun).toHaveBeenCalledWith('debug');
  });

  it('say no cost where it is not known before the run', async () => {
    api.previewCost.mockResolvedValue(previewOf({ ...statement, bytes: { atMost: null } }));
    const { user } = setUp();
    await user.click(screen.getByRole('button', { name: /^Ways to run/ }));
    await waitFor(() => expect(api.previewCost).toHaveBeenCalledTimes(1));
    expect(screen.queryByText(/at most/)).toBeNull();
  });
});

describe('The budget of a workflow', () => {
  beforeEach(() => {
    api.previewCost.mockResolvedValue(previewOf(statement));
    api.fetchBudget.mockResolvedValue({
      ...NO_BUDGET,
      maxStatements: 5,
      tenant: { ...NO_BUDGET, maxBytes: 3_000_000_000 },
    });
  });
  afterEach(() => jest.resetAllMocks());

  it('is filled in, refused beside its field where it is no number, and saved', async () => {
    api.saveBudget.mockResolvedValue({ ...NO_BUDGET, tenant: NO_BUDGET });
    const { dialog, user } = await open('Edit budget');
    const bytes = await dialog.findByRole('textbox', { name: /reads at most/ });
    expect(dialog.getByText('Your tenant allows 3 GB at most.')).toBeTruthy();
    await user.type(bytes, 'a lot');
    await user.click(dialog.getByRole('button', { name: 'Save budget' }));
    expect(await dialog.findByText(/A number above 0, as 2.5/)).toBeTruthy();
    expect(api.saveBudget).not.toHaveBeenCalled();
    await user.clear(bytes);
    await user.type(bytes, '1.5');
    await user.clear(dialog.getByRole('textbox', { name: /sends at most/ }));
    await user.click(dialog.getByRole('button', { name: 'Save budget' }));
    expect(api.saveBudget.mock.calls[0]).toEqual(['wf_1', { ...NO_BUDGET, maxBytes: 1_500_000_000 }]);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('that was not saved says why and keeps what was typed', async () => {
    api.saveBudget.mockRejectedValue(new ApiError(403, { code: 'FORBIDDEN', detail: 'Viewers can read workflows.' }));
    const { dialog, user } = await open('Edit budget');
    const seconds = await dialog.findByRole('textbox', { name: /begins after/ });
    await user.type(seconds, '60');
    await user.click(dialog.getByRole('button', { name: 'Save budget' }));
    expect((await dialog.findByRole('alert')).textContent).toContain('Viewers can read workflows.');
    expect(seconds).toHaveProperty('value', '60');
  });
});

describe('Who could run a workflow', () => {
  it('is shown by role and node, with what is missing and what may differ', async () => {
    api.previewCost.mockResolvedValue(previewOf(statement));
    jest.mocked(access.fetchAccessMatrix).mockResolvedValue({
      roles: ['ANALYST', 'LOADER'],
      moreRoles: true,
      note: 'From grants.',
      nodes: [
        {
          nodeId: 'out',
          needs: [],
          needsMore: false,
          policies: ['D.S.MASK'],
          cells: [
            { role: 'ANALYST', state: 'missing', missing: [{ privilege: 'INSERT', object: 'D.S.T' }] },
            { role: 'LOADER', state: 'granted', missing: [] },
          ],
        },
      ],
    });
    const { dialog } = await open('Who could run this');
    const row = await dialog.findByRole('row', { name: /^Write it/ });
    expect(row.textContent).toContain('Other roles may see other values: D.S.MASK');
    expect(
      within(row)
        .getAllByRole('cell')
        .map(({ textContent }) => textContent?.trim()),
    ).toEqual(['MissingINSERT on D.S.T', 'Granted']);
    expect(dialog.getByText('There are more roles than these.')).toBeTruthy();
    expect(dialog.getByText('From grants.')).toBeTruthy();
  });
});

describe('What a role may do, before the run', () => {
  beforeEach(() => {
    api.fetchBudget.mockResolvedValue({ ...NO_BUDGET, tenant: NO_BUDGET });
  });

  it.each<[cost.StatementPreview['access'], string]>([
    [{ state: 'granted', by: 'explain' }, 'Your role may do this, by EXPLAIN'],
    [{ state: 'unknown', by: null }, 'unknown until it runs'],
    [
      { state: 'missing', missing: [{ privilege: 'SELECT', object: 'D.S.T' }], by: 'explain-privileges' },
      'Your role lacks SELECT on D.S.T',
    ],
  ])('stands with each statement: %j', async (proof, text) => {
    api.previewCost.mockResolvedValue(previewOf({ ...statement, access: proof }));
    const { dialog } = await open('Preview cost');
    expect((await dialog.findByRole('listitem')).textContent).toContain(text);
  });
});

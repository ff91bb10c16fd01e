import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { ApiError } from '../../api/api-error';
import * as deploy from '../../api/deploy';
import type { Deployed, DeployPreview, Me } from '../../api/types';
import { openWorkflow, useBuilder } from '../../store/builder-store';
import { meQuery } from '../session/me-query';
import { DeployDialog } from './DeployDialog';

// The network ends here: what is sent is looked at, what is answered is said.
jest.mock('../../api/deploy');
const api = jest.mocked(deploy);

const shown: DeployPreview = {
  revision: 4,
  fingerprint: 'f1',
  problems: [{ severity: 'warning', code: 'DEPLOYS_DIFFERENTLY', nodeId: 'out', message: 'A view keeps no order' }],
  statements: [
    { sql: 'CREATE VIEW "DEMO"."PUBLIC"."BIG" AS\nSELECT 1', purpose: 'create', object: '"DEMO"."PUBLIC"."BIG"' },
    { sql: 'DROP VIEW "DEMO"."PUBLIC"."BIG"', purpose: 'undo', object: '"DEMO"."PUBLIC"."BIG"' },
  ],
  rights: {
    decidedBy: 'owner',
    role: 'SYSADMIN',
    summary: 'Everyone reads what SYSADMIN may read.',
    consequences: ['It stops when SYSADMIN loses a right.'],
    needs: ['CREATE VIEW on DEMO.PUBLIC'],
    reads: [{ nodeId: 'orders', object: 'SALES.PUBLIC.ORDERS' }, { nodeId: 'own' }],
    writes: [],
  },
};

function setUp(more: Partial<Me> = {}) {
  const me = {
    username: 'ADA',
    database: 'DEMO',
    schema: 'PUBLIC',
    warehouse: 'WH',
    warehouses: ['WH'],
    appRole: 'builder',
    ...more,
  };
  const queries = new QueryClient();
  queries.setQueryData(meQuery.queryKey, me as Me);
  openWorkflow({
    id: 'wf_1',
    revision: 4,
    definition: {
      schemaVersion: 1,
      name: 'Big',
      description: '',
      parameters: [{ name: 'least', type: 'number' }],
      nodes: [{ id: 'out', type: 'output.result', label: 'Biggest', position: { x: 0, y: 0 }, config: { name: 'R' } }],
      edges: [],
      notes: [],
      groups: [],
    },
  });
  const onClose = jest.fn();
  const saving = { flush: () => Promise.resolve(true), revision: () => 4 };
  render(
    <QueryClientProvider client={queries}>
      <DeployDialog workflowId="wf_1" saving={saving} onClose={onClose} />
    </QueryClientProvider>,
  );
  return { user: userEvent.setup(), onClose };
}

const button = (name: string) => screen.getByRole('button', { name });

describe('The dialog that deploys', () => {
  afterEach(() => jest.resetAllMocks());

  it('shows the SQL, whose rights readers get and what differs, then makes it once that is confirmed', async () => {
    api.previewDeploy.mockResolvedValue(shown);
    const made: Deployed = {
      state: 'done',
      created: ['"DEMO"."PUBLIC"."BIG"'],
      undo: ['DROP VIEW "DEMO"."PUBLIC"."BIG"'],
      statements: [{ sql: 'CREATE VIEW', purpose: 'create', outcome: 'succeeded', queryId: 'q1' }],
    };
    api.applyDeploy.mockResolvedValue(made);
    const { user, onClose } = setUp();
    await user.type(screen.getByLabelText('least'), '7');
    await user.click(button('Show SQL'));
    const rights = await screen.findByRole('region', { name: 'Whose rights readers get' });
    expect(rights.textContent).toContain('Everyone reads what SYSADMIN may read.');
    expect(rights.textContent).toContain('SALES.PUBLIC.ORDERS');
    expect(rights.textContent).toContain('what the SQL of “own” names');
    screen.getByRole('button', { name: /Biggest A view keeps no order/ });
    const name = { database: 'DEMO', schema: 'PUBLIC', name: 'BIG' };
    const body = { target: 'view', revision: 4, name, replace: false, secure: false, parameters: { least: 7 } };
    expect(api.previewDeploy.mock.calls).toEqual([['wf_1', body]]);

    await user.click(button('Create in Snowflake'));
    const confirm = screen.getByRole('dialog', { name: 'Create the view BIG?' });
    expect(confirm.textContent).toContain('Everyone reads what SYSADMIN may read.');
    expect(api.applyDeploy).not.toHaveBeenCalled();
    await user.click(within(confirm).getByRole('button', { name: 'Create in Snowflake' }));
    await screen.findByRole('dialog', { name: 'It is in Snowflake now' });
    expect(api.applyDeploy.mock.calls).toEqual([['wf_1', body, 'f1']]);
    await user.click(button('Done'));
    expect(onClose).toHaveBeenCalled();
  });

  it('forgets what it showed when a field changes', async () => {
    api.previewDeploy.mockResolvedValue(shown);
    const { user } = setUp();
    await user.click(button('Show SQL'));
    await screen.findByRole('button', { name: 'Create in Snowflake' });
    await user.type(screen.getByLabelText('Name'), 'GER');
    expect(screen.queryByRole('button', { name: 'Create in Snowflake' })).toBeNull();
    expect(screen.queryByRole('region', { name: 'Whose rights readers get' })).toBeNull();
  });

  it('leads from a problem to its node, and makes nothing of it', async () => {
    const problems: DeployPreview['problems'] = [
      { severity: 'error', code: 'NOT_DEPLOYABLE', nodeId: 'out', message: 'A view writes no table' },
    ];
    api.previewDeploy.mockResolvedValue({ ...shown, statements: [], problems });
    const { user, onClose } = setUp();
    await user.click(button('Show SQL'));
    await user.click(await screen.findByRole('button', { name: /Biggest A view writes no table/ }));
    expect(onClose).toHaveBeenCalled();
    expect(useBuilder.getState().wantedField).toMatchObject({ nodeId: 'out' });
  });

  it('puts what the server refuses beside its field', async () => {
    const errors = [{ path: 'parameters.least', message: 'It has no default, so give a value' }];
    api.previewDeploy.mockRejectedValue(new ApiError(422, { code: 'VALIDATION', detail: 'Not right.', errors }));
    const { user } = setUp();
    await user.click(button('Show SQL'));
    await screen.findByText('It has no default, so give a value');
    expect(screen.getByLabelText('least').getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByRole('alert').textContent).toContain('Not right.');
  });

  it('says what was made before a statement failed', async () => {
    api.previewDeploy.mockResolvedValue(shown);
    api.applyDeploy.mockResolvedValue({
      state: 'failed',
      created: ['"DEMO"."PUBLIC"."ROOT"'],
      undo: ['DROP TASK "DEMO"."PUBLIC"."ROOT"'],
      statements: [
        { sql: 'CREATE TASK "ROOT"', purpose: 'create', outcome: 'succeeded' },
        { sql: 'CREATE TASK "CHILD"', purpose: 'create', outcome: 'failed', message: 'No privilege.' },
        { sql: 'ALTER TASK "ROOT" RESUME', purpose: 'start', outcome: 'not-sent' },
      ],
    });
    const { user } = setUp();
    await user.click(button('Show SQL'));
    await user.click(await screen.findByRole('button', { name: 'Create in Snowflake' }));
    await user.click(button('Create in Snowflake'));
    const outcome = await screen.findByRole('dialog', { name: 'It is not all there' });
    expect(outcome.textContent).toContain('Made: "DEMO"."PUBLIC"."ROOT"');
    expect(within(outcome).getByRole('alert').textContent).toContain('No privilege. What was made before it is there.');
    expect(
      within(outcome)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual(['Done CREATE TASK "ROOT"', 'Failed CREATE TASK "CHILD"', 'Not sent ALTER TASK "ROOT" RESUME']);
  });

  it('lets viewers copy only, and a script be copied only', async () => {
    api.previewDeploy.mockResolvedValue(shown);
    const { user } = setUp({ appRole: 'viewer' });
    await user.click(button('Show SQL'));
    expect((await screen.findByRole('button', { name: 'Create in Snowflake' })).getAttribute('aria-disabled')).toBe(
      'true',
    );
    await user.click(screen.getByRole('radio', { name: 'SQL script' }));
    await user.click(button('Show SQL'));
    await screen.findByRole('button', { name: 'Copy SQL' });
    expect(screen.queryByRole('button', { name: 'Create in Snowflake' })).toBeNull();
  });

  it('asks for schedule and warehouse of a task', async () => {
    api.previewDeploy.mockResolvedValue(shown);
    const { user } = setUp();
    await user.click(screen.getByRole('radio', { name: 'Task' }));
    await user.selectOptions(screen.getByLabelText('Starts'), 'every');
    await user.clear(screen.getByLabelText('Minutes between two runs'));
    await user.type(screen.getByLabelText('Minutes between two runs'), '15');
    await user.click(button('Show SQL'));
    await screen.findByRole('button', { name: 'Create in Snowflake' });
    expect(api.previewDeploy.mock.calls[0]?.[1]).toMatchObject({
      target: 'task',
      warehouse: 'WH',
      schedule: { everyMinutes: 15 },
    });
  });
});

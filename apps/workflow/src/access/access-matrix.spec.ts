import { AppError } from '@snowflow/contracts/errors/app-error';
import type { AccessMatrixRequest } from '@snowflow/contracts/workflow/access.dto';
import { documentOf, result, table, write } from '../testing/documents';
import { startWorkflowBench, type Person, type WorkflowBench } from '../testing/workflow-bench';
import { AccessMatrixService } from './access-matrix.service';

jest.setTimeout(30_000);

const USE = [
  ['USAGE', 'DATABASE', 'DEMO'],
  ['USAGE', 'SCHEMA', 'DEMO.PUBLIC'],
];
const GRANTS: Record<string, string[][]> = {
  PUBLIC: [],
  READER: [...USE, ['SELECT', 'TABLE', 'DEMO.PUBLIC.ORDERS']],
  WRITER: [
    ['USAGE', 'ROLE', 'READER'],
    ['OWNERSHIP', 'TABLE', 'DEMO.PUBLIC.TARGET'],
  ],
  BY_DATABASE_ROLE: [['USAGE', 'DATABASE_ROLE', 'DEMO.ALL_OF_IT']],
};

describe('The matrix of roles and nodes', () => {
  let bench: WorkflowBench;
  let person: Person;

  beforeAll(async () => {
    bench = await startWorkflowBench();
    person = await bench.signIn(undefined, { role: 'READER' });
    bench.snowflake.roles = ['READER', 'WRITER'];
    bench.snowflake.shown = (sql) => {
      if (sql === 'SHOW DATABASES') return { columns: ['name', 'kind'], rows: [['SHARED', 'IMPORTED DATABASE']] };
      if (sql === 'SHOW ROLES')
        return { columns: ['name'], rows: [...Object.keys(GRANTS), 'HIDDEN'].map((one) => [one]) };
      const role = /^SHOW GRANTS TO ROLE "(.*)"$/.exec(sql)?.[1] ?? '';
      const rows = GRANTS[role];
      if (!rows) throw new AppError('SQL_FAILED', 'Not for you.');
      return { columns: ['privilege', 'granted_on', 'name'], rows };
    };
  }, 60_000);
  afterAll(() => bench?.stop());

  const matrix = (request: AccessMatrixRequest, who = person) =>
    bench.as(who, () => bench.service.get(AccessMatrixService).of(request));
  const definition = documentOf([table('t', 'ORDERS'), result('r'), write('w', 'TARGET')], ['t -> r', 't -> w']);
  const states = async (request: AccessMatrixRequest, who = person) =>
    Object.fromEntries(
      (await matrix(request, who)).nodes.map(({ nodeId, cells }) => [
        nodeId,
        Object.fromEntries(cells.map(({ role, state }) => [role, state])),
      ]),
    );

  it('says by the grants of a role and of those that it inherits who may read and who may write', async () => {
    expect(await states({ definition })).toEqual({
      t: { READER: 'granted', WRITER: 'granted' },
      w: { READER: 'missing', WRITER: 'granted' },
    });
    const { nodes, note } = await matrix({ definition });
    expect(nodes[1]?.cells[0]?.missing).toEqual([{ privilege: 'INSERT', object: 'DEMO.PUBLIC.TARGET' }]);
    expect(note).toContain('From grants');
  });

  it('calls what it is not shown, or can’t look through, unknown', async () => {
    const admin = await bench.signIn(undefined, { role: 'READER' }, { appRole: 'admin' });
    expect((await states({ definition }, admin))['t']).toEqual({
      READER: 'granted',
      WRITER: 'granted',
      BY_DATABASE_ROLE: 'unknown',
      HIDDEN: 'unknown',
      PUBLIC: 'missing',
    });
    const ask = { id: 'ask', type: 'ai.complete', config: { model: 'm', prompt: 'x' } };
    expect(await states({ definition: documentOf([ask], []) })).toEqual({
      ask: { READER: 'unknown', WRITER: 'unknown' },
    });
  });

  it('reads a share by the right to use it, and the tables that a text of SQL names', async () => {
    const sql = 'SELECT * FROM SHARED.S.T JOIN ORDERS ON TRUE';
    const node = { id: 's', type: 'source.sql', config: { sql } };
    const place = await bench.signIn(undefined, { role: 'READER', database: 'DEMO', schema: 'PUBLIC' });
    expect(await states({ definition: documentOf([node], []) }, place)).toEqual({
      s: { READER: 'missing', WRITER: 'missing' },
    });
    GRANTS['READER']?.push(['USAGE', 'DATABASE', 'SHARED']);
    expect(await states({ definition: documentOf([node], []) }, place)).toEqual({
      s: { READER: 'granted', WRITER: 'granted' },
    });
  });

  it('shows a person no roles but their own, and those that were asked for', async () => {
    expect((await matrix({ definition, roles: ['WRITER', 'HIDDEN'] })).roles).toEqual(['WRITER']);
  });
});

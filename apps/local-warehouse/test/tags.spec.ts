import { DriverSession, startTestWarehouse, type TestWarehouse } from './driver-session';

const references = (name: string, domain = 'table') =>
  `SELECT COLUMN_NAME, TAG_NAME, TAG_VALUE, LEVEL FROM TABLE(DEMO.INFORMATION_SCHEMA.${name}('DEMO.PUBLIC.PEOPLE', '${domain}'))`;

describe('Tags', () => {
  let warehouse: TestWarehouse;
  let session: DriverSession;

  beforeAll(async () => {
    warehouse = await startTestWarehouse();
    session = await DriverSession.open(warehouse);
    await session.run('CREATE TABLE DEMO.PUBLIC.PEOPLE (ID INT, EMAIL VARCHAR)');
    await session.run(`CREATE TAG DEMO.PUBLIC.PII ALLOWED_VALUES 'yes', 'no'`);
    await session.run(`CREATE TAG IF NOT EXISTS DEMO.PUBLIC.PII COMMENT = 'again'`);
    await session.run('CREATE TAG DEMO.PUBLIC.TEAM');
  });
  afterAll(async () => {
    await session.close();
    await warehouse.stop();
  });

  it('are set on tables and columns, pass on to columns, and outlive a restart', async () => {
    await session.run(`ALTER TABLE DEMO.PUBLIC.PEOPLE SET TAG DEMO.PUBLIC.PII = 'no', DEMO.PUBLIC.TEAM = 'hr'`);
    await session.run(`ALTER TABLE DEMO.PUBLIC.PEOPLE MODIFY COLUMN EMAIL SET TAG DEMO.PUBLIC.PII = 'yes'`);
    await session.close();
    await warehouse.restart();
    session = await DriverSession.open(warehouse);
    expect(await session.rows(references('TAG_REFERENCES'))).toEqual([
      [null, 'PII', 'no', 'TABLE'],
      [null, 'TEAM', 'hr', 'TABLE'],
    ]);
    expect(await session.rows(`${references('TAG_REFERENCES_ALL_COLUMNS')} WHERE COLUMN_NAME = 'EMAIL'`)).toEqual([
      ['EMAIL', 'PII', 'yes', 'COLUMN'],
      ['EMAIL', 'TEAM', 'hr', 'TABLE'],
    ]);
    await session.run(`ALTER TABLE DEMO.PUBLIC.PEOPLE ALTER COLUMN EMAIL UNSET TAG DEMO.PUBLIC.PII`);
    expect(await session.rows(`${references('TAG_REFERENCES_ALL_COLUMNS')} WHERE LEVEL = 'COLUMN'`)).toEqual([]);
  });

  it('are refused where they are not there, may not have the value, or are a masking policy', async () => {
    const tagging = (tag: string) => session.failure(`ALTER TABLE DEMO.PUBLIC.PEOPLE SET TAG ${tag}`);
    expect((await tagging(`DEMO.PUBLIC.NONE = 'x'`)).code).toBe('002003');
    expect((await tagging(`DEMO.PUBLIC.PII = 'maybe'`)).message).toMatch(/PII.*maybe/);
    expect((await session.failure('CREATE TAG DEMO.PUBLIC.PII')).code).toBe('002002');
    const policy = 'CREATE MASKING POLICY M AS (V VARCHAR) RETURNS VARCHAR -> V';
    expect((await session.failure(policy)).message).toContain('CREATE MASKING');
  });

  it('stand beside no policies, and change when a table was altered', async () => {
    const policies = `SELECT POLICY_NAME FROM TABLE(DEMO.INFORMATION_SCHEMA.POLICY_REFERENCES(REF_ENTITY_NAME => 'DEMO.PUBLIC.PEOPLE', REF_ENTITY_DOMAIN => 'TABLE'))`;
    expect(await session.rows(policies)).toEqual([]);
    const altered = `SELECT LAST_ALTERED > CREATED FROM DEMO.INFORMATION_SCHEMA.TABLES WHERE TABLE_NAME = 'PEOPLE'`;
    expect(await session.rows(altered)).toEqual([['TRUE']]);
  });
});

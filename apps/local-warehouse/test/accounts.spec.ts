import { DriverSession, startTestWarehouse, type TestWarehouse } from './driver-session';

describe('accounts and roles', () => {
  let warehouse: TestWarehouse;
  let admin: DriverSession;
  let analyst: DriverSession;
  let other: DriverSession;
  const place = { database: 'DEMO', schema: 'PUBLIC' };

  beforeAll(async () => {
    warehouse = await startTestWarehouse();
    admin = await DriverSession.open(warehouse, place);
    analyst = await DriverSession.open(warehouse, { ...place, username: 'analyst', password: 'analyst' });
    other = await DriverSession.open(warehouse, { ...place, account: 'demo2', username: 'demo2', password: 'demo2' });
    await admin.run("CREATE TABLE secret AS SELECT 1 AS id, 'canary' AS word");
  });

  afterAll(async () => {
    await Promise.all([admin, analyst, other].map((session) => session.close()));
    await warehouse.stop();
  });

  it('tells who and where a session is', async () => {
    const sql =
      'SELECT CURRENT_ORGANIZATION_NAME(), CURRENT_ACCOUNT_NAME(), CURRENT_ACCOUNT(), CURRENT_REGION(), CURRENT_USER(), CURRENT_ROLE(), CURRENT_WAREHOUSE()';
    expect(await admin.rows(sql)).toEqual([['SNOWFLOW', 'DEMO', 'DEMO', 'LOCAL', 'DEMO', 'SYSADMIN', 'DEMO_WH']]);
    expect(await other.rows(sql)).toEqual([['SNOWFLOW', 'DEMO2', 'DEMO2', 'LOCAL', 'DEMO2', 'SYSADMIN', 'DEMO_WH']]);
  });

  it('gives each account data of its own', async () => {
    expect((await other.failure('SELECT * FROM secret')).code).toBe('002003');
    await other.run("CREATE TABLE secret AS SELECT 2 AS id, 'other' AS word");
    expect(await other.rows('SELECT word FROM secret')).toEqual([['other']]);
    expect(await admin.rows('SELECT word FROM secret')).toEqual([['canary']]);
  });

  it('gives each account people of its own', async () => {
    await expect(
      DriverSession.open(warehouse, { account: 'demo2', username: 'analyst', password: 'analyst' }),
    ).rejects.toMatchObject({ code: '390100' });
    await (await DriverSession.open(warehouse, { account: 'demo2' })).close();
  });

  it('hides one account’s results from the other', async () => {
    const { statement } = await admin.run('SELECT * FROM secret');
    const failure = await other.failure(`SELECT * FROM TABLE(RESULT_SCAN('${statement.getQueryId()}'))`);
    expect(failure.code).toBe('000709');
  });

  it('lists a person’s roles', async () => {
    const roles = (await admin.run('SHOW GRANTS TO USER demo')).rows.map((row) => row[1]);
    expect(roles).toEqual(['ACCOUNTADMIN', 'SYSADMIN', 'ANALYST']);
    expect(await analyst.rows('SELECT CURRENT_AVAILABLE_ROLES()')).toEqual([['["ANALYST"]']]);
    expect((await analyst.run('SHOW ROLES')).rows.map((row) => row[1])).toEqual(['ANALYST']);
  });

  it('lets only who has MANAGE GRANTS hand it on', async () => {
    const give = 'GRANT MANAGE GRANTS ON ACCOUNT TO ROLE proof';
    const shown = async () =>
      (await admin.run('SHOW GRANTS TO ROLE proof')).rows.map(([, privilege, on]) => [privilege, on]);
    await admin.run('USE ROLE USERADMIN');
    await admin.run('CREATE ROLE proof');
    await admin.run('GRANT ROLE proof TO USER demo');
    expect((await admin.failure(give)).code).toBe('003001');
    expect(await shown()).toEqual([]);
    await admin.run('USE ROLE SECURITYADMIN');
    await admin.run(give);
    expect(await shown()).toEqual([['MANAGE GRANTS', 'ACCOUNT']]);
    await admin.run('REVOKE MANAGE GRANTS ON ACCOUNT FROM ROLE proof');
    expect(await shown()).toEqual([]);
    await admin.run('DROP ROLE proof');
    await admin.run('USE ROLE SYSADMIN');
  });

  it('lets a person use granted roles only', async () => {
    await admin.run('USE ROLE ANALYST');
    expect(await admin.rows('SELECT CURRENT_ROLE()')).toEqual([['ANALYST']]);
    await admin.run('USE ROLE SYSADMIN');
    expect(await analyst.failure('USE ROLE SYSADMIN')).toMatchObject({ code: '003013', sqlState: '42501' });
  });

  it('lets ANALYST read DEMO.PUBLIC and the samples, and write nothing', async () => {
    expect(await analyst.rows('SELECT word FROM secret')).toEqual([['canary']]);
    expect(await analyst.rows('SELECT COUNT(*) FROM snowflake_sample_data.tpch_sf1.nation')).toEqual([['25']]);
    for (const sql of [
      'INSERT INTO secret VALUES (9, NULL)',
      'UPDATE secret SET id = 9',
      'DELETE FROM secret',
      'TRUNCATE TABLE secret',
      'DROP TABLE secret',
      'ALTER TABLE secret ADD COLUMN x INT',
      'CREATE TABLE mine (a INT)',
      'CREATE VIEW mine AS SELECT 1 AS a',
      'CREATE SCHEMA mine',
      'CREATE DATABASE mine',
    ]) {
      expect(await analyst.failure(sql)).toMatchObject({ code: '003001', sqlState: '42501' });
    }
    expect(await admin.rows('SELECT COUNT(*) FROM secret')).toEqual([['1']]);
  });

  it('shows ANALYST nothing of a schema that was not opened to it', async () => {
    await admin.run('CREATE SCHEMA hidden');
    await admin.run('CREATE TABLE hidden.t (a INT)');
    await admin.run('USE SCHEMA DEMO.PUBLIC');
    expect((await analyst.failure('SELECT * FROM demo.hidden.t')).code).toBe('002003');
    expect((await analyst.failure('SHOW TABLES IN SCHEMA demo.hidden')).code).toBe('002043');
    expect((await analyst.run('SHOW SCHEMAS IN DATABASE demo')).rows.map((row) => row[1])).not.toContain('HIDDEN');
    expect(await analyst.rows("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = 'HIDDEN'")).toEqual([
      ['0'],
    ]);
  });

  it('lets a view read what its owner reads', async () => {
    await admin.run('CREATE VIEW opened AS SELECT COUNT(*) AS n FROM demo.hidden.t');
    expect(await analyst.rows('SELECT n FROM opened')).toEqual([['0']]);
  });

  it('keeps the text of a secure view to its owner', async () => {
    await admin.run('CREATE SECURE VIEW closed AS SELECT word FROM secret');
    expect(await analyst.rows('SELECT word FROM closed')).toEqual([['canary']]);
    const definition = "SELECT is_secure, view_definition FROM information_schema.views WHERE table_name = 'CLOSED'";
    expect(await admin.rows(definition)).toEqual([['YES', 'SELECT word FROM secret']]);
    expect(await analyst.rows(definition)).toEqual([['YES', '']]);
    const shown = JSON.stringify((await analyst.run("SHOW VIEWS LIKE 'CLOSED'")).rows);
    expect(shown).toContain('CLOSED');
    expect(shown).not.toContain('secret');
  });

  it('lets a view take the place of another, with its grants and a comment', async () => {
    await admin.run("CREATE VIEW seen COMMENT = 'first' AS SELECT 1 AS a");
    expect(await admin.failure("CREATE VIEW seen COMMENT = 'again' AS SELECT 2 AS a")).toMatchObject({
      code: '002002',
    });
    await admin.run("CREATE OR REPLACE SECURE VIEW seen COPY GRANTS COMMENT = 'it''s second' AS SELECT 2 AS a");
    expect(await analyst.rows('SELECT a FROM seen')).toEqual([['2']]);
    expect(await analyst.rows("SELECT comment FROM information_schema.views WHERE table_name = 'SEEN'")).toEqual([
      ["it's second"],
    ]);
  });

  it('adds the other granted roles when secondary roles are on', async () => {
    await admin.run('USE ROLE ANALYST');
    expect((await admin.failure('DELETE FROM secret')).code).toBe('003001');
    await admin.run('USE SECONDARY ROLES ALL');
    expect((await admin.run('DELETE FROM secret WHERE id = 5')).rows).toEqual([['0']]);
    await admin.run('USE SECONDARY ROLES NONE');
    await admin.run('USE ROLE SYSADMIN');
  });

  it('lets nobody write the sample share', async () => {
    await admin.run('USE ROLE ACCOUNTADMIN');
    for (const sql of [
      'DELETE FROM snowflake_sample_data.tpch_sf1.nation',
      'CREATE TABLE snowflake_sample_data.tpch_sf1.t (a INT)',
      'DROP TABLE snowflake_sample_data.tpch_sf1.nation',
      'DROP DATABASE snowflake_sample_data',
    ]) {
      expect(await admin.failure(sql)).toMatchObject({ code: '003001', sqlState: '42501' });
    }
    await admin.run('USE ROLE SYSADMIN');
  });

  it('keeps a temporary table to its session', async () => {
    await admin.run('CREATE TEMPORARY TABLE scratch AS SELECT 1 AS a');
    expect(await admin.rows('SELECT a FROM scratch')).toEqual([['1']]);
    const second = await DriverSession.open(warehouse, place);
    expect((await second.failure('SELECT a FROM scratch')).code).toBe('002003');
    await second.close();
  });

  it('keeps tables, views and sequences over a restart, and no temporary table', async () => {
    await admin.run('CREATE TABLE kept ("mixed Case" INT NOT NULL, "MIXED CASE" NUMBER(10,2) DEFAULT 1.5, v VARIANT)');
    await admin.run('INSERT INTO kept ("mixed Case") VALUES (1)');
    await admin.run('CREATE VIEW kept_view AS SELECT "mixed Case" + 1 AS n FROM kept');
    const before = (await admin.run('DESCRIBE TABLE kept')).rows;
    await warehouse.restart();
    const again = await DriverSession.open(warehouse, place);
    expect((await again.run('DESCRIBE TABLE kept')).rows).toEqual(before);
    expect(await again.rows('SELECT "mixed Case", "MIXED CASE" FROM kept')).toEqual([['1', '1.50']]);
    expect(await again.rows('SELECT n FROM kept_view')).toEqual([['2']]);
    expect((await again.failure('SELECT a FROM scratch')).code).toBe('002003');
    await again.close();
  });
});

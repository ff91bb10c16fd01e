import { DriverSession, startTestWarehouse, type TestWarehouse } from './driver-session';

describe('What a role sees', () => {
  let warehouse: TestWarehouse;
  let admin: DriverSession;
  let analyst: DriverSession;

  const start = async () => {
    admin = await DriverSession.open(warehouse);
    analyst = await DriverSession.open(warehouse, { username: 'analyst', password: 'analyst' });
  };
  beforeAll(async () => {
    warehouse = await startTestWarehouse({ madeUpTables: 2_500 });
    await start();
  });
  afterAll(async () => {
    await Promise.all([admin, analyst].map((session) => session.close()));
    await warehouse.stop();
  });

  const objects = async (session: DriverSession, within: string) => {
    const { rows, columns } = await session.run(`SHOW OBJECTS IN ${within} LIMIT 10000`);
    return rows.map((row) => String(row[columns.indexOf('name')]));
  };

  it('is every second object of the made-up estate, where only those were granted', async () => {
    const all = await objects(admin, 'DATABASE SALES_ESTATE_001');
    expect(all).toHaveLength(1_000);
    const granted = all.filter((name) => Number(name.slice(-6)) % 2 === 0);
    expect(await objects(analyst, 'DATABASE SALES_ESTATE_001')).toEqual(granted);
    expect(await objects(admin, 'DATABASE WEB_ESTATE_003')).toHaveLength(500);
    const hidden = all.find((name) => !granted.includes(name));
    const failure = await analyst.failure(`SELECT * FROM SALES_ESTATE_001.SALES_00.${hidden}`);
    expect(failure.code).toBe('002003');
  });

  it('can be read, as the rows of the sample that it says it has, and not be written', async () => {
    const { rows, columns } = await analyst.run('SHOW TABLES IN SCHEMA SALES_ESTATE_001.SALES_00');
    const table = rows.find((row) => String(row[columns.indexOf('name')]).startsWith('NATION'));
    const name = `SALES_ESTATE_001.SALES_00.${String(table?.[columns.indexOf('name')])}`;
    expect(table?.[columns.indexOf('rows')]).toBe('25');
    expect(await analyst.rows(`SELECT count(*) FROM ${name}`)).toEqual([['25']]);
    expect((await admin.failure(`DELETE FROM ${name}`)).code).toBe('003001');
    expect((await admin.failure('CREATE TABLE SALES_ESTATE_001.SALES_00.MINE (a INT)')).code).toBe('003001');
  });

  it('has its primary keys listed', async () => {
    await admin.run('CREATE TABLE DEMO.PUBLIC.KEYED (B INT, A INT, WORD VARCHAR, PRIMARY KEY (A, B))');
    const { rows, columns } = await analyst.run('SHOW PRIMARY KEYS IN TABLE DEMO.PUBLIC.KEYED');
    const cells = ['table_name', 'column_name', 'key_sequence'].map((name) => columns.indexOf(name));
    expect(rows.map((row) => cells.map((cell) => row[cell]))).toEqual([
      ['KEYED', 'B', '1'],
      ['KEYED', 'A', '2'],
    ]);
  });

  it('changes by GRANT and REVOKE, for good', async () => {
    await admin.run('CREATE DATABASE HR');
    await admin.run('CREATE SCHEMA HR.PAY');
    await admin.run('CREATE TABLE HR.PAY.SALARIES AS SELECT 1 AS ID');
    await admin.run('CREATE VIEW HR.PAY.AVERAGES AS SELECT 2 AS ID');
    expect((await analyst.failure('SHOW OBJECTS IN DATABASE HR')).code).toBe('002043');
    await admin.run('GRANT USAGE ON DATABASE HR TO ROLE ANALYST');
    await admin.run('GRANT USAGE ON SCHEMA HR.PAY TO ROLE ANALYST');
    expect(await objects(analyst, 'DATABASE HR')).toEqual([]);
    await admin.run('GRANT SELECT ON VIEW HR.PAY.AVERAGES TO ROLE ANALYST');
    expect(await objects(analyst, 'DATABASE HR')).toEqual(['AVERAGES']);
    expect(await analyst.rows('SELECT * FROM HR.PAY.AVERAGES')).toEqual([['2']]);
    await Promise.all([admin, analyst].map((session) => session.close()));
    await warehouse.restart();
    await start();
    expect(await objects(analyst, 'SCHEMA HR.PAY')).toEqual(['AVERAGES']);
    await admin.run('REVOKE SELECT ON VIEW HR.PAY.AVERAGES FROM ROLE ANALYST');
    expect(await objects(analyst, 'SCHEMA HR.PAY')).toEqual([]);
    expect((await analyst.failure('GRANT SELECT ON TABLE HR.PAY.SALARIES TO ROLE ANALYST')).code).toBe('002003');
  });
});

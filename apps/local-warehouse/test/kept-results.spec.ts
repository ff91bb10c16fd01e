import { DriverSession, startTestWarehouse, type TestWarehouse } from './driver-session';

/** More than there may be tables of results at a time. */
const AT_ONCE = 40;

describe('Results that are read again', () => {
  let warehouse: TestWarehouse;
  let session: DriverSession;

  beforeAll(async () => {
    warehouse = await startTestWarehouse();
    session = await DriverSession.open(warehouse, { database: 'DEMO', schema: 'PUBLIC' });
  });
  afterAll(async () => {
    await session.close();
    await warehouse.stop();
  });

  it('stay for those who wait to read them, however many others are read meanwhile', async () => {
    await session.run('CREATE TABLE copies (n NUMBER(38,0))');
    const numbers = Array.from({ length: AT_ONCE }, (_, index) => index);
    const made = await Promise.all(numbers.map((n) => session.run(`SELECT ${n} AS n`)));
    const copies = made.map(({ statement }) =>
      session.run(`INSERT INTO copies SELECT n FROM TABLE(RESULT_SCAN('${statement.getQueryId()}'))`),
    );
    await Promise.all(copies);
    const rows = await session.rows('SELECT n FROM copies ORDER BY n');
    expect(rows.flat().map(Number)).toEqual(numbers);
  });
});

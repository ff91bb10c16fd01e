import './quiet-driver';
import snowflake from 'snowflake-sdk';

/** Rows of a statement straight through the driver, as arrays of strings (null stays null): the yardstick for results through the API. */
export async function directSql(warehouseUrl: string, sqlText: string, user = 'demo'): Promise<(string | null)[][]> {
  const connection = snowflake.createConnection({
    account: 'demo',
    accessUrl: warehouseUrl,
    username: user,
    password: user,
    warehouse: 'DEMO_WH',
    fetchAsString: ['Number', 'Date', 'Boolean'],
    representNullAsStringNull: false,
    rowMode: 'array',
  });
  await new Promise<void>((resolve, reject) => connection.connect((error) => (error ? reject(error) : resolve())));
  try {
    return await new Promise((resolve, reject) =>
      connection.execute({
        sqlText,
        complete: (error, _statement, rows) =>
          error ? reject(error) : resolve((rows ?? []) as unknown as (string | null)[][]),
      }),
    );
  } finally {
    await new Promise<void>((resolve) => connection.destroy(() => resolve()));
  }
}

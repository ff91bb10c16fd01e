import snowflake from './quiet-driver';

/** A connection straight to the warehouse, beside SnowFlow: the yardstick for results and times. */
export interface DirectConnection {
  /** Rows as arrays of strings; null stays null. */
  rows(sqlText: string): Promise<(string | null)[][]>;
  run(sqlText: string): Promise<void>;
  /** Runs a statement, reads nothing of its result, and answers its query id. */
  submit(sqlText: string): Promise<string>;
  /** Reads the result of a statement that has ended, row by row, keeping none, and says how many there were. */
  count(queryId: string): Promise<number>;
  close(): Promise<void>;
}

export async function openDirect(warehouseUrl: string, user = 'demo'): Promise<DirectConnection> {
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
  const rows = (sqlText: string) =>
    new Promise<(string | null)[][]>((resolve, reject) =>
      connection.execute({
        sqlText,
        // The driver types rows as objects; in row mode `array` each is an array of the values asked as strings.
        complete: (error, _statement, found) =>
          error ? reject(error) : resolve((found ?? []) as unknown as (string | null)[][]),
      }),
    );
  return {
    rows,
    run: async (sqlText) => void (await rows(sqlText)),
    submit: (sqlText) =>
      new Promise((resolve, reject) =>
        connection.execute({
          sqlText,
          streamResult: true,
          complete: (error, statement) => (error ? reject(error) : resolve(statement.getQueryId())),
        }),
      ),
    count: (queryId) =>
      new Promise((resolve, reject) =>
        connection.fetchResult({
          queryId,
          sqlText: '',
          streamResult: true,
          complete: (error, statement) => {
            if (error) return reject(error);
            let count = 0;
            statement
              .streamRows()
              .on('error', reject)
              .on('data', () => (count += 1))
              .on('end', () => resolve(count));
          },
        }),
      ),
    close: () => new Promise((resolve) => connection.destroy(() => resolve())),
  };
}

/** Rows of one statement on a connection of its own. */
export async function directSql(warehouseUrl: string, sqlText: string, user = 'demo'): Promise<(string | null)[][]> {
  const connection = await openDirect(warehouseUrl, user);
  try {
    return await connection.rows(sqlText);
  } finally {
    await connection.close();
  }
}

/** A new programmatic access token of a user of the demo account. */
export async function accessTokenOf(warehouseUrl: string, user: string): Promise<string> {
  const connection = await openDirect(warehouseUrl);
  try {
    await connection.run('USE ROLE ACCOUNTADMIN');
    const [made] = await connection.rows(`ALTER USER ${user} ADD PROGRAMMATIC ACCESS TOKEN T${Date.now()}`);
    return made?.[1] ?? '';
  } finally {
    await connection.close();
  }
}

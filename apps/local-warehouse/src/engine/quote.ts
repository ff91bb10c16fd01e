/** A DuckDB or Snowflake identifier in quotes. */
export const identifier = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** A string literal. */
export const text = (value: string) => `'${value.replaceAll("'", "''")}'`;

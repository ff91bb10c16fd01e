/** The name of a role, user or warehouse as people write it, as Snowflake stores it: upper case, unless it stands in double quotes. */
export function snowflakeName(written: string): string {
  const text = written.trim();
  const quoted = /^"((?:[^"]|"")+)"$/.exec(text)?.[1];
  return quoted === undefined ? text.toUpperCase() : quoted.replaceAll('""', '"');
}

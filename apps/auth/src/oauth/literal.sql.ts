/** A string constant of Snowflake. Binds are not for statements that a person pastes. */
export function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

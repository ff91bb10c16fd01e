/** SQL text that a person typed can't be used; the message is for them. Checks turn it into an INVALID_SQL or UNKNOWN_PARAMETER problem. */
export class SqlTextError extends Error {
  constructor(
    message: string,
    readonly code: 'INVALID_SQL' | 'UNKNOWN_PARAMETER' = 'INVALID_SQL',
    readonly suggestion?: string,
  ) {
    super(message);
    this.name = 'SqlTextError';
  }
}

/** What a route of the REST interface answers: JSON, or server-sent events one by one. */
export type RestReply = { body: object } | { events: readonly string[] };

/** A refusal with its HTTP status. */
export class RestRefusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

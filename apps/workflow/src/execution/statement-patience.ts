/** Why a statement is given up that Snowflake should have ended itself. */
export class NoAnswer extends Error {}

/** How long a statement is waited for. It starts anew where the statement had to wait for a place before it was sent. */
export class StatementPatience {
  private readonly control = new AbortController();
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly limitMs: number) {
    this.startAnew();
  }

  /** Aborted with NoAnswer. */
  get signal(): AbortSignal {
    return this.control.signal;
  }

  startAnew(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.control.abort(new NoAnswer()), this.limitMs).unref();
  }

  stop(): void {
    clearTimeout(this.timer);
  }
}

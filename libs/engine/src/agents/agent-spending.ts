import { AppError } from '@snowflow/contracts/errors/app-error';
import type { AgentLimits } from './agent-limits';

/** An answer that may not even be as long as this is not asked for. */
const SHORTEST_ANSWER = 16;

/** What an agent has taken. Every call is asked for here first, and what would pass a limit is not made. */
export class AgentSpending {
  private steps = 0;
  private calls = 0;
  private tokens = 0;
  /** Of calls that are under way. */
  private reserved = 0;
  private readonly openedAt: number;

  constructor(
    private readonly name: string,
    private readonly limits: AgentLimits,
    private readonly time: { now(): number; earlierMs: number },
    /** Who delegated to it: what it takes is taken there too. */
    private readonly above?: AgentSpending,
  ) {
    this.openedAt = time.now();
  }

  /** A call of the model that was made before. */
  stepBefore(tokens: number): void {
    this.steps += 1;
    this.took(tokens);
  }

  callBefore(): void {
    this.calls += 1;
  }

  /** How many tokens the answer may have; they are kept for it until `took`. */
  beforeStep(inputTokens: number, wanted: number): number {
    this.checkTime();
    if (this.steps >= this.limits.maxSteps) throw this.passed('maxSteps', 'calls of its model');
    const output = Math.min(wanted, this.freeTokens() - inputTokens);
    if (output < SHORTEST_ANSWER) throw this.passed('maxTokens', 'tokens');
    this.steps += 1;
    this.reserve(inputTokens + output);
    return output;
  }

  /** What was kept for a call is free again, and what it took is counted. */
  afterStep(kept: number, tokens: number): void {
    this.reserve(-kept);
    this.took(tokens);
  }

  beforeCall(): void {
    this.checkTime();
    if (this.calls >= this.limits.maxToolCalls) throw this.passed('maxToolCalls', 'calls of its tools');
    this.calls += 1;
  }

  /** Of an aborted call: the limit of time that it passed. */
  outOfTime(): AppError {
    return this.passed('maxSeconds', 'seconds');
  }

  /** Until the first limit of time, its own or one above. */
  leftMs(): number {
    const own = this.limits.maxSeconds * 1000 - this.time.earlierMs - (this.time.now() - this.openedAt);
    return Math.max(0, Math.min(own, this.above?.leftMs() ?? Infinity));
  }

  taken(): { steps: number; calls: number; tokens: number } {
    return { steps: this.steps, calls: this.calls, tokens: this.tokens };
  }

  private checkTime(): void {
    if (this.leftMs() <= 0) throw this.outOfTime();
  }

  private freeTokens(): number {
    return Math.min(this.limits.maxTokens - this.tokens - this.reserved, this.above?.freeTokens() ?? Infinity);
  }

  private reserve(tokens: number): void {
    this.reserved += tokens;
    this.above?.reserve(tokens);
  }

  private took(tokens: number): void {
    this.tokens += tokens;
    this.above?.took(tokens);
  }

  private passed(limit: keyof AgentLimits, unit: string): AppError {
    return new AppError(
      'AGENT_LIMIT',
      `${this.name} would pass its limit ${limit} (${this.limits[limit]} ${unit}), so its next call was not made. Give it a smaller task, or raise the limit.`,
      { extensions: { limit } },
    );
  }
}

import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { Answer, Arrival, Crowd, Order, Outcome } from './orders';

/** The generator's process, as seen from the one that measures. */
export class LoadGenerator {
  private readonly process: ChildProcess;
  private readonly asked = new Map<number, (answer: Answer) => void>();
  private turn = 0;

  constructor() {
    this.process = fork(join(__dirname, 'generator.js'));
    this.process.on('message', (answer: Answer) => this.asked.get(answer.turn)?.(answer));
    this.process.on('exit', (code) => {
      for (const [turn, hear] of this.asked) hear({ turn, error: `The load generator ended with ${code}` });
    });
  }

  async meet(crowd: Crowd): Promise<void> {
    await this.ask({ crowd });
  }

  /** New tokens, in the order of the crowd's people. */
  async renew(tokens: string[]): Promise<void> {
    await this.ask({ tokens });
  }

  /** What became of all who came so. */
  async come(arrival: Arrival): Promise<Outcome> {
    const outcome = await this.ask({ arrival });
    if (!outcome) throw new Error('The load generator says nothing');
    return outcome;
  }

  stop(): void {
    this.process.kill();
  }

  private async ask(order: Order): Promise<Outcome | undefined> {
    const turn = this.turn++;
    const answered = new Promise<Answer>((resolve) => this.asked.set(turn, resolve));
    this.process.send({ turn, order });
    const { outcome, error } = await answered;
    this.asked.delete(turn);
    if (error !== undefined) throw new Error(error);
    return outcome;
  }
}

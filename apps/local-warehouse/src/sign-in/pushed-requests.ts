import { mfaDenied, mfaTimedOut } from './login-refusals';

export type PushAnswer = 'approve' | 'deny';

/** Requests on people's devices. The demo has no devices: POST /demo/mfa/<account>/<user>/approve or /deny answers in their place. */
export class PushedRequests {
  private readonly waiting = new Map<string, Set<(answer: PushAnswer) => void>>();

  constructor(private readonly timeoutMs: number) {}

  /** Resolves when somebody approves; throws where it is denied or nobody answers. `who`: account/user. */
  async approval(who: string): Promise<void> {
    const open = this.waiting.get(who) ?? new Set();
    this.waiting.set(who, open);
    let settle: (answer: PushAnswer | 'late') => void = () => undefined;
    const answered = new Promise<PushAnswer | 'late'>((resolve) => (settle = resolve));
    const late = setTimeout(() => settle('late'), this.timeoutMs);
    open.add(settle);
    const answer = await answered;
    clearTimeout(late);
    open.delete(settle);
    if (answer === 'deny') throw mfaDenied();
    if (answer === 'late') throw mfaTimedOut();
  }

  /** Answers whether anybody waited. */
  answer(who: string, answer: PushAnswer): boolean {
    const open = [...(this.waiting.get(who) ?? [])];
    for (const settle of open) settle(answer);
    return open.length > 0;
  }
}

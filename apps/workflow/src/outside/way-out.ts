import { AppError } from '@snowflow/contracts/errors/app-error';
import type { OutsideHost } from '@snowflow/contracts/workflow/outside.dto';
import { type GuardedRequest, guardedFetch } from '@snowflow/platform/net/guarded-fetch';
import type { StepValue } from '@snowflow/nodes/kit/step-value';
import type { Egress } from './egress';
import { checkRules } from './host-rules';
import type { AddedCredential } from './outside-credentials';

/** What one call may do on its way out. */
interface Pass {
  origin: string;
  hosts: readonly OutsideHost[];
  carries: readonly string[] | undefined;
  credential: AddedCredential | undefined;
  maxBytes: number;
  signal: AbortSignal;
}

type Request = Omit<GuardedRequest, 'signal' | 'maxBytes' | 'heard'> & { method: string };

/** The only way on which a call's requests leave: each is checked anew, gets the credential, and is counted. */
export class WayOut {
  bytesOut = 0;
  bytesIn = 0;
  /** Of the last answer. */
  status: number | undefined;
  /** Is told once the answers are longer than they may be. */
  onOverfull: () => void = () => undefined;

  constructor(
    private readonly egress: Egress,
    private readonly pass: Pass,
  ) {}

  get signal(): AbortSignal {
    return this.pass.signal;
  }

  /** The answers were longer than they may be. */
  get isOverfull(): boolean {
    return this.bytesIn > this.pass.maxBytes;
  }

  /** Throws EGRESS_REFUSED or POLICY_DENIED before anything is connected. */
  async fetch(url: URL, { headers, body, ...request }: Request): Promise<Response> {
    const { hosts, carries, credential, origin, maxBytes, signal } = this.pass;
    this.egress.check(url);
    checkRules(hosts, { url, method: request.method, carries });
    // What is sent was meant for this origin, and so was the credential.
    if (url.origin !== origin) throw new AppError('POLICY_DENIED', `${origin} leads to ${url.origin}, another place.`);
    this.bytesOut += Buffer.byteLength(body ?? '');
    const reply = await guardedFetch(this.egress, url, {
      ...request,
      ...(body === undefined ? {} : { body }),
      headers: { ...headers, ...credential?.headers },
      maxBytes: Math.max(0, maxBytes - this.bytesIn),
      heard: (bytes) => this.heard(bytes),
      signal,
    });
    this.status = reply.status;
    return reply;
  }

  private heard(bytes: number): void {
    this.bytesIn += bytes;
    if (this.isOverfull) this.onOverfull();
  }

  /** A text as it may be shown: who echoes the credential does not tell it. */
  hide(text: string): string {
    const secrets = this.pass.credential?.secrets ?? [];
    return secrets.reduce((shown, secret) => {
      const escaped = JSON.stringify(secret).slice(1, -1);
      return shown.replaceAll(secret, '•••').replaceAll(escaped, '•••');
    }, text);
  }

  /** A value without the credential in it. */
  hidden(value: StepValue): StepValue {
    return JSON.parse(this.hide(JSON.stringify(value))) as StepValue;
  }
}

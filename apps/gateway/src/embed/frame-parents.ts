import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { type AuthClient, authContract } from '@snowflow/contracts/auth/auth.contract';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { runInScope } from '@snowflow/transport/request-scope';

/** A change of the allowed parents holds after this time at the latest. */
const LIFE_MS = 2_000;
const AT_MOST = 1_000;

/** Which pages may frame what is embedded under an id: must be known when the page is served, before any token is. */
@Injectable()
export class FrameParents {
  private readonly logger = new Logger(FrameParents.name);
  private readonly known = new Map<string, { until: number; parents: Promise<string[]> }>();

  constructor(@InjectClient(authContract) private readonly auth: AuthClient) {}

  /** None where nothing is set up under the id, or where that can't be found out. */
  of(embedId: string): Promise<string[]> {
    const before = this.known.get(embedId);
    if (before && before.until > Date.now()) return before.parents;
    if (this.known.size >= AT_MOST) this.known.clear();
    const parents = this.ask(embedId);
    this.known.set(embedId, { until: Date.now() + LIFE_MS, parents });
    return parents;
  }

  private async ask(embedId: string): Promise<string[]> {
    try {
      const context = { correlationId: randomUUID() };
      return (await runInScope({ context }, () => this.auth.embedFrame({ embedId }))).parents;
    } catch (error) {
      this.logger.warn({
        msg: 'The parents of a frame are not known',
        reason: error instanceof Error ? error.name : '',
      });
      this.known.delete(embedId);
      return [];
    }
  }
}

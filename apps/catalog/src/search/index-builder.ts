import { Injectable, Logger } from '@nestjs/common';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { currentContext, runInScope } from '@snowflow/transport/request-scope';
import { activeRoles } from './active-roles';
import { IndexReader } from './index-reader';
import { IndexStore } from './index-store';
import { packed } from './search-index';

const BUILDING_SECONDS = 300;
/** Each holds all that a role may see while it goes on, so a process takes few at once. */
const AT_ONCE = 2;

/** Reads what a role may see, behind the searches: none of them waits for it. */
@Injectable()
export class IndexBuilder {
  private going = 0;
  private readonly logger = new Logger(IndexBuilder.name);

  constructor(
    private readonly reader: IndexReader,
    private readonly store: IndexStore,
    private readonly mostObjects: number,
  ) {}

  /** Starts unless it goes on already, in whatever process, or this one is busy: a later search starts it then. */
  start(session: SessionRecord): void {
    if (this.going >= AT_ONCE) return;
    this.going += 1;
    // The request that noticed ends soon; what it started must not end with it.
    const context = currentContext();
    void runInScope({ context }, () => this.build(session))
      .catch((error: unknown) => {
        const code = error instanceof AppError ? error.code : 'INTERNAL';
        this.logger.warn({ msg: 'What a role may see was not read', code, tenantId: session.tenantId });
      })
      .finally(() => (this.going -= 1));
  }

  /** A failed one keeps its place, so that no keystroke tries again at once. */
  private async build(session: SessionRecord): Promise<void> {
    const viewer = activeRoles(session);
    if (!(await this.store.takeBuilding(viewer, BUILDING_SECONDS))) return;
    const asOfMs = Date.now();
    const { entries, complete } = await this.reader.read(session, this.mostObjects);
    await this.store.keep(viewer, packed(entries, asOfMs, complete));
    await this.store.endBuilding(viewer);
  }
}

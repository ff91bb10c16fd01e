import { Injectable } from '@nestjs/common';
import type { Page } from '@snowflow/contracts/dto/page.dto';
import type { SourceUsesQuery, SourceUseView } from '@snowflow/contracts/workflow/source-use.dto';
import { currentPerson } from '@snowflow/transport/request-scope';
import { DEFAULT_PAGE_SIZE, pageOf, parseCursor } from '../database/page-cursor';
import { WorkflowStore } from '../database/workflow-store';
import { SourceUsesRepository } from './source-uses.repository';

/** Which of a person's workflows read or write a table or view, by their latest and published revisions. */
@Injectable()
export class SourceUsesService {
  constructor(
    private readonly store: WorkflowStore,
    private readonly uses: SourceUsesRepository,
  ) {}

  async list(query: SourceUsesQuery): Promise<Page<SourceUseView>> {
    const person = currentPerson();
    const limit = query.limit ?? DEFAULT_PAGE_SIZE;
    const after = parseCursor(query.cursor);
    const rows = await this.store.transaction(person.tenantId, (db) =>
      this.uses.list(db, person, query, { after, limit: limit + 1 }),
    );
    return pageOf(
      rows,
      limit,
      ({ updated_at, id }) => ({ at: updated_at, id }),
      ({ updated_at, ...use }) => ({ ...use, updatedAt: updated_at.toISOString() }),
    );
  }
}

import { Inject, Injectable } from '@nestjs/common';
import type { Page } from '@snowflow/contracts/dto/page.dto';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import type { SourceUsesQuery, SourceUseView } from '@snowflow/contracts/workflow/source-use.dto';
import { referencesIn, valueName } from '@snowflow/nodes/kit/references';
import { tablesInText } from '@snowflow/engine/lineage/tables-named';
import { SqlParser } from '@snowflow/engine/sql/sql-parser';
import { currentPerson } from '@snowflow/transport/request-scope';
import { DEFAULT_PAGE_SIZE, pageOf, parseCursor } from '../database/page-cursor';
import { WorkflowStore } from '../database/workflow-store';
import { CurrentSession } from '../validation/current-session';
import { type PossibleUse, SourceUsesRepository } from './source-uses.repository';

/** Which of the workflows that a person sees read or write a table or view, by the settings and the SQL of their latest and published revisions. */
@Injectable()
export class SourceUsesService {
  constructor(
    private readonly store: WorkflowStore,
    private readonly uses: SourceUsesRepository,
    private readonly session: CurrentSession,
    @Inject(SqlParser) private readonly parser: SqlParser,
  ) {}

  async list(query: SourceUsesQuery): Promise<Page<SourceUseView>> {
    const person = currentPerson();
    const { context, appRole } = await this.session.require();
    const viewer = { ...person, appRole };
    const limit = query.limit ?? DEFAULT_PAGE_SIZE;
    const used: PossibleUse[] = [];
    for (let after = parseCursor(query.cursor); used.length <= limit;) {
      const page = { after, limit: limit + 1 };
      const possible = await this.store.transaction(person.tenantId, (db) => this.uses.list(db, viewer, query, page));
      used.push(...possible.filter((one) => one.named || this.readsInSql(one, query, context)));
      const last = possible.at(-1);
      if (possible.length < page.limit || !last) break;
      after = { at: last.updated_at, id: last.id };
    }
    return pageOf(
      used,
      limit,
      ({ updated_at, id }) => ({ at: updated_at, id }),
      ({ id, name, revision, updated_at }) => ({ id, name, revision, updatedAt: updated_at.toISOString() }),
    );
  }

  /** A name without database or schema is of those that the session has now. */
  private readsInSql({ texts }: PossibleUse, query: SourceUsesQuery, context: PinnedContext): boolean {
    return texts.some(({ sql, parameters }) =>
      tablesInText(sql, [...(parameters ?? []), ...earlierValues(sql)], this.parser).some((parts) => {
        const [name, schema = context.schema, database = context.database] = parts.toReversed();
        return name === query.name && schema === query.schema && database === query.database;
      }),
    );
  }
}

/** Of whatever type: only which tables the text names is looked for. */
const earlierValues = (sql: string) =>
  referencesIn(sql).map((reference) => ({ name: valueName(reference), type: 'string' as const }));

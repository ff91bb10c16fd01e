import { Injectable } from '@nestjs/common';
import type { ColumnsReply, SourceName } from '@snowflow/contracts/catalog/catalog.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { TenantPolicies } from '@snowflow/contracts/policies/tenant-policies';
import { CurrentPolicies, denialOf } from '../metadata/current-policies';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { CurrentSession } from '../metadata/current-session';
import { SourceDetailService } from './source-detail.service';

type Found = ColumnsReply['sources'][number];
const AT_ONCE = 8;

/** The columns of many sources, for validation: one that is missing or denied is an answer, not an error. */
@Injectable()
export class ColumnsService {
  constructor(
    private readonly session: CurrentSession,
    private readonly details: SourceDetailService,
    private readonly policies: CurrentPolicies,
  ) {}

  async read(sources: SourceName[]): Promise<ColumnsReply> {
    const [session, policies] = await Promise.all([this.session.read(), this.policies.read()]);
    const allowed = { ...policies, kinds: null };
    const answers: Found[] = [];
    for (let start = 0; start < sources.length; start += AT_ONCE) {
      const group = sources.slice(start, start + AT_ONCE);
      answers.push(...(await Promise.all(group.map((source) => this.find(session, source, allowed)))));
    }
    return { sources: answers };
  }

  private async find(session: SessionRecord, source: SourceName, allowed: TenantPolicies): Promise<Found> {
    try {
      const { kind, columns } = (await this.details.readAs(session, source, allowed)).view;
      return { state: 'found', kind, columns: columns.map(({ name, type, nullable }) => ({ name, type, nullable })) };
    } catch (error) {
      if (error instanceof AppError && error.code === 'SOURCE_NOT_FOUND') return { state: 'missing' };
      if (error instanceof AppError && error.code === 'SNOWFLAKE_ACCESS_DENIED') return { state: 'denied' };
      const by = denialOf(error);
      if (by) return { state: 'denied', by };
      throw error;
    }
  }
}

import { Injectable } from '@nestjs/common';
import type { SourceName } from '@snowflow/contracts/catalog/catalog.dto';
import { ConnectionsClient, connectionsContract } from '@snowflow/contracts/connections/connections.contract';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { deniedObject } from '@snowflow/contracts/policies/policy-rules';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { explainedObjects } from '@snowflow/platform/policies/explained-objects';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { refuse } from '@snowflow/contracts/policies/refuse';
import { CurrentPolicies } from '../metadata/current-policies';
import { SourceDetailService } from '../sources/source-detail.service';

/** Whether the tenant lets a source's rows be seen. */
@Injectable()
export class PreviewPolicies {
  constructor(
    @InjectClient(connectionsContract) private readonly connections: ConnectionsClient,
    private readonly policies: CurrentPolicies,
    private readonly details: SourceDetailService,
  ) {}

  /** A view may read what its name does not say: where databases are restricted, what EXPLAIN resolves counts. Throws POLICY_DENIED. */
  async check(session: SessionRecord, source: SourceName, sql: string): Promise<void> {
    const policies = await this.policies.read();
    if (policies.databases === null && policies.kinds === null) return;
    await this.details.readAs(session, source, policies);
    if (policies.databases === null) return;
    const statement = { sql: `EXPLAIN USING JSON ${sql}`, binds: [], context: session.context };
    const { rows } = await this.connections.metadata(statement);
    const objects = readObjects(rows[0]?.[0]);
    objects.forEach((parts) => refuse(deniedObject(policies, parts)));
  }
}

function readObjects(cell: unknown): string[][] {
  try {
    const objects = explainedObjects(JSON.parse(String(cell)));
    if (objects) return objects;
  } catch {
    // Falls through to the refusal below.
  }
  throw new AppError('SNOWFLAKE_UNAVAILABLE', 'Snowflake explained the statement without saying what it reads.');
}

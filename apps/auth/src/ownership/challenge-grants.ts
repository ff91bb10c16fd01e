import { Injectable } from '@nestjs/common';
import { ConnectionsClient, connectionsContract } from '@snowflow/contracts/connections/connections.contract';
import type { MetadataRows } from '@snowflow/contracts/connections/connections.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { PinnedContext, SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';

/** What Snowflake, or the session, says of a role that may not be looked at or taken. */
const NOT_SEEN = new Set(['SQL_FAILED', 'SNOWFLAKE_ACCESS_DENIED', 'ROLE_REVOKED', 'ROLE_MISMATCH']);

/** Whether a role holds MANAGE GRANTS on the account: who holds CREATE ROLE makes roles, but can't give them that. */
@Injectable()
export class ChallengeGrants {
  constructor(@InjectClient(connectionsContract) private readonly connections: ConnectionsClient) {}

  /** Asks as the session's role and, where that may not see the other one, as the other one. `role` needs no quotes. */
  async mayManage({ context }: SessionRecord, role: string): Promise<boolean> {
    return (await this.shows(context, role)) || (await this.shows({ ...context, role }, role));
  }

  private async shows(context: PinnedContext, role: string): Promise<boolean> {
    try {
      const found = await this.connections.metadata({ sql: `SHOW GRANTS TO ROLE ${role}`, binds: [], context });
      return managesGrants(found, role);
    } catch (error) {
      if (error instanceof AppError && NOT_SEEN.has(error.code)) return false;
      throw error;
    }
  }
}

function managesGrants({ columns, rows }: MetadataRows, role: string): boolean {
  const names = columns.map((name) => name.toLowerCase());
  const expected = { privilege: 'MANAGE GRANTS', granted_on: 'ACCOUNT', grantee_name: role };
  return rows.some((row) => Object.entries(expected).every(([name, value]) => row[names.indexOf(name)] === value));
}

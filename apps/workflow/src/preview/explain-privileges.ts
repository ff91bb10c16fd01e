import { Injectable } from '@nestjs/common';
import { connectionsContract, type ConnectionsClient } from '@snowflow/contracts/connections/connections.contract';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import type { MissingPrivilege, StatementAccess } from '@snowflow/contracts/workflow/preview.dto';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { z } from 'zod';

/** An account that has no EXPLAIN_PRIVILEGES is not asked again for so long. */
const ABSENT_FOR_MS = 600_000;
const MOST_TENANTS = 5_000;
const MOST_MISSING = 100;

const SQL = 'CALL EXPLAIN_PRIVILEGES(statement => ?, missing_only => TRUE)';
/** Texts, names and comments, in which a question mark is no bind. */
const NO_BINDS = /'(?:[^'\\]|''|\\.)*'|"(?:[^"]|"")*"|\$\$[\s\S]*?\$\$|--[^\n]*|\/\*[\s\S]*?\*\/|(\?)/g;

const permission = z.object({ privilege: z.string(), objectType: z.string(), objectName: z.string().optional() });
const decision = z.object({ authorized: z.boolean() });

/** Asks Snowflake's own function which privileges the role lacks for a statement, where the account has it. */
@Injectable()
export class ExplainPrivileges {
  /** Until when tenants are not asked. */
  private readonly absent = new Map<string, number>();

  constructor(@InjectClient(connectionsContract) private readonly connections: ConnectionsClient) {}

  /** Undefined where it can't say. */
  async of(
    tenantId: string,
    sql: string,
    context: PinnedContext,
    deadlineMs: number,
  ): Promise<StatementAccess | undefined> {
    if ((this.absent.get(tenantId) ?? 0) > Date.now()) return undefined;
    try {
      const statement = { sql: SQL, binds: [withoutBinds(sql)], context };
      const { rows } = await this.connections.metadata(statement, { deadlineMs });
      return accessIn(JSON.parse(String(rows[0]?.[0])));
    } catch (error) {
      if (error instanceof AppError && error.code === 'SNOWFLAKE_SESSION_ENDED') throw error;
      if (error instanceof AppError && /unknown|unsupported|not supported/i.test(error.message)) this.rest(tenantId);
      return undefined;
    }
  }

  private rest(tenantId: string): void {
    if (this.absent.size >= MOST_TENANTS) this.absent.clear();
    this.absent.set(tenantId, Date.now() + ABSENT_FOR_MS);
  }
}

/** The function takes no binds; which value stands there changes no privilege. */
function withoutBinds(sql: string): string {
  return sql.replace(NO_BINDS, (text, bind?: string) => (bind === undefined ? text : 'NULL'));
}

function accessIn(said: unknown): StatementAccess | undefined {
  const decided = decision.safeParse(said);
  if (decided.success) return { state: decided.data.authorized ? 'granted' : 'missing', by: 'explain-privileges' };
  const missing = permissionsIn(said).slice(0, MOST_MISSING);
  return missing.length === 0 ? undefined : { state: 'missing', missing, by: 'explain-privileges' };
}

/** All that are named, whether all of them or one of several would do. */
function permissionsIn(said: unknown): MissingPrivilege[] {
  const { data } = permission.safeParse(said);
  if (data) {
    const privilege = data.privilege === '<ANY>' ? 'USAGE' : data.privilege;
    return [{ object: data.objectName ?? data.objectType, privilege }];
  }
  if (typeof said !== 'object' || said === null) return [];
  return Object.values(said).flatMap(permissionsIn);
}

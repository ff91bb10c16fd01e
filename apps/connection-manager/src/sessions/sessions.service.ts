import { Injectable } from '@nestjs/common';
import type { Grants } from '@snowflow/contracts/connections/connections.dto';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import { roleRevoked } from '../errors/role-revoked';
import { ContextRunner } from './context-runner';
import type { SessionRef } from './sealed-session.repository';

/** Says where a session stands and what it may use. */
@Injectable()
export class SessionsService {
  constructor(private readonly runner: ContextRunner) {}

  /** Takes the context; what Snowflake then reports is the proof. */
  async checkContext(ref: SessionRef, context: PinnedContext): Promise<PinnedContext> {
    const sql = 'SELECT CURRENT_ROLE(), CURRENT_WAREHOUSE(), CURRENT_DATABASE(), CURRENT_SCHEMA()';
    const [row = []] = await this.runner.rows(ref, context, { sql }, 1);
    const [role = null, warehouse = null, database = null, schema = null] = row;
    return { role, secondaryRoles: context.secondaryRoles, warehouse, database, schema };
  }

  /** Throws ROLE_REVOKED where the context's role is not among them any more. */
  async grants(ref: SessionRef, context: PinnedContext): Promise<Grants> {
    const [[text] = []] = await this.runner.rows(ref, context, { sql: 'SELECT CURRENT_AVAILABLE_ROLES()' }, 1);
    const roles = JSON.parse(text ?? '[]') as string[];
    if (context.role !== null && !roles.includes(context.role)) throw roleRevoked(context.role);
    const warehouses = await this.runner.rows(ref, context, { sql: 'SHOW WAREHOUSES' }, 10_000);
    return {
      roles: roles.sort(),
      warehouses: warehouses.map(([name]) => name ?? '').sort(),
    };
  }
}

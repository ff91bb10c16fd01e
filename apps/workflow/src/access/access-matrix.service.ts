import { Inject, Injectable } from '@nestjs/common';
import { type CatalogClient, catalogContract } from '@snowflow/contracts/catalog/catalog.contract';
import { connectionsContract, type ConnectionsClient } from '@snowflow/contracts/connections/connections.contract';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import type { AccessMatrixRequest, AccessMatrixView, AccessRow } from '@snowflow/contracts/workflow/access.dto';
import { SqlParser } from '@snowflow/engine/sql/sql-parser';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { currentPerson } from '@snowflow/transport/request-scope';
import { CurrentSession } from '../validation/current-session';
import { parseDocument } from '../workflows/parse-document';
import { RequestedDocument } from '../workflows/requested-document';
import { needsOf, type NodeNeeds, shownNeed } from './node-needs';
import { RoleGrants } from './role-grants';

const MOST_ROLES = 50;
const MOST_MISSING = 100;
/** Less than the operation's own deadline; what is not known by then is unknown. */
const ALL_OF_IT_MS = 35_000;

const NOTE =
  'From grants, as your role is shown them, with the roles that each inherits. What Snowflake decides when it runs is what counts: policies on rows and columns, future changes and grants that you are not shown are not in it.';

/** Who could run a workflow: roles by nodes, from grants alone. Nothing is run for it. */
@Injectable()
export class AccessMatrixService {
  constructor(
    @InjectClient(connectionsContract) private readonly connections: ConnectionsClient,
    @InjectClient(catalogContract) private readonly catalog: CatalogClient,
    @Inject(SqlParser) private readonly parser: SqlParser,
    private readonly documents: RequestedDocument,
    private readonly session: CurrentSession,
  ) {}

  async of(request: AccessMatrixRequest): Promise<AccessMatrixView> {
    const giveUpAtMs = Date.now() + ALL_OF_IT_MS;
    const inline = request.definition && parseDocument(request.definition);
    const [{ document }, session] = await Promise.all([
      this.documents.of(currentPerson(), request, inline, 'view'),
      this.session.require(),
    ]);
    const all = await this.rolesOf(session);
    const asked = request.roles ? all.filter((role) => request.roles?.includes(role)) : all;
    const roles = asked.slice(0, MOST_ROLES);
    const grants = new RoleGrants(this.connections, session.context, giveUpAtMs);
    const nodes = needsOf(document, session.context, this.parser);
    const rows = await Promise.all(nodes.map((node) => this.rowOf(node, roles, grants)));
    return { roles, moreRoles: asked.length > roles.length, nodes: rows, note: NOTE };
  }

  /** A person's own roles, the present one first; admins look at all that their role is shown. */
  private async rolesOf({ context, appRole }: SessionRecord): Promise<string[]> {
    const own = (await this.connections.grants({ context })).roles;
    const shown = appRole === 'owner' || appRole === 'admin' ? await this.shownRoles(context) : [];
    const first = context.role === null ? [] : [context.role];
    return [...new Set([...first, ...own, ...shown.sort()])];
  }

  private async shownRoles(context: SessionRecord['context']): Promise<string[]> {
    const { columns, rows } = await this.connections.metadata({ sql: 'SHOW ROLES', binds: [], context });
    const name = columns.findIndex((column) => column.toLowerCase() === 'name');
    return rows.map((row) => String(row[name] ?? '')).filter(Boolean);
  }

  private async rowOf({ nodeId, needs, reads, needsMore }: NodeNeeds, roles: string[], grants: RoleGrants) {
    const [policies, cells] = await Promise.all([
      this.policiesOn(reads),
      Promise.all(
        roles.map(async (role): Promise<AccessRow['cells'][number]> => {
          const { missing, sure } = await grants.lacking(role, needs);
          const isMissing = missing.length > 0 && sure;
          const state = isMissing ? 'missing' : missing.length > 0 || needsMore ? 'unknown' : 'granted';
          return { role, state, missing: missing.slice(0, MOST_MISSING).map(shownNeed) };
        }),
      ),
    ]);
    return { nodeId, needs: needs.map(shownNeed), needsMore, policies, cells };
  }

  /** What the present role is not shown has none that are known. */
  private async policiesOn(sources: readonly string[][]): Promise<string[]> {
    const found = await Promise.all(
      sources.map(async ([database = '', schema = '', name = '']) => {
        try {
          const { policies } = await this.catalog.source({ database, schema, name });
          return policies === 'unknown' ? [] : policies.map(({ policy }) => policy);
        } catch (error) {
          if (error instanceof AppError && NOT_SHOWN.has(error.code)) return [];
          throw error;
        }
      }),
    );
    return [...new Set(found.flat())];
  }
}

const NOT_SHOWN = new Set(['SOURCE_NOT_FOUND', 'SNOWFLAKE_ACCESS_DENIED', 'POLICY_DENIED', 'VALIDATION']);

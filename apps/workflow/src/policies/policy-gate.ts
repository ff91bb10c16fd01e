import { Injectable } from '@nestjs/common';
import { type CatalogClient, catalogContract } from '@snowflow/contracts/catalog/catalog.contract';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { refuse } from '@snowflow/contracts/policies/refuse';
import { deniedModel, deniedObject } from '@snowflow/contracts/policies/policy-rules';
import type { TenantPolicies } from '@snowflow/contracts/policies/tenant-policies';
import type { Bind } from '@snowflow/contracts/rows/rows-handle';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import type { Plan, PlanStep } from '@snowflow/engine/plan/plan';
import { plannedNode } from '@snowflow/engine/plan/planned-node';
import { PolyglotSqlParser } from '@snowflow/engine/sql/polyglot.sql-parser';
import { type PolicedNode, policyFaults, tablesRead } from '@snowflow/engine/validate/policy-faults';
import { definitions } from '@snowflow/nodes/definitions';
import { PoliciesInForce } from '@snowflow/platform/policies/policies-in-force';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { insist } from '../execution/backoff';
import { Explainer } from '../preview/explainer';
import type { RunRow } from '../runs/runs.repository';

/** Decides again, when a run does something, whether its tenant allows it: policies may have changed, and clients may have asked no one. */
@Injectable()
export class PolicyGate {
  private parser: Promise<PolyglotSqlParser> | undefined;

  constructor(
    private readonly policies: PoliciesInForce,
    private readonly explainer: Explainer,
    @InjectClient(catalogContract) private readonly catalog: CatalogClient,
  ) {}

  /** Throws POLICY_DENIED where the tenant does not allow a node of the step, by what its config and SQL name. */
  async checkStep(run: RunRow, plan: Plan, step: PlanStep, signal: AbortSignal): Promise<void> {
    const policies = await this.of(run, signal);
    if (policies.version === 0) return;
    const parser = await (this.parser ??= PolyglotSqlParser.create());
    const nodes = step.nodes.map((id) => plannedNode(plan, id)).filter(({ disabled }) => !disabled);
    for (const node of nodes) await this.checkNode(run, policies, policed(plan, node), parser, signal);
  }

  /** The same of a query that the model of an agent wrote: what it names may hide what it reads, which EXPLAIN does not say. */
  async checkQuery(run: Pick<RunRow, 'tenant_id' | 'context'>, sql: string, signal: AbortSignal): Promise<void> {
    const policies = await this.of(run, signal);
    if (policies.version === 0) return;
    const parser = await (this.parser ??= PolyglotSqlParser.create());
    const fields = [{ path: 'sql', text: sql, kind: 'query' as const }];
    const node = { type: 'source.sql', definition: { group: 'source' as const }, config: {}, fields, parameters: [] };
    await this.checkNode(run, { ...policies, nodeTypes: null }, node, parser, signal);
  }

  private async checkNode(
    { context }: Pick<RunRow, 'context'>,
    policies: TenantPolicies,
    node: PolicedNode,
    parser: PolyglotSqlParser,
    signal: AbortSignal,
  ): Promise<void> {
    policyFaults(policies, node, context, parser).forEach(refuse);
    if (policies.kinds === null && policies.databases === null) return;
    for (const table of tablesRead(node, context, parser)) await this.checkSource(table, context, signal);
  }

  /** Throws POLICY_DENIED where a statement would read or write what the tenant does not allow, by what Snowflake resolves it to. */
  async checkStatement(run: RunRow, statement: { sql: string; binds: Bind[] }, signal: AbortSignal): Promise<void> {
    const policies = await this.of(run, signal);
    if (policies.databases === null) return;
    const { objects } = await insist(signal, () => this.explainer.explain(statement, run.context)).catch(unproved);
    if (!objects) throw unproved(undefined);
    objects.forEach((parts) => refuse(deniedObject(policies, parts)));
  }

  /** Throws POLICY_DENIED where the tenant does not let a model be asked. */
  async checkModel(run: RunRow, model: string, signal: AbortSignal): Promise<void> {
    refuse(deniedModel(await this.of(run, signal), model));
  }

  private of({ tenant_id: tenantId }: Pick<RunRow, 'tenant_id'>, signal: AbortSignal): Promise<TenantPolicies> {
    return insist(signal, () => this.policies.of(tenantId));
  }

  /** What kind a source is, and whether it hides what it reads, the catalog knows, which refuses it by the same policies. */
  private async checkSource(
    [database = '', schema = '', name = '']: string[],
    context: PinnedContext,
    signal: AbortSignal,
  ): Promise<void> {
    try {
      await insist(signal, () => this.catalog.admit({ database, schema, name, context }));
    } catch (error) {
      // Whether it is there and granted, Snowflake says when the statement is sent.
      if (error instanceof AppError && LEFT_TO_SNOWFLAKE.has(error.code)) return;
      throw error;
    }
  }
}

const LEFT_TO_SNOWFLAKE = new Set(['SOURCE_NOT_FOUND', 'SNOWFLAKE_ACCESS_DENIED', 'VALIDATION']);

function policed(plan: Plan, { type, config }: Plan['nodes'][string]): PolicedNode {
  const { parameters } = plan;
  const definition = definitions.get(type);
  const fields = definition?.sqlFields?.(config, { inputs: {}, kinds: {}, parameters, known: undefined }) ?? [];
  return { type, definition, config, fields, parameters };
}

/** What nobody can look through may not be sent where databases are restricted. */
function unproved(error: unknown): never {
  if (error !== undefined && (!(error instanceof AppError) || error.code === 'SNOWFLAKE_SESSION_ENDED')) throw error;
  const { code, message, details } = error ?? {
    code: 'POLICY_DENIED' as const,
    message: 'Snowflake’s EXPLAIN names no objects.',
    details: {},
  };
  throw new AppError(
    code,
    `The tenant allows some databases only, and what this statement reads could not be found out, so it was not sent. ${message}`,
    details,
  );
}

import { Inject, Injectable } from '@nestjs/common';
import type { Problem } from '@snowflow/contracts/documents/problem';
import type { TenantPolicies } from '@snowflow/contracts/policies/tenant-policies';
import { SqlParser } from '@snowflow/engine/sql/sql-parser';
import { declaredFor } from '@snowflow/engine/validate/declared-values';
import { type NamingPlace, type PolicedNode, policyFaults } from '@snowflow/engine/validate/policy-faults';
import type { CheckedNode, WorkflowGraph } from '@snowflow/engine/validate/workflow-graph';
import { PoliciesInForce } from '@snowflow/platform/policies/policies-in-force';

/** Says before anything runs what the tenant does not allow, by what nodes name. */
@Injectable()
export class PolicyProblems {
  constructor(
    private readonly policies: PoliciesInForce,
    @Inject(SqlParser) private readonly parser: SqlParser,
  ) {}

  inForce(tenantId: string): Promise<TenantPolicies> {
    return this.policies.of(tenantId);
  }

  async problems(tenantId: string, graph: WorkflowGraph, place: NamingPlace): Promise<Problem[]> {
    const policies = await this.policies.of(tenantId);
    if (policies.version === 0) return [];
    return [...graph.nodes.values()]
      .filter(({ node }) => !node.disabled)
      .flatMap((checked) =>
        policyFaults(policies, policed(graph, checked), place, this.parser).map(({ path, message }) => ({
          severity: 'error' as const,
          code: 'POLICY_DENIED' as const,
          nodeId: checked.node.id,
          ...(path === undefined ? {} : { path }),
          message,
        })),
      );
  }
}

/** A config that does not parse yet may name what is denied all the same. */
function policed(graph: WorkflowGraph, checked: CheckedNode): PolicedNode {
  const { node, definition, config, known, inputColumns: inputs, inputKinds: kinds } = checked;
  const parameters = declaredFor(graph, checked);
  const fields = config && definition?.sqlFields?.(config.value, { inputs, kinds, parameters, known });
  return {
    type: node.type,
    definition,
    config: config?.value ?? node.config,
    fields: fields ?? [],
    parameters,
    ...(known?.state === 'found' && known.kind !== undefined ? { kind: known.kind } : {}),
  };
}

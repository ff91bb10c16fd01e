import { Injectable } from '@nestjs/common';
import type { Problem } from '@snowflow/contracts/documents/problem';
import type { CheckedNode, WorkflowGraph } from '@snowflow/engine/validate/workflow-graph';
import type { Departure } from '@snowflow/nodes/kit/node-definition';
import { isHostListed } from './host-listed';
import { refusalOf } from './host-rules';
import { otherHosts } from './outside-credentials';
import { type OutsideCredentialRow, OutsideCredentialsRepository } from './outside-credentials.repository';
import { OutsideHostsRepository } from './outside-hosts.repository';

/** Says before anything runs what the tenant would not let out. When it runs, it is decided again. */
@Injectable()
export class OutsidePolicy {
  constructor(
    private readonly hosts: OutsideHostsRepository,
    private readonly credentials: OutsideCredentialsRepository,
  ) {}

  /** `isCalled`: by another workflow, whose values its parameters may hold. */
  async problems(tenantId: string, { nodes }: WorkflowGraph, isCalled: boolean): Promise<Problem[]> {
    const departures = [...nodes.values()].flatMap(departuresOf);
    if (departures.length === 0) return [];
    const hosts = await this.hosts.of(tenantId);
    const named = departures.some(({ credentialId }) => credentialId !== undefined);
    const credentials = named ? await this.credentials.list(tenantId) : [];
    return departures.flatMap(({ nodeId, path, url: text, method, carries, credentialId }) => {
      const url = new URL(text);
      const counted = carries.filter((name) => isCalled || !name.startsWith('parameters.'));
      const refusal = refusalOf(hosts, { url, method, carries: counted });
      const wrong = credentialId === undefined ? undefined : credentialFault(credentials, credentialId, url.hostname);
      return [
        ...(refusal === undefined ? [] : [denied(nodeId, path, refusal)]),
        ...(wrong === undefined ? [] : [denied(nodeId, 'credentialId', wrong)]),
      ];
    });
  }
}

/** What a node sends outside, where its config says it well enough. */
function departuresOf({ node, definition, config }: CheckedNode): (Departure & { nodeId: string })[] {
  const departures = config && definition?.leaves ? definition.leaves(config.value) : [];
  return departures.filter(({ url }) => URL.canParse(url)).map((departure) => ({ ...departure, nodeId: node.id }));
}

function credentialFault(all: readonly OutsideCredentialRow[], id: string, host: string): string | undefined {
  const credential = all.find((one) => one.id === id);
  if (!credential) return 'The tenant has no such credential. Take an id from Settings, Outside credentials.';
  return isHostListed(host, credential.hosts) ? undefined : otherHosts(credential.name, host);
}

function denied(nodeId: string, path: string, message: string): Problem {
  return { severity: 'error', code: 'POLICY_DENIED', nodeId, path, message };
}

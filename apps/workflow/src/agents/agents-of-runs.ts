import { Inject, Injectable } from '@nestjs/common';
import { connectionsContract, type ConnectionsClient } from '@snowflow/contracts/connections/connections.contract';
import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import { SqlParser } from '@snowflow/engine/sql/sql-parser';
import type { AgentCalls } from '@snowflow/nodes/kit/agent-calls';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { CortexOfRuns } from '../cortex/cortex-of-runs';
import { ResultRows } from '../execution/result-rows';
import type { RunningAction, RunSteps } from '../execution/run-step';
import { WaitsRepository } from '../execution/waits.repository';
import { ModelsOfRuns } from '../models/models-of-runs';
import { RunNews } from '../queue/run-news';
import { refusalOf } from '../outside/host-rules';
import { OutsideGate } from '../outside/outside-gate';
import { OutsideHostsRepository } from '../outside/outside-hosts.repository';
import { SEALER } from '../sealer';
import { AgentStepsRepository } from './agent-steps.repository';
import { AgentThreads } from './agent-threads';
import { RunAgentCalls } from './run-agent-calls';

/** Gives the steps of runs their agents. */
@Injectable()
export class AgentsOfRuns {
  constructor(
    private readonly steps: AgentStepsRepository,
    private readonly waits: WaitsRepository,
    private readonly threads: AgentThreads,
    private readonly models: ModelsOfRuns,
    private readonly cortex: CortexOfRuns,
    private readonly gate: OutsideGate,
    private readonly hosts: OutsideHostsRepository,
    private readonly rows: ResultRows,
    private readonly parser: SqlParser,
    private readonly news: RunNews,
    @Inject(SEALER) private readonly sealer: Sealer,
    @InjectClient(connectionsContract) private readonly connections: ConnectionsClient,
  ) {}

  of({ step, scope, signal }: RunningAction, shared: RunSteps, fence: number): AgentCalls {
    const { run } = shared;
    const { steps, waits, sealer, parser, connections } = this;
    const at = { tenantId: run.tenant_id, runId: run.id, step: scope.prefix + step.id, fence };
    const origin = { ...at, nodeId: step.endsAt, ownerName: run.owner_name, isCalled: scope.prefix !== '' };
    return new RunAgentCalls({
      at,
      shared,
      scope,
      step,
      steps,
      waits,
      threads: this.threads,
      sealer,
      parser,
      connections,
      signal,
      // On the page the step of the run's own plan stands for what is inside of it.
      say: (text) => this.news.say(run.tenant_id, run.id, { nodeId: (scope.root ?? step).endsAt, text }),
      cortex: this.cortex.of(run),
      models: this.models.of(run, at, (tokens) => shared.budget.admitTokens(tokens, scope.calls)),
      readRows: (queryId, maxRows) => this.rows.first(run, queryId, maxRows, signal),
      outside: (place) => this.gate.of({ ...origin, step: `${at.step}/${place}` }),
      mayLeave: async (url, method) =>
        refusalOf(await this.hosts.of(run.tenant_id), { url, method, carries: undefined }) === undefined,
    });
  }
}

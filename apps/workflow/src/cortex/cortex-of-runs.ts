import { Injectable } from '@nestjs/common';
import { type ConnectionsClient, connectionsContract } from '@snowflow/contracts/connections/connections.contract';
import type { CortexRequest } from '@snowflow/contracts/connections/cortex.dto';
import {
  type AnalystReply,
  type AnalystRequest,
  CortexCalls,
  type SearchRequest,
} from '@snowflow/nodes/kit/cortex-calls';
import type { StepValue } from '@snowflow/nodes/kit/step-value';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { untilAborted } from '../execution/until-aborted';
import type { RunRow } from '../runs/runs.repository';
import { analystBody, analystReply } from './analyst-format';
import { searchBody, searchReply } from './search-format';

const TIMEOUT_MS = 50_000;

type Asked = Pick<CortexRequest, 'service' | 'search' | 'body'>;

/** Cortex's REST services for the steps of runs: with the session of who runs the workflow, in the run's pinned context. */
@Injectable()
export class CortexOfRuns {
  constructor(@InjectClient(connectionsContract) private readonly connections: ConnectionsClient) {}

  of(run: RunRow): CortexCalls {
    return new RunCortex(async (asked, signal) => {
      const request = { ...asked, context: run.context, timeoutMs: TIMEOUT_MS, runId: run.id };
      return (await untilAborted(signal, this.connections.cortex(request))).body;
    });
  }
}

class RunCortex extends CortexCalls {
  constructor(private readonly ask: (asked: Asked, signal: AbortSignal) => Promise<Record<string, unknown>>) {
    super();
  }

  async analyst(request: AnalystRequest, signal: AbortSignal): Promise<AnalystReply> {
    return analystReply(await this.ask({ service: 'analyst', body: analystBody(request) }, signal));
  }

  async search(request: SearchRequest, signal: AbortSignal): Promise<readonly { [column: string]: StepValue }[]> {
    const search = { database: request.database, schema: request.schema, name: request.service };
    return searchReply(await this.ask({ service: 'search', search, body: searchBody(request) }, signal));
  }
}

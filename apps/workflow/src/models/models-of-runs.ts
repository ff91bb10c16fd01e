import { Injectable } from '@nestjs/common';
import { ModelCalls, type ModelReply, type ModelRequest } from '@snowflow/nodes/kit/model-calls';
import { LeaseLost } from '../execution/run-interruptions';
import { PolicyGate } from '../policies/policy-gate';
import type { RunRow } from '../runs/runs.repository';
import { tokensAtMost } from './chat-format';
import { ENDPOINT_PREFIX } from './model-endpoint';
import { type AskingStep, ModelCallsRepository } from './model-calls.repository';
import type { ModelSource } from './model-source';
import { CortexModels } from './models.cortex';
import { EndpointModels } from './models.endpoint';

/** Asks the budgets that apply to a step for the tokens that a call may come to; who answers hears what it came to. Throws BUDGET_EXCEEDED. */
type Admission = (tokensAtMost: number) => Promise<(actual: number) => void>;

/** Gives the steps of runs their models. */
@Injectable()
export class ModelsOfRuns {
  constructor(
    private readonly cortex: CortexModels,
    private readonly endpoint: EndpointModels,
    private readonly calls: ModelCallsRepository,
    private readonly policies: PolicyGate,
  ) {}

  of(run: RunRow, at: AskingStep, admit: Admission): ModelCalls {
    const source = (model: string) => (model.startsWith(ENDPOINT_PREFIX) ? this.endpoint : this.cortex);
    return new StepModels(run, at, admit, this.calls, this.policies, source);
  }
}

/** The models of one step: the tenant's policies and the run's budget are asked first, and what a call took is on record whatever becomes of the worker. */
class StepModels extends ModelCalls {
  constructor(
    private readonly run: RunRow,
    private readonly at: AskingStep,
    private readonly admit: Admission,
    private readonly calls: ModelCallsRepository,
    private readonly policies: Pick<PolicyGate, 'checkModel'>,
    private readonly source: (model: string) => ModelSource,
  ) {
    super();
  }

  async chat(request: ModelRequest, signal: AbortSignal, heard?: (piece: string) => void): Promise<ModelReply> {
    await this.policies.checkModel(this.run, request.model, signal);
    const atMost = tokensAtMost(request);
    const settle = await this.admit(atMost);
    const id = await this.calls.begin(this.at, request.model, atMost);
    if (id === undefined) throw new LeaseLost();
    // Of a call that failed nobody says what it took: it counts with what it might have.
    const { id: runId, context } = this.run;
    const reply = await this.source(request.model).chat({ context, runId }, request, signal, heard);
    const taken = reply.tokens.input + reply.tokens.output || atMost;
    settle(taken);
    await this.calls.end(this.at, id, taken);
    return reply;
  }
}

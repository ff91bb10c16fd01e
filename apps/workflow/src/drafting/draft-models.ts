import { Injectable } from '@nestjs/common';
import { NO_BUDGET } from '@snowflow/contracts/sessions/tenant-limits';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import type { ModelMessage, ModelRequest } from '@snowflow/nodes/kit/model-calls';
import { deniedModel } from '@snowflow/contracts/policies/policy-rules';
import { refuse } from '@snowflow/contracts/policies/refuse';
import { PoliciesInForce } from '@snowflow/platform/policies/policies-in-force';
import { LimitsInForce } from '@snowflow/platform/sessions/limits-in-force';
import { currentPerson } from '@snowflow/transport/request-scope';
import { ceilingsOf } from '../budget/budget';
import { CountedBudget } from '../budget/counted-budget';
import { tokensAtMost } from '../models/chat-format';
import { ENDPOINT_PREFIX } from '../models/model-endpoint';
import { CortexModels } from '../models/models.cortex';
import { EndpointModels } from '../models/models.endpoint';
import { DraftCallsRepository } from './draft-calls.repository';

/** Room for a document of some forty nodes. */
const ANSWER_TOKENS = 8_000;

/** A model that one draft asks, at most so often as its budget allows. */
export type AskModel = (messages: readonly ModelMessage[]) => Promise<string>;

/** Asks models for drafts, as the present person and outside any run. */
@Injectable()
export class DraftModels {
  constructor(
    private readonly cortex: CortexModels,
    private readonly endpoint: EndpointModels,
    private readonly calls: DraftCallsRepository,
    private readonly limits: LimitsInForce,
    private readonly policies: PoliciesInForce,
  ) {}

  /**
   * A draft counts as a run does against the tenant's budget for one: what a call may come to is asked of it first. Throws BUDGET_EXCEEDED, and
   * POLICY_DENIED where the tenant does not allow the model.
   */
  async open(model: string, context: PinnedContext, signal: AbortSignal): Promise<AskModel> {
    const person = currentPerson();
    refuse(deniedModel(await this.policies.of(person.tenantId), model));
    const { runBudget } = await this.limits.of(person.tenantId);
    const budget = new CountedBudget(ceilingsOf(NO_BUDGET, runBudget), { statements: [], modelCalls: [] }, Date.now());
    const source = model.startsWith(ENDPOINT_PREFIX) ? this.endpoint : this.cortex;
    return async (messages) => {
      const request: ModelRequest = { model, messages, temperature: 0, maxTokens: ANSWER_TOKENS };
      const atMost = tokensAtMost(request);
      budget.takeTokens(atMost);
      const id = await this.calls.begin(person, model, atMost);
      const reply = await source.chat({ context }, request, signal);
      const taken = reply.tokens.input + reply.tokens.output || atMost;
      budget.settleTokens(atMost, taken);
      await this.calls.end(person, id, taken);
      return reply.text;
    };
  }
}

import { Injectable } from '@nestjs/common';
import type { AnalystAnswerView, AskSemanticModel } from '@snowflow/contracts/catalog/semantic-models.dto';
import { ConnectionsClient, connectionsContract } from '@snowflow/contracts/connections/connections.contract';
import { analystMessages, readAnalystAnswer, viewText } from '@snowflow/contracts/semantic/analyst-format';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { deniedObject } from '@snowflow/contracts/policies/policy-rules';
import { refuse } from '@snowflow/contracts/policies/refuse';
import { CurrentPolicies } from '../metadata/current-policies';
import { CurrentSession } from '../metadata/current-session';

const TIMEOUT_MS = 45_000;

/** Tries a question on a semantic view: the SQL is shown, not run. */
@Injectable()
export class AskSemanticModelService {
  constructor(
    private readonly session: CurrentSession,
    private readonly policies: CurrentPolicies,
    @InjectClient(connectionsContract) private readonly connections: ConnectionsClient,
  ) {}

  async ask({ database, schema, name, question }: AskSemanticModel): Promise<AnalystAnswerView> {
    refuse(deniedObject(await this.policies.read(), [database, schema, name]));
    const { context } = await this.session.read();
    const body = { messages: analystMessages(question), semantic_view: viewText([database, schema, name]) };
    const reply = await this.connections.cortex({ service: 'analyst', body, context, timeoutMs: TIMEOUT_MS });
    const { suggestions, ...answer } = readAnalystAnswer(reply.body);
    return { ...answer, suggestions: [...suggestions] };
  }
}

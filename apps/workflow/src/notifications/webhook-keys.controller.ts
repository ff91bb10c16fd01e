import { Controller } from '@nestjs/common';
import type { WebhookKeysView } from '@snowflow/contracts/workflow/webhook-keys.dto';
import { workflowContract, type WorkflowHandlers } from '@snowflow/contracts/workflow/workflow.contract';
import { Handle } from '@snowflow/transport/handle.decorator';
import { CurrentSession } from '../validation/current-session';
import { type WebhookKey, WebhookKeys } from './webhook-keys';

const { operations } = workflowContract;

@Controller()
export class WebhookKeysController implements Pick<WorkflowHandlers, 'webhookKeys' | 'rotateWebhookKey'> {
  constructor(
    private readonly session: CurrentSession,
    private readonly keys: WebhookKeys,
  ) {}

  @Handle(operations.webhookKeys)
  async webhookKeys(): Promise<WebhookKeysView> {
    const { tenantId } = await this.session.requireAdmin('see the key that its webhooks are signed with');
    return viewOf(await this.keys.valid(tenantId));
  }

  @Handle(operations.rotateWebhookKey)
  async rotateWebhookKey(): Promise<WebhookKeysView> {
    const asking = await this.session.requireAdmin('replace the key that its webhooks are signed with');
    return viewOf(await this.keys.rotate(asking));
  }
}

function viewOf(keys: readonly WebhookKey[]): WebhookKeysView {
  return {
    keys: keys.map(({ id, secret, createdAt, validUntil }) => ({
      id,
      secret,
      createdAt: createdAt.toISOString(),
      validUntil: validUntil?.toISOString() ?? null,
    })),
  };
}

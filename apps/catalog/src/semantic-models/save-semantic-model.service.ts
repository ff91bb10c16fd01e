import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { SourceName } from '@snowflow/contracts/catalog/catalog.dto';
import type { SaveSemanticModel } from '@snowflow/contracts/catalog/semantic-models.dto';
import { ConnectionsClient, connectionsContract } from '@snowflow/contracts/connections/connections.contract';
import { AppError } from '@snowflow/contracts/errors/app-error';
import { parseSemanticYaml } from '@snowflow/contracts/semantic/semantic-yaml';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { deniedTarget } from '@snowflow/contracts/policies/policy-rules';
import { refuse } from '@snowflow/contracts/policies/refuse';
import { CurrentPolicies } from '../metadata/current-policies';
import { CurrentSession } from '../metadata/current-session';
import { MetadataCache } from '../metadata/metadata-cache';
import { MetadataReader } from '../metadata/metadata-reader';
import { exactly, qualified, show } from '../metadata/show-statement';

const STATEMENT_SECONDS = 45;
const WAIT_MS = 15_000;

/** Makes a semantic view of a YAML model, as the person and in their context. */
@Injectable()
export class SaveSemanticModelService {
  constructor(
    private readonly session: CurrentSession,
    private readonly policies: CurrentPolicies,
    private readonly metadata: MetadataReader,
    private readonly cache: MetadataCache,
    @InjectClient(connectionsContract) private readonly connections: ConnectionsClient,
  ) {}

  async save({ database, schema, yaml, replace }: SaveSemanticModel): Promise<SourceName> {
    const session = await this.session.readBuilder('make semantic models');
    const name = nameIn(yaml);
    refuse(deniedTarget(await this.policies.read(), [database, schema, name]));
    // What others made meanwhile must not be overlooked.
    await this.cache.forget(session);
    if (!replace && (await this.exists(session, { database, schema, name }))) {
      const message = `There is a semantic view ${name} in ${database}.${schema}. Choose to replace it, or give the model another name.`;
      throw new AppError('VALIDATION', message, { errors: [{ path: 'yaml', message }] });
    }
    await this.execute(session, [qualified([database, schema]), yaml]);
    await this.cache.forget(session);
    return { database, schema, name };
  }

  private async exists(session: SessionRecord, { database, schema, name }: SourceName): Promise<boolean> {
    const like = exactly(name);
    const rows = await this.metadata.read(session, show('SEMANTIC VIEWS', { within: [database, schema], like }));
    return rows.some((row) => row.text('name') === name);
  }

  private async execute({ context }: SessionRecord, binds: string[]): Promise<void> {
    const { queryId } = await this.connections.submit({
      sql: 'CALL SYSTEM$CREATE_SEMANTIC_VIEW_FROM_YAML(?, ?)',
      binds,
      context,
      requestId: randomUUID(),
      tag: { use: 'semantic-model' },
      timeoutSeconds: STATEMENT_SECONDS,
    });
    const giveUpAt = Date.now() + STATEMENT_SECONDS * 1000;
    for (;;) {
      const status = await this.connections.wait({ queryId, context, waitMs: WAIT_MS });
      if (status.state === 'succeeded') return;
      if (status.state === 'failed') {
        const { message } = status.failure;
        throw new AppError('SQL_FAILED', `Snowflake did not make the semantic view: ${message}`);
      }
      if (Date.now() > giveUpAt) {
        throw new AppError('OUTCOME_UNKNOWN', 'Snowflake still makes the semantic view. Look for it in a minute.');
      }
    }
  }
}

/** The name that the view will have. Throws VALIDATION with the line of what is wrong. */
function nameIn(yaml: string): string {
  const { model, problems } = parseSemanticYaml(yaml);
  if (model) return model.name.toUpperCase();
  const errors = problems
    .filter(({ severity }) => severity === 'error')
    .map(({ line, message }) => ({ path: 'yaml', message: `Line ${line}: ${message}` }));
  throw new AppError('VALIDATION', errors[0]?.message ?? 'The YAML is no semantic model.', { errors });
}

import { Inject, Injectable } from '@nestjs/common';
import { type ConnectionsClient, connectionsContract } from '@snowflow/contracts/connections/connections.contract';
import type { MetadataRows } from '@snowflow/contracts/connections/connections.dto';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { ModelsView, ModelView } from '@snowflow/contracts/workflow/models.dto';
import { deniedModel } from '@snowflow/contracts/policies/policy-rules';
import { PoliciesInForce } from '@snowflow/platform/policies/policies-in-force';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { currentPerson } from '@snowflow/transport/request-scope';
import { CurrentSession } from '../validation/current-session';
import { ENDPOINT_PREFIX, MODEL_ENDPOINT, type ModelEndpoint } from './model-endpoint';

/** Snowflake keeps an object for each base model that roles may be granted. */
const SQL = 'SHOW MODELS IN SCHEMA SNOWFLAKE.MODELS';
const SIMULATED = 'Simulated by the local warehouse';

/** Which models a person may name, as their account and this installation say: none is written down here. */
@Injectable()
export class ModelsService {
  constructor(
    @InjectClient(connectionsContract) private readonly connections: ConnectionsClient,
    @Inject(MODEL_ENDPOINT) private readonly endpoint: ModelEndpoint | undefined,
    private readonly session: CurrentSession,
    private readonly policies: PoliciesInForce,
  ) {}

  async list(): Promise<ModelsView> {
    const [listed, policies] = await Promise.all([this.listed(), this.policies.of(currentPerson().tenantId)]);
    const items = listed.items.map((model) => {
      const denied = deniedModel(policies, model.name);
      return denied ? { ...model, denied } : model;
    });
    return { ...listed, items };
  }

  private async listed(): Promise<ModelsView> {
    const { context } = await this.session.require();
    const own = (this.endpoint?.models ?? []).map((name) => ({
      name: ENDPOINT_PREFIX + name,
      provider: 'endpoint' as const,
      simulated: false,
    }));
    try {
      const found = cortexModels(await this.connections.metadata({ sql: SQL, binds: [], context }));
      if (found.length > 0) return { items: [...found, ...own], cortex: 'listed', note: null };
      return { items: own, cortex: 'unknown', note: `Snowflake lists no models to your role. ${TYPE_IT}` };
    } catch (error) {
      if (!(error instanceof AppError) || !REFUSALS.has(error.code)) throw error;
      return { items: own, cortex: 'unknown', note: `Snowflake does not list its models: ${error.message} ${TYPE_IT}` };
    }
  }
}

const TYPE_IT =
  'Type the name of one, as its documentation has it; an administrator lists them by CALL SNOWFLAKE.MODELS.CORTEX_BASE_MODELS_REFRESH().';
/** Of the statement; that a session has ended, or nobody answers, is no word about models. */
const REFUSALS = new Set(['SQL_FAILED', 'SOURCE_NOT_FOUND', 'SNOWFLAKE_ACCESS_DENIED']);

/** The objects' names are in upper case, what Cortex is asked for in lower case. Those that only embed answer nothing. */
function cortexModels({ columns, rows }: MetadataRows): ModelView[] {
  const [name, comment] = ['name', 'comment'].map((column) => columns.indexOf(column)) as [number, number];
  return rows
    .map((row) => ({
      name: String(row[name]).toLowerCase(),
      provider: 'cortex' as const,
      simulated: row[comment] === SIMULATED,
    }))
    .filter((model) => !/embed/.test(model.name))
    .sort((a, b) => a.name.localeCompare(b.name));
}

import { Injectable } from '@nestjs/common';
import { type CatalogClient, catalogContract } from '@snowflow/contracts/catalog/catalog.contract';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { ModelsView } from '@snowflow/contracts/workflow/models.dto';
import type { TemplateMissing } from '@snowflow/contracts/workflow/templates.dto';
import { quoteIdentifier } from '@snowflow/nodes/kit/sql/quote-identifier';
import { InjectClient } from '@snowflow/transport/inject-client.decorator';
import { currentPerson } from '@snowflow/transport/request-scope';
import { ModelsService } from '../models/models.service';
import { isHostListed } from '../outside/host-listed';
import { OutsideHostsRepository } from '../outside/outside-hosts.repository';
import { CurrentSession } from '../validation/current-session';
import { type FoundNeed, needsOf } from './template-needs';
import { documentsOf, type TemplateContents } from './template-contents';

/** What is said of a need that is not met; undefined where it is, or nobody can tell. */
type Lack = Pick<TemplateMissing, 'sentence' | 'sql'> | undefined;

/** Who asks, as a role that may be granted something. */
interface Asking {
  role: string;
  models: () => Promise<ModelsView>;
}

/** What the asking session lacks for a template, told before it is used. Nothing is run for it. */
@Injectable()
export class TemplateMissingService {
  constructor(
    @InjectClient(catalogContract) private readonly catalog: CatalogClient,
    private readonly models: ModelsService,
    private readonly hosts: OutsideHostsRepository,
    private readonly session: CurrentSession,
  ) {}

  async of(template: TemplateContents): Promise<TemplateMissing[]> {
    const { context } = await this.session.require();
    let listed: Promise<ModelsView> | undefined;
    const asking = { role: context.role ?? 'PUBLIC', models: () => (listed ??= this.models.list()) };
    const needs = needsOf(documentsOf(template));
    const lacks = await Promise.all(needs.map((need) => this.lackOf(need, asking)));
    return needs.flatMap((need, index) => {
      const lack = lacks[index];
      const sql = lack?.sql ?? (lack && template.statementFor?.(need));
      return lack ? [{ kind: need.kind, name: need.name, ...lack, ...(sql === undefined ? {} : { sql }) }] : [];
    });
  }

  private async lackOf(need: FoundNeed, asking: Asking): Promise<Lack> {
    const { kind, name } = need;
    switch (kind) {
      case 'table':
        return this.tableLack(need, asking.role);
      case 'target':
      case 'schema':
        return this.schemaLack(need);
      case 'semantic-view':
      case 'search-service':
        return this.objectLack(kind, need);
      case 'model':
        return modelLack(name, asking.role, await asking.models());
      case 'host':
        return this.hostLack(name);
      // Who may use these, and where the operator lets messages go, nobody tells without trying.
      case 'cortex':
      case 'webhook':
        return undefined;
    }
  }

  private async tableLack({ name: full, parts }: FoundNeed, role: string): Promise<Lack> {
    const [database = '', schema = '', name = ''] = parts;
    const { sources } = await this.catalog.columns({ sources: [{ database, schema, name }] });
    const [source] = sources;
    if (!source || source.state === 'found') return undefined;
    if (source.state === 'denied' && source.by) return { sentence: `${full}: a rule of your tenant denies it.` };
    return {
      sentence: `Your role ${role} does not see ${full}, or it does not exist. Ask for the grant.`,
      sql:
        database === 'SNOWFLAKE_SAMPLE_DATA'
          ? `GRANT IMPORTED PRIVILEGES ON DATABASE ${database} TO ROLE ${quoteIdentifier(role)};`
          : `GRANT SELECT ON TABLE ${quoted(parts)} TO ROLE ${quoteIdentifier(role)};`,
    };
  }

  private async schemaLack({ name: full, parts }: FoundNeed): Promise<Lack> {
    const [database = '', schema = ''] = parts;
    const found = await this.seen(() => this.catalog.sources({ database, schema, limit: 1 }));
    if (found) return undefined;
    return {
      sentence: `Your role does not see the schema ${full}. Name another when you use the template, or have it made.`,
      sql: `CREATE DATABASE IF NOT EXISTS ${quoteIdentifier(database)};\nCREATE SCHEMA IF NOT EXISTS ${quoted(parts)};`,
    };
  }

  private async objectLack(kind: 'semantic-view' | 'search-service', { name: full, parts }: FoundNeed): Promise<Lack> {
    const [database = '', schema = '', name = ''] = parts;
    const found = await this.seen(() => this.catalog.sources({ database, schema, kind, search: name, limit: 200 }));
    if (found?.items.some((one) => one.name === name)) return undefined;
    const what = kind === 'semantic-view' ? 'semantic view' : 'search service';
    return { sentence: `Your role sees no ${what} ${full}. Name one of yours when you use the template, or make it.` };
  }

  private async hostLack(host: string): Promise<Lack> {
    const hosts = await this.hosts.of(currentPerson().tenantId);
    const listed = hosts.map((one) => one.host);
    if (isHostListed(host, listed)) return undefined;
    return { sentence: `Your tenant lists no host ${host}. An admin adds it under Settings, Outside hosts.` };
  }

  /** Undefined where Snowflake does not show it to the role. */
  private async seen<Found>(ask: () => Promise<Found>): Promise<Found | undefined> {
    try {
      return await ask();
    } catch (error) {
      if (error instanceof AppError && NOT_SEEN.has(error.code)) return undefined;
      throw error;
    }
  }
}

const NOT_SEEN = new Set(['SOURCE_NOT_FOUND', 'SNOWFLAKE_ACCESS_DENIED', 'NOT_FOUND', 'SQL_FAILED']);

const quoted = (parts: readonly string[]) => parts.map(quoteIdentifier).join('.');

/** Of a list that nobody gave, nothing is said. */
function modelLack(name: string, role: string, { items, cortex }: ModelsView): Lack {
  const known = items.find((model) => model.name === name);
  if (known?.denied) return { sentence: `A rule of your tenant does not let the model ${name} be asked.` };
  if (known || cortex !== 'listed') return undefined;
  return {
    sentence: `Snowflake lists no model ${name} to you. Name another when you use the template, or ask for the grant.`,
    sql: `GRANT DATABASE ROLE SNOWFLAKE.CORTEX_USER TO ROLE ${quoteIdentifier(role)};\nCALL SNOWFLAKE.MODELS.CORTEX_BASE_MODELS_REFRESH();`,
  };
}

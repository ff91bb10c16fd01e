import { Injectable } from '@nestjs/common';
import type { SourceName } from '@snowflow/contracts/catalog/catalog.dto';
import type {
  SemanticModelDetailView,
  SemanticModelsQuery,
  SemanticModelView,
  SemanticValidationView,
} from '@snowflow/contracts/catalog/semantic-models.dto';
import type { Page } from '@snowflow/contracts/dto/page.dto';
import { describedModel } from '@snowflow/contracts/semantic/described-model';
import { parseSemanticYaml, writeSemanticYaml } from '@snowflow/contracts/semantic/semantic-yaml';
import { deniedObject } from '@snowflow/contracts/policies/policy-rules';
import { refuse } from '@snowflow/contracts/policies/refuse';
import { CurrentPolicies } from '../metadata/current-policies';
import { CurrentSession } from '../metadata/current-session';
import { MetadataReader } from '../metadata/metadata-reader';
import { byName, cursorAt, nameOf } from '../metadata/name-cursor';
import { describe, show } from '../metadata/show-statement';

const PAGE_SIZE = 50;

/** The semantic views that the session's role sees, and models as YAML. */
@Injectable()
export class SemanticModelsService {
  constructor(
    private readonly session: CurrentSession,
    private readonly metadata: MetadataReader,
    private readonly policies: CurrentPolicies,
  ) {}

  /** SHOW lists them all: a cursor of its own is reliable within one schema only. */
  async page({
    database,
    schema,
    search = '',
    limit = PAGE_SIZE,
    cursor,
  }: SemanticModelsQuery): Promise<Page<SemanticModelView>> {
    const after = nameOf(cursor);
    const session = await this.session.read();
    const within = [database, database === undefined ? undefined : schema].filter((name) => name !== undefined);
    const sql = within.length === 0 ? 'SHOW SEMANTIC VIEWS IN ACCOUNT' : show('SEMANTIC VIEWS', { within });
    const rows = await this.metadata.read(session, sql);
    const listed = rows
      .map((row): SemanticModelView => ({
        database: row.text('database_name') ?? '',
        schema: row.text('schema_name') ?? '',
        name: row.text('name') ?? '',
        owner: row.text('owner'),
        comment: row.text('comment'),
        createdAt: row.moment('created_on'),
      }))
      .filter(({ name }) => name.toLowerCase().includes(search.toLowerCase()))
      .sort((a, b) => byName(placed(a), placed(b)))
      .filter((view) => after === undefined || byName({ name: after }, placed(view)) < 0);
    const items = listed.slice(0, limit);
    const last = items.at(-1);
    return { items, nextCursor: last && listed.length > limit ? cursorAt(placed(last).name) : null };
  }

  async read({ database, schema, name }: SourceName): Promise<SemanticModelDetailView> {
    refuse(deniedObject(await this.policies.read(), [database, schema, name]));
    const session = await this.session.read();
    const rows = await this.metadata.read(session, describe('SEMANTIC VIEW', [database, schema, name]));
    const model = describedModel(
      name,
      rows.map((row) => ({
        kind: row.text('object_kind'),
        name: row.text('object_name'),
        parent: row.text('parent_entity'),
        property: row.text('property') ?? '',
        value: row.text('property_value') ?? '',
      })),
    );
    return { database, schema, name, model, yaml: writeSemanticYaml(model) };
  }

  validate(yaml: string): SemanticValidationView {
    const { model, problems } = parseSemanticYaml(yaml);
    return { valid: model !== undefined, problems, ...(model === undefined ? {} : { model }) };
  }
}

/** Names of several schemas in one order. */
const placed = ({ database, schema, name }: SourceName) => ({ name: [database, schema, name].join('\u0000') });

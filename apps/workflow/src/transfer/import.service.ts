import { Injectable } from '@nestjs/common';
import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { newId } from '@snowflow/contracts/documents/new-id';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { SessionRecord } from '@snowflow/contracts/sessions/session-record';
import type { ImportReportView, ImportRequest } from '@snowflow/contracts/workflow/transfer.dto';
import { applyMapping } from '@snowflow/engine/transfer/apply-mapping';
import type { ImportMapping } from '@snowflow/engine/transfer/name-mapping';
import { readFile, type ReadFile } from '@snowflow/engine/transfer/read-file';
import { toDocument } from '@snowflow/engine/transfer/transfer-file';
import { TransferFault } from '@snowflow/engine/transfer/transfer-fault';
import { currentIdempotencyKey, currentPerson } from '@snowflow/transport/request-scope';
import type { Kysely } from 'kysely';
import { ChangeLog } from '../audit/change-log';
import type { WorkflowDatabase } from '../database/workflow-database';
import { WorkflowStore } from '../database/workflow-store';
import { IdempotencyRepository } from '../idempotency/idempotency.repository';
import { CalledWorkflowsService } from '../validation/called-workflows.service';
import { CurrentSession } from '../validation/current-session';
import { parseDocument } from '../workflows/parse-document';
import { WorkflowsRepository } from '../workflows/workflows.repository';
import { WorkflowsService } from '../workflows/workflows.service';
import { ImportNeedsService } from './import-needs.service';
import { parseMapping } from './import-mapping';

/** A workflow that is about to be a draft. */
interface Incoming {
  id: string;
  document: WorkflowDocument;
}

/** Makes drafts of a file: all of its workflows or none, each under an id of its own, never over another. */
@Injectable()
export class ImportService {
  constructor(
    private readonly store: WorkflowStore,
    private readonly workflows: WorkflowsService,
    private readonly repository: WorkflowsRepository,
    private readonly needs: ImportNeedsService,
    private readonly called: CalledWorkflowsService,
    private readonly idempotency: IdempotencyRepository,
    private readonly session: CurrentSession,
    private readonly changes: ChangeLog,
  ) {}

  async import({ content, mapping: given, dryRun = false }: ImportRequest): Promise<ImportReportView> {
    const session = await this.session.requireBuilder();
    const mapping = parseMapping(given);
    const file = read(content);
    await this.requireOwn(mapping.workflows);
    const needs = await this.needs.of(
      file.workflows.map(({ workflow }) => workflow),
      mapping,
    );
    const work = async (db: Kysely<WorkflowDatabase>) => {
      const incoming = await this.named(db, session, incomingOf(file, mapping));
      if (!dryRun) await this.create(db, session, incoming);
      return reportOf(file, incoming, needs, dryRun);
    };
    const key = dryRun ? undefined : currentIdempotencyKey();
    return this.store.transaction(session.tenantId, (db) =>
      key
        ? this.idempotency.once(
            db,
            { ...currentPerson(), route: 'workflow.import', key, body: { content, mapping: given ?? {} } },
            () => work(db),
          )
        : work(db),
    );
  }

  private async requireOwn(workflows: ReadonlyMap<string, string>): Promise<void> {
    for (const [name, workflowId] of workflows) {
      if (await this.called.find({ workflowId, revision: null })) continue;
      throw new AppError('VALIDATION', 'The mapping names a workflow that is not there.', {
        errors: [{ path: `mapping.workflows.${name}`.slice(0, 255), message: 'You have no such workflow' }],
      });
    }
  }

  /** A name that is taken gets a number: two workflows of one name are two workflows. */
  private async named(db: Kysely<WorkflowDatabase>, session: SessionRecord, all: Incoming[]): Promise<Incoming[]> {
    const taken = await this.repository.namesOf(db, session);
    return all.map(({ id, document }) => {
      const name = freeName(document.name, taken);
      taken.add(name);
      return { id, document: { ...document, name } };
    });
  }

  private async create(db: Kysely<WorkflowDatabase>, session: SessionRecord, all: readonly Incoming[]): Promise<void> {
    for (const { id, document } of all)
      await this.workflows.createIn(db, session, document, { id, message: 'Imported' });
    for (const { id, document } of all) {
      await this.changes.byPerson(db, session, {
        action: 'workflow.imported',
        object: { kind: 'workflow', id, name: document.name },
        after: { revision: 1, nodes: document.nodes.length },
      });
    }
  }
}

function read(content: string): ReadFile {
  try {
    return readFile(content);
  } catch (error) {
    if (!(error instanceof TransferFault)) throw error;
    const [first] = error.faults;
    throw new AppError('VALIDATION', `The file can’t be imported. ${first?.message ?? ''}`.trim(), {
      errors: error.faults.map(({ path, message }) => ({ path: path || 'content', message })),
    });
  }
}

/** The documents under ids of their own, which calls between them name. */
function incomingOf({ workflows }: ReadFile, mapping: ImportMapping): Incoming[] {
  const ids = new Map(workflows.map(({ workflow }) => [workflow.key, newId('wf')]));
  const here = { ...mapping, workflows: new Map([...mapping.workflows, ...ids]) };
  return workflows.map(({ workflow, report }) => ({
    id: ids.get(workflow.key) ?? newId('wf'),
    document: parseDocument(toDocument(applyMapping(workflow, here, report.nodes))),
  }));
}

function freeName(name: string, taken: ReadonlySet<string>): string {
  if (!taken.has(name)) return name;
  for (let count = 2; ; count += 1) {
    const ending = ` (${count})`;
    const candidate = `${name.slice(0, 200 - ending.length)}${ending}`;
    if (!taken.has(candidate)) return candidate;
  }
}

function reportOf(
  { format, workflows }: ReadFile,
  incoming: readonly Incoming[],
  needs: ImportReportView['needs'],
  dryRun: boolean,
): ImportReportView {
  return {
    dryRun,
    format,
    needs,
    workflows: workflows.map(({ workflow, report }, at) => {
      const made = incoming[at];
      const name = made?.document.name ?? report.name;
      const renamed =
        name === workflow.name ? [] : [`You have a workflow called “${workflow.name}”; this is “${name}”`];
      return {
        key: report.key,
        name,
        id: dryRun ? null : (made?.id ?? null),
        notes: [...renamed, ...report.notes],
        nodes: report.nodes,
      };
    }),
  };
}

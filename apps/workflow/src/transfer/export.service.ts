import { Injectable } from '@nestjs/common';
import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { ExportOneRequest, ExportReply } from '@snowflow/contracts/workflow/transfer.dto';
import { assembleFile, callKey, type Outgoing } from '@snowflow/engine/transfer/assemble-file';
import { localName, MOST_WORKFLOWS } from '@snowflow/engine/transfer/transfer-file';
import { writeFile } from '@snowflow/engine/transfer/write-file';
import { callsIn } from '@snowflow/nodes/kit/calls-in';
import { currentPerson } from '@snowflow/transport/request-scope';
import { ChangeLog } from '../audit/change-log';
import { WorkflowStore } from '../database/workflow-store';
import { WorkflowAccess } from '../sharing/workflow-access';
import { CalledWorkflowsService, keyOf, type SavedWorkflow } from '../validation/called-workflows.service';
import { CurrentSession } from '../validation/current-session';

/** Workflows as a file that leaves the tenant: no secret, no id, no run and no owner goes with them. */
@Injectable()
export class ExportService {
  constructor(
    private readonly store: WorkflowStore,
    private readonly access: WorkflowAccess,
    private readonly called: CalledWorkflowsService,
    private readonly session: CurrentSession,
    private readonly changes: ChangeLog,
  ) {}

  async export(request: ExportOneRequest): Promise<ExportReply> {
    const session = await this.session.require();
    const { format = 'json', called = false, values = true } = request;
    const chosen = await this.chosen(request);
    const outgoing = new Map(chosen.map((one) => [keyOf(one), outgoingOf(one)]));
    for (const one of chosen) {
      if (request.revision === undefined) outgoing.get(keyOf(one))?.calledAs.push(callKey(one.workflowId, undefined));
    }
    if (called) await this.follow(chosen, outgoing);
    const text = writeFile(assembleFile([...outgoing.values()], { values }), format);
    await this.store.transaction(currentPerson().tenantId, async (db) => {
      for (const { workflowId, revision, definition } of chosen) {
        const object = { kind: 'workflow', id: workflowId, name: definition.name };
        await this.changes.byPerson(db, session, {
          action: 'workflow.exported',
          object,
          after: { revision, format, called, values },
        });
      }
    });
    return { text, format, fileName: fileName(chosen, format) };
  }

  private async chosen({ ids, revision }: ExportOneRequest): Promise<SavedWorkflow[]> {
    if (ids.length === 0) {
      throw new AppError('VALIDATION', 'The request names no workflow.', {
        errors: [{ path: 'ids', message: 'Name at least one workflow' }],
      });
    }
    return Promise.all(
      [...new Set(ids)].map(async (workflowId) => {
        const saved = await this.access.saved(currentPerson(), workflowId, revision ?? null, 'view');
        return { workflowId, ...saved };
      }),
    );
  }

  /** Adds what they call, and what that calls. A call that leads nowhere stays a placeholder. */
  private async follow(chosen: readonly SavedWorkflow[], outgoing: Map<string, Travelling>): Promise<void> {
    const left = chosen.map(({ definition }) => definition);
    const asked = new Set([...outgoing.values()].flatMap(({ calledAs }) => calledAs));
    for (let document = left.shift(); document; document = left.shift()) {
      for (const call of callsOf(document)) {
        const name = callKey(call.workflowId, call.revision);
        if (asked.has(name)) continue;
        asked.add(name);
        const found = await this.called.find(call);
        if (!found) continue;
        const known = outgoing.get(keyOf(found));
        const one = known ?? outgoingOf(found);
        if (!one.calledAs.includes(name)) one.calledAs.push(name);
        if (known) continue;
        outgoing.set(keyOf(found), one);
        left.push(found.definition);
        if (outgoing.size > MOST_WORKFLOWS) throw tooMany();
      }
    }
  }
}

type Travelling = Outgoing & { calledAs: string[] };

const outgoingOf = ({ workflowId, revision, definition }: SavedWorkflow): Travelling => ({
  document: definition,
  tags: [],
  calledAs: [callKey(workflowId, revision)],
});

const callsOf = ({ nodes }: WorkflowDocument) => nodes.flatMap(({ config }) => callsIn(config).map(({ call }) => call));

function fileName([first, ...more]: readonly SavedWorkflow[], format: string): string {
  const name = first && more.length === 0 ? localName(first.definition.name, new Set()) : 'workflows';
  return `${name}.snowflow.${format}`;
}

const tooMany = () =>
  new AppError('VALIDATION', 'Too many workflows are called for one file.', {
    errors: [{ path: 'called', message: `A file holds at most ${MOST_WORKFLOWS}; export them in parts` }],
  });

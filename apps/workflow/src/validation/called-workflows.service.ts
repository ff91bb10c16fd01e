import { Injectable } from '@nestjs/common';
import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { DEEPEST_CALLS, type NamedWorkflow } from '@snowflow/nodes/kit/called-workflow';
import { callsIn } from '@snowflow/nodes/kit/calls-in';
import type { Knowledge } from '@snowflow/nodes/kit/node-definition';
import { currentPerson } from '@snowflow/transport/request-scope';
import { WorkflowAccess } from '../sharing/workflow-access';

/** A saved workflow at one of its revisions. */
export interface SavedWorkflow {
  workflowId: string;
  revision: number;
  definition: WorkflowDocument;
}

type Reach = Extract<Knowledge, { state: 'workflow' }>['reach'];

/** Each call is planned with the run, and the plan of a run is one text. */
const MOST_CALLS = 100;

/** The saved workflows that the present person may run, as the nodes of others call them. */
@Injectable()
export class CalledWorkflowsService {
  constructor(private readonly access: WorkflowAccess) {}

  /** Without a revision the published one; as long as none is published, the one saved last. */
  async find({ workflowId, revision }: NamedWorkflow): Promise<SavedWorkflow | undefined> {
    const saved = await this.access.lookUp(currentPerson(), { id: workflowId, revision, without: 'published' }, 'run');
    return saved && { workflowId, ...saved };
  }

  async knowledgeOf(call: NamedWorkflow): Promise<Knowledge> {
    const saved = await this.find(call);
    if (!saved) return { state: 'missing' };
    const { name, parameters } = saved.definition;
    return {
      state: 'workflow',
      name,
      parameters: parameters.map((one) => ({ name: one.name, type: one.type, optional: one.default !== undefined })),
      reach: await this.reachOf(saved, [], new Walk()),
    };
  }

  /** Follows the calls of calls. One that names no workflow ends nowhere; whoever plans it says so. */
  private async reachOf(saved: SavedWorkflow, path: readonly string[], walk: Walk): Promise<Reach> {
    const key = keyOf(saved);
    if (path.includes(key)) return 'itself';
    if (path.length >= DEEPEST_CALLS) return 'too-deep';
    for (const call of namedIn(saved.definition)) {
      walk.calls += 1;
      if (walk.calls > MOST_CALLS) return 'too-many';
      const called = await walk.find(call, () => this.find(call));
      const reach = called ? await this.reachOf(called, [...path, key], walk) : 'ends';
      if (reach !== 'ends') return reach;
    }
    return 'ends';
  }
}

/** What one walk through calls has seen. */
class Walk {
  calls = 0;
  private readonly found = new Map<string, Promise<SavedWorkflow | undefined>>();

  find(call: NamedWorkflow, find: () => Promise<SavedWorkflow | undefined>): Promise<SavedWorkflow | undefined> {
    const key = `${call.workflowId}@${call.revision ?? ''}`;
    const known = this.found.get(key) ?? find();
    this.found.set(key, known);
    return known;
  }
}

/** How a workflow at a revision is told from others. */
export const keyOf = ({ workflowId, revision }: SavedWorkflow): string => `${workflowId}@${revision}`;

function namedIn({ nodes }: WorkflowDocument): NamedWorkflow[] {
  return nodes.flatMap(({ config, disabled }) => (disabled ? [] : callsIn(config).map(({ call }) => call)));
}

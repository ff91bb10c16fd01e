import type { Sealer } from '@snowflow/contracts/rpc/sealer';
import type { Agent } from '@snowflow/engine/agents/agent';
import type { AgentScene } from '@snowflow/engine/agents/agent-scene';
import { AgentSpending } from '@snowflow/engine/agents/agent-spending';
import { DataRead } from '@snowflow/engine/agents/data-read';
import { runAgent } from '@snowflow/engine/agents/run-agent';
import type { AgentTool } from '@snowflow/engine/agents/agent-tool';
import { type Delegate, delegationTools } from '@snowflow/engine/agents/supervisor';
import { AgentCalls, type AgentQuestion, type AgentReply } from '@snowflow/nodes/kit/agent-calls';
import type { AgentSetup, DelegateSetup } from '@snowflow/nodes/kit/agent-fields';
import type { AgentToolSetup } from '@snowflow/nodes/kit/agent-tool-fields';
import { schemaIn } from '@snowflow/nodes/kit/agent-problems';
import { textOf } from '@snowflow/nodes/kit/step-value';
import type { ModelCalls } from '@snowflow/nodes/kit/model-calls';
import type { WaitsRepository } from '../execution/waits.repository';
import type { AgentPlace, AgentStepsRepository } from './agent-steps.repository';
import type { AgentThreads, ThreadOf } from './agent-threads';
import { analystTool, type CortexScene, searchTool } from './cortex.agent-tools';
import { httpTool } from './http.agent-tool';
import { mcpTools } from './mcp.agent-tools';
import type { OutsideScene } from './outside-scene';
import { Speaking } from './speaking';
import { sqlTool } from './sql.agent-tool';
import { workflowTool } from './workflow.agent-tool';
import { StoredJournal } from './stored-journal';
import { WaitingApprovals } from './waiting-approvals';

/** Delegations of one reply at once. */
const DELEGATIONS_AT_ONCE = 4;

/** An agent of a supervisor is held by the calls of its model. */
const MOST_CALLS = 200;

/** What agents of a step act in. */
export interface AgentReach extends CortexScene, OutsideScene {
  at: AgentPlace & { fence: number };
  models: ModelCalls;
  steps: AgentStepsRepository;
  waits: WaitsRepository;
  threads: AgentThreads;
  sealer: Sealer;
  /** Tells who looks at the run what the agent is saying. */
  say(text: string): void;
}

/** The agents of one step of a run. */
export class RunAgentCalls extends AgentCalls {
  constructor(private readonly reach: AgentReach) {
    super();
  }

  override async ask(
    setup: AgentSetup,
    { question, holdsData, thread }: AgentQuestion,
    delegates: readonly DelegateSetup[] = [],
  ): Promise<AgentReply> {
    const { at, models, steps, sealer, signal, scope } = this.reach;
    const journal = await StoredJournal.open(steps, sealer, at);
    const named = thread && this.threadOf(thread.name);
    const earlier = named ? await this.reach.threads.before(named, at.runId, thread.turns) : [];
    const time = { now: () => Date.now(), earlierMs: journal.takenMs() };
    const name = delegates.length > 0 ? 'The supervisor' : 'The agent';
    const spending = new AgentSpending(name, setup, time);
    const scene: AgentScene = {
      models,
      journal,
      spending,
      signal,
      approvals: this.approvalsOf(setup),
      // A called workflow's parameters may be rows of who called it.
      dataRead: new DataRead(
        holdsData || earlier.length > 0 || scope.prefix !== '' || journal.all().some(({ reads }) => reads),
      ),
      now: () => new Date(),
    };
    const agent = await this.agentOf(name, setup);
    const own = await Promise.all(delegates.map((delegate) => this.delegateOf(delegate, setup, spending, time)));
    const tools = delegates.length > 0 ? delegationTools(own, scene) : agent.tools;
    const parallel = delegates.length > 0 ? DELEGATIONS_AT_ONCE : 1;
    const reply = await runAgent({ ...agent, tools, parallel, earlier }, question, {
      ...scene,
      ...this.heardOf(agent),
    });
    if (named) await this.reach.threads.keep(named, at, { question, answer: textOf(reply.answer) });
    return reply;
  }

  /** What may be blocked, or has to have a form, is not told before it was looked at. Agents of a supervisor speak to it and nobody else. */
  private heardOf({ blockedTopics, responseSchema, linkHosts }: Agent): Pick<AgentScene, 'heard'> {
    if (blockedTopics.length > 0 || responseSchema !== undefined) return {};
    const speaking = new Speaking(linkHosts, (text) => this.reach.say(text));
    return { heard: (piece, place) => speaking.hear(piece, place) };
  }

  /** Only a saved workflow is the same one in the next run. */
  private threadOf(name: string): ThreadOf | undefined {
    const { at, shared, scope, step } = this.reach;
    const { owner_id: ownerId, workflow_id: workflowId } = shared.run;
    return workflowId === null
      ? undefined
      : { tenantId: at.tenantId, ownerId, workflowId, nodeId: scope.prefix + step.id, name };
  }

  private async delegateOf(
    { name, description, onError, ...delegate }: DelegateSetup,
    lead: AgentSetup,
    above: AgentSpending,
    time: { now(): number; earlierMs: number },
  ): Promise<Delegate> {
    const setup = { ...lead, ...delegate, responseSchema: undefined, maxToolCalls: MOST_CALLS };
    const agent = await this.agentOf(name, setup);
    return { agent, description, onError, spending: () => new AgentSpending(name, setup, time, above) };
  }

  private async agentOf(name: string, setup: AgentSetup): Promise<Agent> {
    const { model, instructions, temperature, maxReplyTokens, blockedTopics = [], linkHosts = [] } = setup;
    const schema = setup.responseSchema === undefined ? undefined : schemaIn(setup.responseSchema);
    const tools = await Promise.all(setup.tools.map((tool) => this.toolsOf(tool)));
    return {
      name,
      model,
      instructions,
      maxReplyTokens,
      blockedTopics,
      linkHosts,
      limits: setup,
      parallel: 1,
      tools: tools.flat(),
      ...(temperature === undefined ? {} : { temperature }),
      ...(schema === undefined ? {} : { responseSchema: schema }),
    };
  }

  private toolsOf(tool: AgentToolSetup): AgentTool[] | Promise<AgentTool[]> {
    switch (tool.kind) {
      case 'sql':
        return [sqlTool(tool, this.reach)];
      case 'analyst':
        return [analystTool(tool, this.reach)];
      case 'search':
        return [searchTool(tool, this.reach)];
      case 'workflow':
        return [workflowTool(tool, this.reach)];
      case 'http':
        return [httpTool(tool, this.reach)];
      case 'mcp':
        return mcpTools(tool, this.reach);
    }
  }

  /** Without anybody named who runs the workflow decides on what its agent wants to do. */
  private approvalsOf({ approvers = [] }: AgentSetup): WaitingApprovals {
    const { waits, shared, sealer, at } = this.reach;
    const runner = `user:${shared.run.owner_name}`;
    const who = approvers.length > 0 ? { approvers, allowRunner: false } : { approvers: [runner], allowRunner: true };
    return new WaitingApprovals(waits, shared.recorder, sealer, at, who);
  }
}

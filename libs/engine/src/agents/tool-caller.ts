import type { ToolCall } from '@snowflow/nodes/kit/model-calls';
import { StepPaused } from '../run/step-paused';
import type { AgentScene } from './agent-scene';
import { type AgentStep, isSettled } from './agent-step';
import type { AgentTool, ToolInput } from './agent-tool';
import { schemaFaults } from './json-schema-check';
import { isTold } from './told-failures';

const NOT_KNOWN =
  'Whether this call was done is not known, so it was not made again. Do not repeat it; say so in your answer.';

/** How a call that is not made, or failed, is told. */
type Untold = Pick<AgentStep, 'state'> & { why: string };

/**
 * Makes the calls that a model asks for, each at most once: that it begins is durable before it does, and what it came to before the model
 * hears of it. A call with wrong arguments, of a tool that is not there or that nobody allows is not made; the model is told why.
 */
export class ToolCaller {
  private readonly tools: ReadonlyMap<string, AgentTool>;

  constructor(
    tools: readonly AgentTool[],
    private readonly scene: AgentScene,
  ) {
    this.tools = new Map(tools.map((tool) => [tool.name, tool]));
  }

  /** What the model is told. Throws AGENT_LIMIT before the call that would pass a limit, and StepPaused where a person is asked. */
  async call(call: ToolCall, place: string): Promise<string> {
    const { journal, spending, dataRead } = this.scene;
    const before = journal.find(place);
    if (before?.reads) dataRead.mark();
    if (before && isSettled(before)) {
      spending.callBefore();
      return told(before);
    }
    const tool = this.tools.get(call.name);
    if (before?.state === 'running' && tool && !tool.repeatable) {
      spending.callBefore();
      return told(await this.write(before, { state: 'unknown', why: NOT_KNOWN }));
    }
    spending.beforeCall();
    return told(await this.made(tool, before ?? this.begun(call, place, tool), call));
  }

  private async made(tool: AgentTool | undefined, step: AgentStep, call: ToolCall): Promise<AgentStep> {
    if (!tool) return this.write(step, { state: 'refused', why: `There is no tool “${call.name.slice(0, 100)}”.` });
    const faults = schemaFaults(tool.parameters, call.arguments);
    if (faults.length > 0) return this.write(step, { state: 'refused', why: `Wrong arguments: ${faults.join('; ')}.` });
    // The schema of a tool is that of an object: anything else was refused just now.
    const input = call.arguments as ToolInput;
    const decided = await this.decided(tool, input, step);
    if (decided.refusal !== undefined) return this.write(step, { state: 'refused', why: decided.refusal });
    const carriesData = this.scene.dataRead.hasBeen && !decided.byPerson;
    const running = await this.write({ ...step, reads: tool.reads }, { state: 'running' });
    // Another agent of the run may be about to send something while this one reads.
    if (tool.reads) this.scene.dataRead.mark();
    try {
      // Its time may have ended while that was written, and a tool need not look at a signal that was aborted before.
      this.scene.signal.throwIfAborted();
      const answered = await tool.call(input, { place: step.place, carriesData, signal: this.scene.signal });
      return await this.end(running, { state: 'succeeded', answered });
    } catch (error) {
      if (this.scene.signal.aborted || !isTold(error)) throw error;
      return this.write(running, {
        state: error.code === 'OUTCOME_UNKNOWN' ? 'unknown' : 'failed',
        why: `${error.code}: ${error.message}`,
      });
    }
  }

  /** Whether a call is made, and whether a person said so. Throws StepPaused until somebody has, where that takes a person. */
  private async decided(
    tool: AgentTool,
    input: ToolInput,
    step: AgentStep,
  ): Promise<{ refusal?: string; byPerson?: boolean }> {
    const { approvals, dataRead } = this.scene;
    const takesDataOut = tool.leaves && dataRead.hasBeen && !(await tool.mayLeave?.(input));
    if (!tool.needsApproval && !takesDataOut) return {};
    const why = takesDataOut
      ? 'Data of Snowflake was read, and this call leaves the tenant.'
      : 'This tool takes a decision.';
    const decision = await approvals.decision(step.place);
    if (!decision) {
      await this.write(step, { state: 'waiting' });
      await approvals.ask(step.place, { tool: tool.name, input, why });
      throw new StepPaused({ for: 'workflow' });
    }
    const { by, comment = null } = decision;
    const approved = decision.decision === 'approve';
    await this.end(
      { ...step, place: `${step.place}/approval`, kind: 'approval', reads: false },
      { state: approved ? 'succeeded' : 'refused', answered: { by, comment } },
    );
    if (approved) return { byPerson: true };
    return { refusal: comment === null ? 'A person refused this call.' : `A person refused this call: ${comment}` };
  }

  private begun({ name, arguments: given }: ToolCall, place: string, tool: AgentTool | undefined): AgentStep {
    const startedAt = this.scene.now();
    // A name that only the model knows is its own words, and rests where those do.
    const called = tool
      ? { kind: tool.kind, name: tool.name, asked: given }
      : { kind: 'tool' as const, name: 'unknown', asked: { name, arguments: given } };
    return { place, ...called, state: 'running', startedAt, endedAt: null, tokens: null, reads: false, answered: null };
  }

  private async write(step: AgentStep, { state, why }: Pick<AgentStep, 'state'> & Partial<Untold>): Promise<AgentStep> {
    return why === undefined ? this.stored({ ...step, state }) : this.end(step, { state, answered: why });
  }

  private end(step: AgentStep, end: Pick<AgentStep, 'state' | 'answered'>): Promise<AgentStep> {
    return this.stored({ ...step, ...end, endedAt: this.scene.now() });
  }

  private async stored(step: AgentStep): Promise<AgentStep> {
    await this.scene.journal.write(step);
    return step;
  }
}

/** What a model gets of one answer. */
const MOST_CHARACTERS = 20_000;

/** An answer as the model hears it: as a value in JSON, so that no text of it can pass for a turn of its own. */
function told({ state, answered }: AgentStep): string {
  const text = JSON.stringify(state === 'succeeded' ? { result: answered } : { error: answered });
  return text.length <= MOST_CHARACTERS ? text : JSON.stringify({ cutOff: text.slice(0, MOST_CHARACTERS) });
}

import { Injectable } from '@nestjs/common';
import type { Problem } from '@snowflow/contracts/documents/problem';
import { workflowDocument, type WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { AppError } from '@snowflow/contracts/errors/app-error';
import type { PinnedContext } from '@snowflow/contracts/sessions/session-record';
import type { DraftReply, DraftRequest } from '@snowflow/contracts/workflow/draft.dto';
import { diffDocuments } from '@snowflow/engine/diff/diff-documents';
import { ModelsService } from '../models/models.service';
import { CurrentSession } from '../validation/current-session';
import { ValidationService } from '../validation/validation.service';
import { parseDocument } from '../workflows/parse-document';
import { type ChosenModel, chosenModel } from './chosen-model';
import { readAnswer } from './draft-answer';
import { withPlaces } from './draft-layout';
import { DraftModels } from './draft-models';
import { draftPrompt, faultOf, type Quoting, repairPrompt } from './draft-prompt';
import { HiddenValues, holdsHidden } from './hidden-values';
import { VisibleNames } from './visible-names.service';
import type { VisibleSource } from './visible-source';
import { draftFromWords } from './written/draft-from-words';

/** Less than the operation's own deadline, so that who asks hears why. */
const ALL_OF_IT_MS = 55_000;
/** A second answer takes about as long as the first; with less time left the first is shown with its problems. */
const REPAIR_NEEDS_MS = 15_000;

const EMPTY: WorkflowDocument = workflowDocument.parse({ schemaVersion: 1, name: 'New workflow' });

interface Drafting {
  request: string;
  current: WorkflowDocument;
  sources: readonly VisibleSource[];
  context: PinnedContext;
  chosen: ChosenModel;
}

/** An answer that was read: what it proposes, unless it is no document, and what the model may hear of its faults. */
interface Looked {
  reply?: DraftReply;
  faults: string[];
}

/** Turns words into a document that is shown, checked and compared, and never saved here. */
@Injectable()
export class DraftsService {
  constructor(
    private readonly session: CurrentSession,
    private readonly models: ModelsService,
    private readonly names: VisibleNames,
    private readonly asked: DraftModels,
    private readonly validation: ValidationService,
  ) {}

  async draft({ request, definition, model }: DraftRequest): Promise<DraftReply> {
    const giveUpAtMs = Date.now() + ALL_OF_IT_MS;
    const { context } = await this.session.requireBuilder();
    const current = definition ? parseDocument(definition) : EMPTY;
    const [listed, sources] = await Promise.all([this.models.list(), this.names.of(request, current, context)]);
    const chosen = chosenModel(listed, model);
    if (chosen) return this.byModel({ request, current, sources, context, chosen }, giveUpAtMs);
    const { document, explanation, notUnderstood } = draftFromWords({ request, current, sources, context });
    const drafted = withPlaces(document, current);
    const problems = drafted.nodes.length > 0 ? (await this.validation.validate(drafted)).problems : [];
    return { ...replyOf(current, drafted, problems), explanation, notUnderstood };
  }

  /** One answer, and where it has faults one more; what is wrong with that one is for the person to see. */
  private async byModel(drafting: Drafting, giveUpAtMs: number): Promise<DraftReply> {
    const { request, current, sources, context, chosen } = drafting;
    const hidden = new HiddenValues();
    const putBack = (value: unknown) => (chosen.leavesSnowflake ? hidden.putBack(value) : value);
    const signal = AbortSignal.timeout(giveUpAtMs - Date.now());
    const ask = await this.asked.open(chosen.name, context, signal);
    const shown = chosen.leavesSnowflake ? hidden.hide(current) : current;
    const view = { current, shown, putBack };
    const prompt = draftPrompt(request, shown, sources);
    try {
      const text = await ask(prompt);
      const first = await this.looked(text, view, chosen);
      const isRepaired = first.faults.length > 0 && (!first.reply || giveUpAtMs - Date.now() > REPAIR_NEEDS_MS);
      const repair = async () => this.looked(await ask([...prompt, ...repairPrompt(text, first.faults)]), view, chosen);
      const second = isRepaired ? await repair().catch((error: unknown) => orThrow(first, error)) : first;
      const reply = second.reply ?? first.reply;
      if (reply) return { ...reply, model: chosen.name, simulated: false, valuesHidden: chosen.leavesSnowflake };
    } catch (error) {
      if (signal.aborted) throw tooSlow(chosen.name);
      throw error;
    }
    throw new AppError(
      'MODEL_FAILED',
      `The model ${chosen.name} answered twice, and not with a workflow. Say it in other words, or choose another model.`,
    );
  }

  private async looked(
    text: string,
    view: Parameters<typeof readAnswer>[1],
    { leavesSnowflake }: ChosenModel,
  ): Promise<Looked> {
    const { current } = view;
    const read = readAnswer(text, view);
    if ('faults' in read) return read;
    const document = withPlaces(read.document, current);
    const { problems } = await this.validation.validate(document);
    const quoting = ({ nodeId }: Problem): Quoting => {
      if (!leavesSnowflake) return 'all';
      return nodeId === undefined || holdsHidden(read.held(nodeId) ?? '') ? 'names' : 'own';
    };
    const errors = problems.filter(({ severity }) => severity === 'error');
    return {
      reply: { ...replyOf(current, document, problems), explanation: read.explanation },
      faults: errors.map((problem) => faultOf(problem, quoting(problem))),
    };
  }
}

function replyOf(current: WorkflowDocument, definition: WorkflowDocument, problems: Problem[]): DraftReply {
  return {
    definition,
    explanation: '',
    model: null,
    simulated: true,
    notUnderstood: [],
    valuesHidden: false,
    problems,
    changes: diffDocuments(current, definition),
  };
}

/** A faulty draft is more than none. */
function orThrow(first: Looked, error: unknown): Looked {
  if (!first.reply) throw error;
  return first;
}

function tooSlow(model: string): AppError {
  return new AppError(
    'DEADLINE_EXCEEDED',
    `The model ${model} gave no workflow within ${ALL_OF_IT_MS / 1_000} s. Nothing was changed; ask for less at once, or choose another model.`,
  );
}

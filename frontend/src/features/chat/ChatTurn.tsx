import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { LoaderCircle } from 'lucide-react';
import { Notice } from '../../components/Notice';
import { RunReply } from './RunReply';
import type { Turn } from './turn';

interface ChatTurnProps {
  turn: Turn;
  definition: WorkflowDocument;
  onEnd: (id: string, answer: string | undefined) => void;
}

/** A question and its answer, as far as it has come. */
export function ChatTurn({ turn, definition, onEnd }: ChatTurnProps) {
  const { id, question, runId, state, refusal } = turn;
  return (
    <article className="chat-turn" aria-label={question.slice(0, 100)}>
      <p className="chat-question">
        <span className="visually-hidden">You asked: </span>
        {question}
      </p>
      {state === 'sending' && (
        <p className="chat-progress">
          <LoaderCircle size={14} aria-hidden className="spin" /> Sending
        </p>
      )}
      {state === 'refused' && (
        <Notice tone="danger" title="This was not asked.">
          {refusal}
        </Notice>
      )}
      {runId !== undefined && (
        <RunReply
          runId={runId}
          definition={definition}
          isOpen={state === 'sent'}
          onEnd={(answer) => onEnd(id, answer)}
        />
      )}
    </article>
  );
}

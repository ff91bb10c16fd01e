import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { type ReactNode, useEffect, useRef } from 'react';
import { Button } from '../../components/Button';
import { EmptyState } from '../../components/EmptyState';
import { ChatComposer } from './ChatComposer';
import { ChatTurn } from './ChatTurn';
import { takesHistory, ungiven } from './talkable';
import { type Talk, useChat } from './use-chat';
import './Chat.css';

interface ChatPanelProps extends Talk {
  definition: WorkflowDocument;
  /** Stands beside what is said of the chat as a whole. */
  aside?: ReactNode;
}

/** What was said to a workflow and what it answered, with the place to ask on. The workflow takes a question. */
export function ChatPanel({ definition, aside, ...talk }: ChatPanelProps) {
  const chat = useChat(talk);
  const foot = useRef<HTMLDivElement>(null);
  const { turns, open } = chat;
  const missing = ungiven(talk.parameters);
  const count = turns.length;

  useEffect(() => {
    // What was asked last comes to sight.
    if (count > 0) foot.current?.scrollIntoView({ block: 'end' });
  }, [count]);

  return (
    <section className="chat" aria-label="Chat">
      <div className="chat-turns" role="log" aria-label="Questions and answers" tabIndex={0}>
        {count === 0 && (
          <EmptyState
            title="Ask a question."
            text={
              takesHistory(talk.parameters)
                ? 'Each one runs the workflow as you; later ones know what was said before.'
                : 'Each one runs the workflow as you, by itself.'
            }
          />
        )}
        {turns.map((turn) => (
          <ChatTurn key={turn.id} turn={turn} definition={definition} onEnd={chat.end} />
        ))}
        <div ref={foot} className="chat-end" />
      </div>
      <ChatComposer
        onAsk={chat.ask}
        onStop={chat.stop}
        answering={open !== undefined}
        stoppable={open?.runId !== undefined}
        unavailable={
          missing.length === 0
            ? undefined
            : `Give ${missing.join(', ')} a default first: a chat gives the question alone`
        }
      />
      <div className="chat-foot">
        <span>This tab alone keeps what is said, until you sign out.</span>
        {aside}
        {count > 0 && !open && (
          <Button size="xs" look="ghost" onClick={chat.clear}>
            Begin anew
          </Button>
        )}
      </div>
    </section>
  );
}

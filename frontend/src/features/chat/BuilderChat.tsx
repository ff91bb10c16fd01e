import { ExternalLink } from 'lucide-react';
import { useMemo } from 'react';
import { Link } from 'react-router';
import { Button } from '../../components/Button';
import { EmptyState } from '../../components/EmptyState';
import { documentOf, useBuilder } from '../../store/builder-store';
import { ChatPanel } from './ChatPanel';
import { isTalkable, withQuestion } from './talkable';
import type { Talk } from './use-chat';

/** Talking to the workflow that is open in the builder, as it is drawn now. */
export function BuilderChat({ start }: Pick<Talk, 'start'>) {
  const workflowId = useBuilder((state) => state.workflowId);
  const { parameters } = useBuilder((state) => state.rest);
  const nodes = useBuilder((state) => state.nodes);
  const readOnly = useBuilder((state) => state.readOnly);
  // Only the nodes matter to an answer: what they are called and how they show what they give.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const definition = useMemo(() => documentOf(useBuilder.getState()), [nodes]);

  if (!isTalkable(parameters)) {
    const taken = parameters.some(({ name }) => name === 'question');
    return (
      <EmptyState
        title="This workflow takes no question."
        text={
          taken
            ? 'Its parameter question is not a text.'
            : 'With a parameter question it can be talked to: nodes use it as {{ parameters.question }}, and what was said before as {{ parameters.history }}.'
        }
        action={
          !taken &&
          !readOnly && (
            <Button onClick={() => useBuilder.getState().setParameters(withQuestion(parameters))}>
              Let it take a question
            </Button>
          )
        }
      />
    );
  }
  return (
    <div className="builder-chat">
      <ChatPanel
        workflowId={workflowId}
        parameters={parameters}
        definition={definition}
        start={start}
        aside={
          <Link className="builder-chat-link" to={`/chat/${workflowId}`}>
            <ExternalLink size={13} aria-hidden /> Chat on its own page
          </Link>
        }
      />
    </div>
  );
}

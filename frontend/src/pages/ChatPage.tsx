import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { Link, useParams } from 'react-router';
import { ApiError, messageOf } from '../api/api-error';
import { startRun } from '../api/runs';
import type { Workflow } from '../api/types';
import { fetchWorkflow } from '../api/workflows';
import { Button } from '../components/Button';
import { EmptyState } from '../components/EmptyState';
import { Notice } from '../components/Notice';
import { PageFrame } from '../components/PageFrame';
import { ChatPanel } from '../features/chat/ChatPanel';
import { isTalkable } from '../features/chat/talkable';

/** Talking to a workflow without its canvas, for who may run it. */
export function ChatPage() {
  const { workflowId = '' } = useParams();
  const workflow = useQuery({
    queryKey: ['workflow-of-chat', workflowId],
    queryFn: ({ signal }) => fetchWorkflow(workflowId, signal),
  });
  const missing = workflow.error instanceof ApiError && [404, 422].includes(workflow.error.status);
  const name = workflow.data?.name ?? 'Chat';

  useEffect(() => {
    document.title = `${name} · SnowFlow`;
  }, [name]);

  return (
    <PageFrame skipTo="the chat">
      <header className="page-head">
        <h1>{name}</h1>
        {workflow.data && (
          <Link className="button button-default button-md" to={`/workflows/${workflowId}`}>
            Open in builder
          </Link>
        )}
      </header>
      {workflow.data && <OpenChat key={workflowId} workflow={workflow.data} />}
      {workflow.error && !workflow.data && (
        <Notice
          tone="danger"
          title={
            missing ? 'This workflow does not exist or is not shared with you.' : 'The workflow could not be read.'
          }
          action={
            missing ? (
              <Link className="button button-default button-md" to="/workflows">
                Go to workflows
              </Link>
            ) : (
              <Button onClick={() => void workflow.refetch()}>Try now</Button>
            )
          }
        >
          {missing ? '' : messageOf(workflow.error)}
        </Notice>
      )}
    </PageFrame>
  );
}

function OpenChat({ workflow: { id, revision, published, definition } }: { workflow: Workflow }) {
  const runs = published ?? revision;
  const start = useCallback((parameters: Record<string, string>) => startRun(id, runs, { parameters }), [id, runs]);
  return (
    <div className="page-card chat-page">
      {isTalkable(definition.parameters) ? (
        <ChatPanel workflowId={id} parameters={definition.parameters} definition={definition} start={start} />
      ) : (
        <EmptyState
          title="This workflow takes no question."
          text="It can be talked to once it has a parameter question that is a text; its builder adds one under Chat."
        />
      )}
    </div>
  );
}

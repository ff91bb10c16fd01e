import type { WorkflowDocument } from '@snowflow/contracts/documents/workflow-document';
import { isTerminal } from '@snowflow/contracts/runs/run-state';
import { useEffect, useMemo, useRef } from 'react';
import { Link } from 'react-router';
import { ApiError, messageOf } from '../../api/api-error';
import { Button } from '../../components/Button';
import { Notice } from '../../components/Notice';
import { STATE_LOOKS } from '../../components/StateChip';
import { type LiveRun, useLiveRun } from '../runs/details/use-live-run';
import { RunState } from '../runs/RunState';
import { AnswerView } from './AnswerView';
import { type Answer, answersOf, awaitsValues, toldOf } from './answers';
import { ChatCitations } from './ChatCitations';
import { ChatWaiting } from './ChatWaiting';
import { citationsOf } from './citations';

/** Where reading them after the last event failed. */
const VALUES_EVERY_MS = 3_000;

interface RunReplyProps {
  runId: string;
  definition: WorkflowDocument;
  /** Nobody has been told its end yet. */
  isOpen: boolean;
  /** `answer`: what later questions are told of it; undefined where it came to none. */
  onEnd: (answer: string | undefined) => void;
}

/** What a run answers to a question, live. */
export function RunReply({ runId, definition, isOpen, onEnd }: RunReplyProps) {
  const { query } = useLiveRun(runId);
  const run = query.data;
  const answers = useMemo(() => (run ? answersOf(run, definition) : []), [run, definition]);
  const gone = query.error instanceof ApiError && query.error.status === 404;
  const tell = useRef(onEnd);

  useEffect(() => {
    tell.current = onEnd;
  });
  const ended = run ? isTerminal(run.status) : gone;
  // The last event may come before the values, which events leave out.
  const awaited = run !== undefined && ended && run.status === 'succeeded' && awaitsValues(run, definition);
  const over = ended && !awaited;
  useEffect(() => {
    if (isOpen && over) tell.current(run?.status === 'succeeded' ? toldOf(answers) : undefined);
  }, [isOpen, over, run?.status, answers]);

  const { refetch } = query;
  useEffect(() => {
    if (!awaited) return;
    const again = setInterval(() => void refetch(), VALUES_EVERY_MS);
    return () => clearInterval(again);
  }, [awaited, refetch]);

  if (!run && query.error) {
    return (
      <Notice
        tone="danger"
        title={gone ? 'This answer is no more.' : 'The answer could not be read.'}
        action={!gone && <Button onClick={() => void query.refetch()}>Try now</Button>}
      >
        {gone ? 'Its run was removed, or is not yours.' : messageOf(query.error)}
      </Notice>
    );
  }
  if (!run) return null;
  return <Reply run={run} answers={awaited ? [] : answers} awaited={awaited} definition={definition} />;
}

interface ReplyProps {
  run: LiveRun;
  answers: readonly Answer[];
  /** It has ended, and its values are being read. */
  awaited: boolean;
  definition: WorkflowDocument;
}

function Reply({ run, answers, awaited, definition }: ReplyProps) {
  const citations = useMemo(() => citationsOf(run, definition), [run, definition]);
  const { status, error } = run;
  const going = !isTerminal(status);
  return (
    <div className="chat-reply">
      {answers.map((answer) => (
        <AnswerView key={answer.nodeId} runId={run.id} answer={answer} named={answers.length > 1} />
      ))}
      {status === 'succeeded' && !awaited && answers.length === 0 && (
        <p className="chat-progress">It came to its end without an answer: no Response and no Result was reached.</p>
      )}
      {status === 'failed' && (
        <Notice tone="danger" title="This could not be answered.">
          {error?.message ?? (error ? `The cause is ${error.code}.` : 'Its run tells why.')}
        </Notice>
      )}
      {status === 'cancelled' && <p className="chat-progress">Stopped.</p>}
      {going && <ChatWaiting run={run} definition={definition} />}
      <footer className="chat-reply-foot">
        {going && <RunState look={STATE_LOOKS[status]} />}
        <Link to={`/runs/${run.id}`}>Open run</Link>
      </footer>
      {citations.length > 0 && <ChatCitations runId={run.id} citations={citations} />}
    </div>
  );
}

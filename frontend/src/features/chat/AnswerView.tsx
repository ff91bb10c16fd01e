import { useQuery } from '@tanstack/react-query';
import { fetchResult } from '../../api/runs';
import { bytesText } from '../format/numbers';
import { NodeResult } from '../results/NodeResult';
import { AnswerText } from './AnswerText';
import { type Answer, wordsOf } from './answers';

interface AnswerViewProps {
  runId: string;
  answer: Answer;
  /** Several outputs answer, so each says which it is. */
  named: boolean;
}

/** What one output of a run answers: words, or rows as the node shows them. */
export function AnswerView({ runId, answer, named }: AnswerViewProps) {
  return (
    <div className="chat-answer">
      {named && <p className="chat-answer-name">{answer.label}</p>}
      {answer.kind === 'value' && answer.value === undefined && (
        <p className="chat-progress">
          The answer has {bytesText(answer.valueBytes)}, too much to be shown. The API gives it.
        </p>
      )}
      {answer.kind === 'value' && answer.value !== undefined && <AnswerText text={wordsOf(answer.value)} />}
      {answer.kind === 'rows' && <AnswerRows runId={runId} answer={answer} />}
    </div>
  );
}

/** A single cell is an answer in words; more is a table or a chart. */
function AnswerRows({ runId, answer }: { runId: string; answer: Extract<Answer, { kind: 'rows' }> }) {
  const { nodeId, config, rowCount } = answer;
  const single = useQuery({
    queryKey: ['result', runId, nodeId, 'single'],
    queryFn: ({ signal }) => fetchResult(runId, nodeId, { cursor: null, limit: 1, signal }),
    enabled: rowCount === 1,
    staleTime: Infinity,
  });
  if (rowCount === 1 && single.isPending) return null;
  const [cell, ...others] = single.data?.rows[0] ?? [];
  if (rowCount === 1 && single.data && others.length === 0) return <AnswerText text={wordsOf(cell)} />;
  return (
    <div className="chat-rows" data-view={config['view'] === 'chart' ? 'chart' : 'rows'}>
      <NodeResult runId={runId} nodeId={nodeId} config={config} />
    </div>
  );
}

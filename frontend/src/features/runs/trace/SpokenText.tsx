import { spokenKey, useSpoken } from './spoken-store';
import './AgentTrace.css';

/** What an agent is saying, as far as it has come. Plain text: it was not looked at by its guards yet. */
export function SpokenText({ runId, nodeId }: { runId: string; nodeId: string }) {
  const text = useSpoken((texts) => texts[spokenKey(runId, nodeId)]);
  if (text === undefined) return null;
  return (
    <pre className="spoken-text" tabIndex={0} role="group" aria-label="What it is saying">
      {text}
    </pre>
  );
}

import { useBuilder } from '../store/builder-store';
import { selectProblemCount } from '../store/selectors/problem-selectors';

/** The amber corner of a node that has problems; it opens the list of them. */
export function ProblemMark({ nodeId }: { nodeId: string }) {
  const count = useBuilder(selectProblemCount(nodeId));
  if (count === 0) return null;
  const label = `${count} ${count === 1 ? 'problem' : 'problems'}`;
  return (
    <button
      type="button"
      className="problem-mark nodrag"
      title={label}
      aria-label={label}
      tabIndex={-1}
      onClick={() => useBuilder.getState().showDrawer('problems')}
    >
      {count}
    </button>
  );
}

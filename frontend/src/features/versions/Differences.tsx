import { useEffect, useState } from 'react';
import { messageOf } from '../../api/api-error';
import type { Revision } from '../../api/revisions';
import { Button } from '../../components/Button';
import { Notice } from '../../components/Notice';
import { useBuilder } from '../../store/builder-store';
import { changedThings } from '../drafting/change-text';
import { DraftChanges } from '../drafting/DraftChanges';
import { canvasMarks } from './canvas-marks';
import { useDiff } from './use-versions';

interface DifferencesProps {
  workflowId: string;
  /** Those to choose from, the latest first. */
  items: readonly Revision[];
  compared: readonly [number, number];
  onCompare: (compared: readonly [number, number] | undefined) => void;
}

/** What became of one version in another, in words here and marked on the canvas. */
export function Differences({ workflowId, items, compared, onCompare }: DifferencesProps) {
  const [moves, setMoves] = useState(false);
  const { data, error } = useDiff(workflowId, compared, moves);
  const [from, to] = compared;

  useEffect(() => {
    const shown = data && canvasMarks(data.changes, data.before.definition);
    useBuilder.getState().setMarked(shown?.marks, shown?.ghosts);
    return () => useBuilder.getState().setMarked(undefined);
  }, [data]);

  const chooser = (label: string, value: number, onChange: (revision: number) => void) => (
    <select
      className="control"
      aria-label={label}
      value={value}
      onChange={({ target }) => onChange(Number(target.value))}
    >
      {items.map(({ revision, name }) => (
        <option key={revision} value={revision}>
          v{revision}
          {revision === items[0]?.revision ? ' (draft)' : ''}
          {name ? ` ${name}` : ''}
        </option>
      ))}
    </select>
  );
  return (
    <section aria-label="Differences">
      <div className="versions-compared">
        {chooser('Compare', from, (revision) => onCompare([revision, to]))}
        <span aria-hidden>→</span>
        {chooser('With', to, (revision) => onCompare([from, revision]))}
      </div>
      <label className="versions-moves">
        <input type="checkbox" checked={moves} onChange={(event) => setMoves(event.target.checked)} /> Show moves
      </label>
      {error && (
        <Notice tone="danger" title="These versions were not compared.">
          {messageOf(error)}
        </Notice>
      )}
      {data?.changes.length === 0 && <p className="quiet">Nothing differs.</p>}
      {data && data.changes.length > 0 && (
        <DraftChanges
          things={changedThings({ changes: data.changes, definition: data.after.definition }, data.before.definition)}
        />
      )}
      <Button size="sm" onClick={() => onCompare(undefined)}>
        Stop comparing
      </Button>
    </section>
  );
}

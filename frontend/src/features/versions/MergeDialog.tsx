import { mergeDocuments } from '@snowflow/engine/diff/merge-documents';
import type { Choices } from '@snowflow/engine/diff/merge-keyed';
import { useMemo, useState } from 'react';
import { Button } from '../../components/Button';
import { Dialog } from '../../components/Dialog';
import { Notice } from '../../components/Notice';
import { documentOf, useBuilder } from '../../store/builder-store';
import type { StaleSave } from '../saving/save-queue';
import type { Saving } from '../saving/use-saving';
import { conflictTexts } from './conflict-texts';
import './MergeDialog.css';

interface MergeDialogProps {
  /** That stands there now. */
  revision: number;
  /** Who saved that; `you` where it is the person themselves, in another place. */
  by: string;
  stale: StaleSave;
  saving: Pick<Saving, 'saveCopy' | 'resolve'>;
  onClose: () => void;
}

/** Two people changed one workflow: what only one of them changed is taken over, what both changed is chosen here. */
export function MergeDialog({ revision, by, stale, saving, onClose }: MergeDialogProps) {
  const [choices, setChoices] = useState<Choices>(new Map());
  const mine = useMemo(() => documentOf(useBuilder.getState()), []);
  const merged = mergeDocuments(stale.base, mine, stale.theirs, choices);
  const { conflicts, dropped } = merged;
  const sides = { mine: 'Mine', theirs: by === 'you' ? 'Saved elsewhere' : `${by}’s` };
  const nodes = useMemo(
    () => new Map([...stale.theirs.nodes, ...mine.nodes].map(({ id, label }) => [id, label || id])),
    [stale, mine],
  );
  const open = conflicts.filter(({ key }) => !choices.has(key)).length;
  return (
    <Dialog
      open
      wide
      onClose={onClose}
      title={by === 'you' ? 'You changed this elsewhere too' : `${by} changed this too`}
      description={
        conflicts.length === 0
          ? `v${revision} and your changes touch different things. Both are kept.`
          : `v${revision} and your changes are kept together. Choose where both changed the same thing.`
      }
      actions={
        <>
          <Button onClick={saving.saveCopy}>Save a copy</Button>
          <Button
            look="primary"
            unavailable={open > 0 ? `Choose ${open === 1 ? 'the last one' : `the other ${open}`} first` : undefined}
            onClick={() => {
              saving.resolve(revision, stale, merged.document);
              onClose();
            }}
          >
            Keep both changes
          </Button>
        </>
      }
    >
      {dropped.length > 0 && (
        <Notice
          tone="warning"
          title={`${dropped.length === 1 ? 'A connection' : `${dropped.length} connections`} cannot stay.`}
        >
          The node at the other end was removed.
        </Notice>
      )}
      {conflicts.map((conflict) => {
        const { title, mine: mineText, theirs: theirsText } = conflictTexts(conflict, nodes);
        return (
          <fieldset key={conflict.key} className="merge-choice">
            <legend>{title}</legend>
            {(['mine', 'theirs'] as const).map((side) => (
              <label key={side} aria-label={sides[side]}>
                <input
                  type="radio"
                  name={conflict.key}
                  checked={choices.get(conflict.key) === side}
                  onChange={() => setChoices(new Map(choices).set(conflict.key, side))}
                />
                <span>
                  <strong>{sides[side]}</strong>
                  <code>{side === 'mine' ? mineText : theirsText}</code>
                </span>
              </label>
            ))}
          </fieldset>
        );
      })}
    </Dialog>
  );
}

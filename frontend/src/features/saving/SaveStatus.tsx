import { useQuery } from '@tanstack/react-query';
import { Cloud, CloudAlert, CloudOff, CloudUpload, type LucideIcon } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/Button';
import { absoluteTime } from '../format/moments';
import { meQuery } from '../session/me-query';
import { revisionQuery } from '../versions/use-versions';
import { MergeDialog } from '../versions/MergeDialog';
import type { SaveState, StaleSave } from './save-queue';
import type { Saving } from './use-saving';

const ICONS: Record<SaveState['kind'], LucideIcon> = {
  saved: Cloud,
  saving: CloudUpload,
  offline: CloudOff,
  busy: CloudAlert,
  failed: CloudAlert,
  conflict: CloudAlert,
  'signed-out': CloudAlert,
};

const changes = (state: { changes: number }) => `${state.changes} ${state.changes === 1 ? 'change' : 'changes'}`;

function textOf(state: SaveState, by: string): string {
  switch (state.kind) {
    case 'saved':
      return 'Saved';
    case 'saving':
      return 'Saving';
    case 'offline':
      return `Offline, ${changes(state)} kept here`;
    case 'busy':
      return `Server busy, ${changes(state)} kept here`;
    case 'failed':
      return 'Not saved.';
    case 'signed-out':
      return 'Not saved, signed out';
    case 'conflict':
      return `${by === 'you' ? 'You changed this elsewhere' : `${by} changed this`}. Reload or save a copy`;
  }
}

function titleOf(state: SaveState): string | undefined {
  if (state.kind === 'saved') return state.at ? absoluteTime(state.at) : undefined;
  if (state.kind === 'busy') return 'Not saved yet. The server has too much to do; it is sent again by itself.';
  return state.kind === 'failed' ? state.message : undefined;
}

interface SaveStatusProps {
  workflowId: string;
  saving: Saving;
  onReload: () => void;
}

/** Whether the draft is safe, always in sight. */
export function SaveStatus({ workflowId, saving, onReload }: SaveStatusProps) {
  const { state } = saving;
  const conflict = state.kind === 'conflict' ? state : undefined;
  const [put, setPut] = useState<StaleSave>();
  const { data: me } = useQuery(meQuery);
  const { data: theirs } = useQuery({
    ...revisionQuery(workflowId, conflict?.revision ?? 0),
    enabled: conflict !== undefined,
  });
  const by = theirs?.author && theirs.author === me?.username ? 'you' : (theirs?.author ?? 'Somebody');
  const stale = conflict?.stale;
  // Opens by itself; who put it away to look around opens it again.
  const merging = stale !== put;
  const Icon = ICONS[state.kind];
  return (
    <div className="save-state" data-state={state.kind}>
      <span role="status" title={titleOf(state)} className="save-state">
        <Icon size={14} aria-hidden />
        {textOf(state, by)}
      </span>
      {state.kind === 'failed' && (
        <Button size="xs" onClick={() => void saving.flush()}>
          Retry
        </Button>
      )}
      {conflict && stale && merging && (
        <MergeDialog revision={conflict.revision} by={by} stale={stale} saving={saving} onClose={() => setPut(stale)} />
      )}
      {state.kind === 'conflict' && (
        <>
          {stale && (
            <Button size="xs" onClick={() => setPut(undefined)}>
              Merge
            </Button>
          )}
          <Button
            size="xs"
            onClick={() => {
              saving.discard();
              onReload();
            }}
          >
            Reload
          </Button>
          <Button size="xs" onClick={saving.saveCopy}>
            Save a copy
          </Button>
        </>
      )}
    </div>
  );
}

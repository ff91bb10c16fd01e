import { Cloud, CloudAlert, CloudOff, CloudUpload, type LucideIcon } from 'lucide-react';
import { Button } from '../../components/Button';
import { absoluteTime } from '../format/moments';
import type { SaveState } from './save-queue';
import type { Saving } from './use-saving';

const ICONS: Record<SaveState['kind'], LucideIcon> = {
  saved: Cloud,
  saving: CloudUpload,
  offline: CloudOff,
  failed: CloudAlert,
  conflict: CloudAlert,
  'signed-out': CloudAlert,
};

function textOf(state: SaveState): string {
  switch (state.kind) {
    case 'saved':
      return 'Saved';
    case 'saving':
      return 'Saving';
    case 'offline':
      return `Offline, ${state.changes} ${state.changes === 1 ? 'change' : 'changes'} kept here`;
    case 'failed':
      return 'Not saved.';
    case 'signed-out':
      return 'Not saved, signed out';
    case 'conflict':
      return 'Changed elsewhere.';
  }
}

/** Whether the draft is safe, always in sight. */
export function SaveStatus({ saving, onReload }: { saving: Saving; onReload: () => void }) {
  const { state } = saving;
  const Icon = ICONS[state.kind];
  const title =
    state.kind === 'saved' && state.at ? absoluteTime(state.at) : state.kind === 'failed' ? state.message : undefined;
  return (
    <div className="save-state" data-state={state.kind}>
      <span role="status" title={title} className="save-state">
        <Icon size={14} aria-hidden />
        {textOf(state)}
      </span>
      {state.kind === 'failed' && (
        <Button size="xs" onClick={() => void saving.flush()}>
          Retry
        </Button>
      )}
      {state.kind === 'conflict' && (
        <>
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

import { useEffect, useRef } from 'react';
import { ApiError } from '../../../api/api-error';
import { Button } from '../../../components/Button';
import { Notice } from '../../../components/Notice';
import { FormFailure } from '../FormFailure';
import type { useNewerSettings } from './use-settings';

interface SaveFailureProps {
  error: unknown;
  newer: ReturnType<typeof useNewerSettings>;
  /** Takes the newer settings over under what was typed. */
  onLoad: () => void;
}

/** Why settings were not saved; where somebody else was first, the way on, and then what has come of it. */
export function SaveFailure({ error, newer, onLoad }: SaveFailureProps) {
  if (newer.error) return <FormFailure title="The newer settings did not come." error={newer.error} action={again()} />;
  if (error) return <FormFailure title={TITLE} error={error} action={isConflict(error) ? again() : undefined} />;
  return newer.data ? <NewerLoaded /> : null;

  function again() {
    return (
      <Button size="sm" onClick={onLoad} aria-busy={newer.isPending}>
        Load the newer settings
      </Button>
    );
  }
}

const TITLE = 'The settings were not saved.';

const isConflict = (error: unknown) => error instanceof ApiError && error.code === 'REVISION_CONFLICT';

/** Takes the focus, for the button that had it is gone. */
function NewerLoaded() {
  const message = useRef<HTMLDivElement>(null);
  useEffect(() => message.current?.focus(), []);
  return (
    <Notice title="The newer settings are here." ref={message}>
      What you changed stands as you left it, and nothing of it is saved yet. Look it over, then save.
    </Notice>
  );
}

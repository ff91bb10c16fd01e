import type { UseMutationResult } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../components/Button';
import { TextField } from '../../components/TextField';

/** Whose a workflow is from now on. */
export function OwnerField({
  giving,
}: {
  giving: Pick<UseMutationResult<unknown, Error, string>, 'isPending' | 'mutate'>;
}) {
  const [owner, setOwner] = useState('');
  return (
    <>
      <TextField
        label="Give it to another builder (Snowflake user)"
        value={owner}
        onChange={(event) => setOwner(event.target.value)}
        autoComplete="off"
      />
      <Button
        size="sm"
        unavailable={owner.trim() ? undefined : 'Type the name of a user first'}
        aria-busy={giving.isPending}
        onClick={() => giving.mutate(owner.trim())}
      >
        Change owner
      </Button>
    </>
  );
}

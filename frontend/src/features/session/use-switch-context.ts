import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError, messageOf } from '../../api/api-error';
import { switchContext } from '../../api/auth';
import { showToast } from '../../components/toast-store';

/** A role that only another sign-in gives. */
export interface RoleSignIn {
  role: string;
  message: string;
  authorizeUrl: string | undefined;
}

interface SwitchContext {
  change: (wanted: { role?: string; warehouse?: string }) => void;
  isPending: boolean;
  needed: RoleSignIn | undefined;
  dismiss: () => void;
}

/** Takes another role or warehouse, or says that the role needs another sign-in. */
export function useSwitchContext(onDone?: () => void): SwitchContext {
  const queries = useQueryClient();
  const [needed, setNeeded] = useState<RoleSignIn>();
  const { mutate, isPending } = useMutation({
    mutationFn: switchContext,
    onSuccess: async (_session, { role }) => {
      await queries.invalidateQueries({ queryKey: ['me'] });
      // Another role sees other objects.
      if (role) await queries.invalidateQueries({ queryKey: ['catalog'] });
      onDone?.();
    },
    onError: (error, { role }) => {
      if (role !== undefined && error instanceof ApiError && error.code === 'ROLE_NEEDS_SIGN_IN') {
        setNeeded({ role, message: error.message, authorizeUrl: error.body.authorizeUrl });
      } else showToast(messageOf(error));
    },
  });
  return { change: mutate, isPending, needed, dismiss: () => setNeeded(undefined) };
}

import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-error';
import { asksAgain, asksAgainAfterMs } from './asks-again';

/** Whatever met the loss of the role: who is signed in says which roles are left. */
function afterRefusal(error: Error): void {
  if (error instanceof ApiError && error.code === 'ROLE_REVOKED') {
    void queryClient.invalidateQueries({ queryKey: ['me'] });
  }
}

/** Server state. Refusals are final; reads without an answer, and those that met a busy server, are tried again. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: afterRefusal }),
  mutationCache: new MutationCache({ onError: afterRefusal }),
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      retry: asksAgain,
      retryDelay: (failures, error) => asksAgainAfterMs(failures, error),
    },
  },
});

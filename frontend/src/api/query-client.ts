import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-error';

/** Server state. Refusals are final; only requests without an answer are tried again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 30_000,
      refetchOnWindowFocus: false,
      retry: (failures, error) => failures < 2 && !(error instanceof ApiError),
    },
  },
});

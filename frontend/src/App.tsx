import { QueryClientProvider } from '@tanstack/react-query';
import { Tooltip } from 'radix-ui';
import { RouterProvider } from 'react-router';
import { queryClient } from './api/query-client';
import { ConsentDialog } from './features/consent/ConsentDialog';
import { Toasts } from './components/Toasts';
import { router } from './router';

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <Tooltip.Provider delayDuration={400}>
        <RouterProvider router={router} />
        <ConsentDialog />
        <Toasts />
      </Tooltip.Provider>
    </QueryClientProvider>
  );
}

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  fetchExternalSetupSql,
  fetchOauthClients,
  fetchSettings,
  fetchSetupSql,
  removeOauthClient,
  saveOauthClient,
  saveSettings,
} from '../../../api/tenant';

const SETTINGS = ['tenant-settings'];
const CLIENTS = ['oauth-clients'];
const NEWER_WITHIN_MS = 15_000;

export function useTenantSettings() {
  // Read anew each time: a form that began with what another admin has changed since would undo it.
  return useQuery({ queryKey: SETTINGS, queryFn: ({ signal }) => fetchSettings(signal), gcTime: 0 });
}

/** What somebody else has saved, asked for where a save met it. */
export function useNewerSettings() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => fetchSettings(AbortSignal.timeout(NEWER_WITHIN_MS)),
    onSuccess: (newer) => queries.setQueryData(SETTINGS, newer),
  });
}

export function useSaveSettings() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: saveSettings,
    onSuccess: (saved) => queries.setQueryData(SETTINGS, saved),
  });
}

export function useOauthClients() {
  return useQuery({ queryKey: CLIENTS, queryFn: ({ signal }) => fetchOauthClients(signal) });
}

export function useSetupSql() {
  return useQuery({ queryKey: ['oauth-setup-sql'], queryFn: ({ signal }) => fetchSetupSql(signal) });
}

/** Asked only when an admin wants it: the provider is asked anew each time. */
export function useExternalSetupSql() {
  return useMutation({ mutationFn: fetchExternalSetupSql });
}

/** What was sent may hold the client's secret, so nothing of the request is kept. */
export function useSaveOauthClient() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: saveOauthClient,
    gcTime: 0,
    onSuccess: () => queries.invalidateQueries({ queryKey: CLIENTS }),
  });
}

export function useRemoveOauthClient() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: removeOauthClient,
    onSuccess: () => queries.invalidateQueries({ queryKey: CLIENTS }),
  });
}

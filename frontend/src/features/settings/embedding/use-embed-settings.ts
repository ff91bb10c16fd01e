import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { fetchEmbedSettings, saveEmbedParents } from '../../../api/embed-settings';

const SETTINGS = ['embed-settings'];

export function useEmbedSettings() {
  return useQuery({ queryKey: SETTINGS, queryFn: ({ signal }) => fetchEmbedSettings(signal) });
}

export function useSaveEmbedParents() {
  const queries = useQueryClient();
  return useMutation({ mutationFn: saveEmbedParents, onSuccess: (saved) => queries.setQueryData(SETTINGS, saved) });
}

import { useQuery } from '@tanstack/react-query';
import { fetchScratchTables } from '../../../api/scratch-tables';

export function useScratchTables() {
  return useQuery({ queryKey: ['scratch-tables'], queryFn: ({ signal }) => fetchScratchTables(signal) });
}

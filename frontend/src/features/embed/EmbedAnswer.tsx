import { z } from 'zod';
import { DataGrid } from '../results/DataGrid';
import { ResultText } from '../results/ResultText';

const page = z.object({
  columns: z.array(z.object({ name: z.string(), type: z.string() })),
  rows: z.array(z.array(z.unknown())),
  rowCount: z.number(),
});

/** What a run answered: rows as a grid, all else as text. */
export function EmbedAnswer({ value }: { value: unknown }) {
  const { data } = page.safeParse(value);
  if (data)
    return <DataGrid columns={data.columns} rows={data.rows} rowCount={data.rowCount} onEnd={() => undefined} />;
  const text = typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  return <ResultText text={text} about="" />;
}

import { Download } from 'lucide-react';
import { Button } from '../../components/Button';
import { type CsvCell, csvOf } from './csv-of';

interface CsvButtonProps {
  /** Of the file, without its ending. */
  name: string;
  header: readonly string[];
  rows: readonly (readonly CsvCell[])[];
}

/** Saves the table that is shown. */
export function CsvButton({ name, header, rows }: CsvButtonProps) {
  const save = () => {
    const url = URL.createObjectURL(new Blob([csvOf(header, rows)], { type: 'text/csv' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `${name}.csv`;
    link.click();
    URL.revokeObjectURL(url);
  };
  return (
    <Button size="sm" onClick={save}>
      <Download size={14} aria-hidden /> CSV
    </Button>
  );
}

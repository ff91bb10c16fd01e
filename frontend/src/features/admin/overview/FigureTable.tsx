import { Link } from 'react-router';
import type { RunFigures } from '../../../api/tower';
import { CsvButton } from '../CsvButton';
import { MEASURES } from './measures';

export interface FigureRow {
  key: string;
  name: string;
  to?: string | undefined;
  figures: RunFigures;
}

interface FigureTableProps {
  /** Of the file that it is saved as. */
  name: string;
  caption: string;
  /** What a row is. */
  what: string;
  rows: readonly FigureRow[];
  totals: RunFigures;
}

/** The figures of parts, and of the whole below them. */
export function FigureTable({ name, caption, what, rows, totals }: FigureTableProps) {
  const csv = rows.map((row) => [row.name, ...MEASURES.map(({ id }) => row.figures[id])]);
  return (
    <>
      {/* Wider than a phone: it scrolls by itself, also by the keyboard. */}
      <div className="tower-scroll" role="region" aria-label={caption} tabIndex={0}>
        <table className="tower-table">
          <caption className="visually-hidden">{caption}</caption>
          <thead>
            <tr>
              <th scope="col">{what}</th>
              {MEASURES.map(({ id, label }) => (
                <th key={id} scope="col" className="number">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.key}>
                <th scope="row">{row.to ? <Link to={row.to}>{row.name}</Link> : row.name}</th>
                <Figures figures={row.figures} />
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">All</th>
              <Figures figures={totals} />
            </tr>
          </tfoot>
        </table>
      </div>
      <header>
        <span className="tower-note">One person counts once in all, so people do not add up.</span>
        <CsvButton name={name} header={[what, ...MEASURES.map(({ label }) => label)]} rows={csv} />
      </header>
    </>
  );
}

function Figures({ figures }: { figures: RunFigures }) {
  return MEASURES.map(({ id, text }) => (
    <td key={id} className="number" title={String(figures[id])}>
      {text(figures[id])}
    </td>
  ));
}

import { Plus } from 'lucide-react';
import { useId, useState } from 'react';
import { useController } from 'react-hook-form';
import { Button } from '../../../components/Button';
import { labelOf } from '../describe-fields';
import type { WidgetProps } from '../FieldFrame';
import { useNodeForm } from '../form-context';
import { GridHead } from './GridHead';
import { GridRow } from './GridRow';
import { cellOf, pastedTable, type GridCell, type GridColumn } from './pasted-table';
import './GridField.css';

/** So many rows are drawn at once; a long table is pasted, not typed. */
const SHOWN_AT_ONCE = 50;

/** The cells of a small table, with its columns beside it in the config. */
export function GridField({ field, path }: WidgetProps) {
  const id = useId();
  const { readOnly, problemAt } = useNodeForm();
  const columnsPath = `${path.slice(0, path.length - field.name.length)}columns`;
  const { field: ofColumns } = useController({ name: columnsPath });
  const { field: ofRows } = useController({ name: path });
  const [pasted, setPasted] = useState('');
  const [shown, setShown] = useState(SHOWN_AT_ONCE);
  const columns = columnsIn(ofColumns.value);
  const rows = rowsIn(ofRows.value, columns.length);
  const change = (nextColumns: readonly GridColumn[], nextRows: readonly (readonly GridCell[])[]) => {
    if (nextColumns !== columns) ofColumns.onChange(nextColumns);
    if (nextRows !== rows) ofRows.onChange(nextRows);
  };
  const setCell = (row: number, column: number, text: string) => {
    const value = text === '' ? null : cellOf(text, columns[column]?.type ?? '');
    const changed = rows.map((cells, index) => (index === row ? cells.with(column, value) : cells));
    change(columns, changed);
  };
  const take = (text: string) => {
    const table = pastedTable(text);
    if (!table) return;
    change(table.columns, table.rows);
    setPasted('');
  };
  const problem = problemAt(path) ?? problemAt(columnsPath);
  const uneven = rows.map((_cells, index) => problemAt(`${path}.${index}`)).find(Boolean);

  return (
    <fieldset className="field grid-field" data-field={path}>
      <legend>{labelOf(field)}</legend>
      {!readOnly && (
        <div className="grid-paste">
          <textarea
            id={id}
            className="control mono"
            rows={2}
            aria-label="Rows to paste"
            placeholder="Paste rows from a sheet, CSV or JSON: they replace these"
            value={pasted}
            onChange={(event) => setPasted(event.target.value)}
            onPaste={(event) => {
              const text = event.clipboardData.getData('text');
              if (!pastedTable(text)) return;
              event.preventDefault();
              take(text);
            }}
          />
          {pasted !== '' && (
            <Button
              size="sm"
              unavailable={pastedTable(pasted) ? undefined : 'There are no rows in it'}
              onClick={() => take(pasted)}
            >
              Read rows
            </Button>
          )}
        </div>
      )}
      <div className="grid-scroll">
        <table className="grid">
          <GridHead
            path={columnsPath}
            columns={columns}
            onChange={(next) => change(next, rows)}
            onRemove={(index) =>
              change(
                columns.toSpliced(index, 1),
                rows.map((row) => row.toSpliced(index, 1)),
              )
            }
          />
          <tbody>
            {rows.slice(0, shown).map((cells, index) => (
              <GridRow
                key={index}
                path={`${path}.${index}`}
                number={index + 1}
                columns={columns}
                cells={cells}
                onCell={(column, text) => setCell(index, column, text)}
                onRemove={() => change(columns, rows.toSpliced(index, 1))}
              />
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > shown && (
        <Button look="ghost" size="sm" onClick={() => setShown(shown + SHOWN_AT_ONCE)}>
          Show more of {rows.length} rows
        </Button>
      )}
      {!readOnly && (
        <div className="grid-actions">
          <Button look="dash" size="sm" onClick={() => change(columns, [...rows, columns.map(() => null)])}>
            <Plus size={14} aria-hidden /> Add row
          </Button>
          <Button
            look="dash"
            size="sm"
            onClick={() =>
              change(
                [...columns, { name: freeName(columns), type: 'VARCHAR' }],
                rows.map((row) => [...row, null]),
              )
            }
          >
            <Plus size={14} aria-hidden /> Add column
          </Button>
        </div>
      )}
      <p className={(problem ?? uneven) ? 'field-error' : 'field-hint'}>
        {(problem ?? uneven)?.message ?? 'An empty cell is NULL. Enter goes to the row below.'}
      </p>
    </fieldset>
  );
}

function columnsIn(value: unknown): GridColumn[] {
  if (!Array.isArray(value)) return [];
  return value.map((column: Partial<GridColumn> | null) => ({ name: column?.name ?? '', type: column?.type ?? '' }));
}

/** The rows as they are drawn: each with a cell for every column, so that one that is too short can be filled. */
function rowsIn(value: unknown, width: number): GridCell[][] {
  if (!Array.isArray(value)) return [];
  return value.map((row: unknown) => {
    const cells: unknown[] = Array.isArray(row) ? row : [];
    return Array.from({ length: Math.max(width, cells.length) }, (_, index) => (cells[index] ?? null) as GridCell);
  });
}

function freeName(columns: readonly GridColumn[]): string {
  for (let number = columns.length + 1; ; number++) {
    if (!columns.some(({ name }) => name === `C${number}`)) return `C${number}`;
  }
}

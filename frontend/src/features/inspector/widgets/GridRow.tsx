import { X } from 'lucide-react';
import type { KeyboardEvent } from 'react';
import { Button } from '../../../components/Button';
import { useNodeForm } from '../form-context';
import type { GridCell, GridColumn } from './pasted-table';
import { shownScalar } from './scalar-text';

interface GridRowProps {
  path: string;
  number: number;
  columns: readonly GridColumn[];
  cells: readonly GridCell[];
  onCell: (column: number, text: string) => void;
  onRemove: () => void;
}

/** Enter and the arrows go to the same column of another row. */
function walk(event: KeyboardEvent<HTMLInputElement>): void {
  const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const row = event.currentTarget.closest('tr');
  const index = [...(row?.querySelectorAll('input') ?? [])].indexOf(event.currentTarget);
  const other = step > 0 ? row?.nextElementSibling : row?.previousElementSibling;
  other?.querySelectorAll('input')[index]?.focus();
}

/** The cells of one row. A wrong one says why when it is pointed at or read. */
export function GridRow({ path, number, columns, cells, onCell, onRemove }: GridRowProps) {
  const { readOnly, problemAt } = useNodeForm();
  return (
    <tr data-field={path}>
      <th scope="row">{number}</th>
      {cells.map((cell, index) => {
        const problem = problemAt(`${path}.${index}`);
        const name = columns[index]?.name || `column ${index + 1}`;
        return (
          <td key={index} data-field={`${path}.${index}`}>
            <input
              className="mono"
              value={shownScalar(cell)}
              placeholder={cell === null ? 'NULL' : ''}
              disabled={readOnly}
              autoComplete="off"
              spellCheck={false}
              aria-label={`${name}, row ${number}${problem ? `: ${problem.message}` : ''}`}
              aria-invalid={problem ? true : undefined}
              title={problem?.message}
              onKeyDown={walk}
              onChange={(event) => onCell(index, event.target.value)}
            />
          </td>
        );
      })}
      <td>
        {!readOnly && (
          <Button look="ghost" size="xs" iconOnly={`Remove row ${number}`} onClick={onRemove}>
            <X size={12} aria-hidden />
          </Button>
        )}
      </td>
    </tr>
  );
}

import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import { Copy } from 'lucide-react';
import { Button } from '../../components/Button';
import { showToast } from '../../components/toast-store';
import { rowsText } from '../format/numbers';
import { cellText, isNumeric, tsv } from './cell-text';
import { columnWidths } from './column-widths';
import { useGridSelection } from './use-grid-selection';
import './DataGrid.css';

interface DataGridProps {
  columns: readonly { name: string; type: string }[];
  rows: readonly (readonly unknown[])[];
  /** Of the whole result; more than the rows that were read so far. */
  rowCount: number;
  /** The last read row is near. */
  onEnd: () => void;
}

const ROW = 30;
const INDEX_WIDTH = 52;
const NEAR_END = 40;

function copy(rows: readonly (readonly unknown[])[], what: string): void {
  void navigator.clipboard.writeText(tsv(rows)).then(
    () => showToast(`${what} copied`),
    () => showToast('The browser did not allow copying'),
  );
}

/** Rows and columns of a result; only those in sight are in the page. Arrows move, Shift extends, Ctrl C copies as TSV. */
export function DataGrid({ columns, rows, rowCount, onEnd }: DataGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  // More rows don't change the widths: the first page's columns and rows stand for all.
  const [widths] = useState(() => columnWidths(columns, rows));
  const down = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 12,
  });
  const across = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => widths[index] ?? 120,
    overscan: 3,
  });
  const { active, isSelected, selectedRows, onKeyDown, pick } = useGridSelection({
    rowCount: rows.length,
    columnCount: columns.length,
    reveal: (row, column) => {
      down.scrollToIndex(row);
      across.scrollToIndex(column);
    },
    copy: () => copy(selectedRows(rows), 'Selection'),
  });
  const visible = down.getVirtualItems();
  const lastVisible = visible.at(-1)?.index ?? 0;
  useEffect(() => {
    if (lastVisible >= rows.length - NEAR_END) onEnd();
  }, [lastVisible, rows.length, onEnd]);

  const names = columns.map(({ name }) => name);
  const wide = across.getTotalSize() + INDEX_WIDTH;
  return (
    <div className="data-grid-frame">
      <div className="data-grid-bar">
        <span>
          {rows.length < rowCount
            ? `First ${rows.length.toLocaleString('en-US')} of ${rowsText(rowCount)}`
            : rowsText(rowCount)}
        </span>
        <Button size="xs" look="ghost" onClick={() => copy([names, ...rows], rowsText(rows.length))}>
          <Copy size={13} aria-hidden /> Copy as TSV
        </Button>
      </div>
      <div
        ref={scroller}
        className="data-grid"
        role="grid"
        aria-label="Rows"
        aria-rowcount={rowCount + 1}
        aria-colcount={columns.length}
        aria-activedescendant={`cell-${active.row}-${active.column}`}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <div role="row" aria-rowindex={1} className="data-grid-head" style={{ width: wide }}>
          {across.getVirtualItems().map(({ index, start, size }) => {
            const column = columns[index];
            return (
              column && (
                <div
                  key={index}
                  role="columnheader"
                  aria-colindex={index + 1}
                  className={isNumeric(column.type) ? 'number' : undefined}
                  style={{ left: start + INDEX_WIDTH, width: size }}
                  title={`${column.name} ${column.type}`}
                >
                  <span className="data-grid-type" aria-hidden>
                    {isNumeric(column.type) ? '123' : /^(DATE|TIME)/i.test(column.type) ? 'time' : 'abc'}
                  </span>
                  {column.name}
                </div>
              )
            );
          })}
        </div>
        <div role="rowgroup" className="data-grid-body" style={{ height: down.getTotalSize(), width: wide }}>
          {visible.map((line) => (
            <div
              key={line.index}
              role="row"
              aria-rowindex={line.index + 2}
              className="data-grid-row"
              style={{ top: line.start, height: ROW }}
            >
              <div className="data-grid-index" aria-hidden style={{ width: INDEX_WIDTH }}>
                {line.index + 1}
              </div>
              {across.getVirtualItems().map(({ index, start, size }) => {
                const value = rows[line.index]?.[index];
                const isActive = active.row === line.index && active.column === index;
                return (
                  <div
                    key={index}
                    id={`cell-${line.index}-${index}`}
                    role="gridcell"
                    aria-colindex={index + 1}
                    aria-selected={isSelected(line.index, index)}
                    className={isNumeric(columns[index]?.type ?? '') ? 'number' : undefined}
                    data-active={isActive || undefined}
                    data-null={value === null || undefined}
                    style={{ left: start + INDEX_WIDTH, width: size }}
                    onMouseDown={(event) => pick(line.index, index, event.shiftKey)}
                    title={cellText(value)}
                  >
                    {value === null ? 'null' : cellText(value)}
                  </div>
                );
              })}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}

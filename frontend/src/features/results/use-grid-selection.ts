import { useState, type KeyboardEvent } from 'react';

interface Cell {
  row: number;
  column: number;
}

interface GridSelection {
  rowCount: number;
  columnCount: number;
  /** Scrolls a cell into sight. */
  reveal(row: number, column: number): void;
  copy(): void;
}

const PAGE_ROWS = 10;

/** The active cell of a grid and the range that Shift spans from it. */
export function useGridSelection({ rowCount, columnCount, reveal, copy }: GridSelection) {
  const [anchor, setAnchor] = useState<Cell>({ row: 0, column: 0 });
  const [active, setActive] = useState<Cell>({ row: 0, column: 0 });
  const [top, bottom] = [Math.min(anchor.row, active.row), Math.max(anchor.row, active.row)];
  const [left, right] = [Math.min(anchor.column, active.column), Math.max(anchor.column, active.column)];

  const pick = (row: number, column: number, extend: boolean) => {
    setActive({ row, column });
    if (!extend) setAnchor({ row, column });
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key === 'c') {
      event.preventDefault();
      copy();
      return;
    }
    if (command && event.key === 'a') {
      event.preventDefault();
      setAnchor({ row: 0, column: 0 });
      setActive({ row: rowCount - 1, column: columnCount - 1 });
      return;
    }
    const moves: Record<string, Cell> = {
      ArrowDown: { row: active.row + 1, column: active.column },
      ArrowUp: { row: active.row - 1, column: active.column },
      ArrowRight: { row: active.row, column: active.column + 1 },
      ArrowLeft: { row: active.row, column: active.column - 1 },
      PageDown: { row: active.row + PAGE_ROWS, column: active.column },
      PageUp: { row: active.row - PAGE_ROWS, column: active.column },
      Home: { row: command ? 0 : active.row, column: 0 },
      End: { row: command ? rowCount - 1 : active.row, column: columnCount - 1 },
    };
    const to = moves[event.key];
    if (!to || event.altKey) return;
    event.preventDefault();
    const row = Math.min(Math.max(to.row, 0), rowCount - 1);
    const column = Math.min(Math.max(to.column, 0), columnCount - 1);
    pick(row, column, event.shiftKey);
    reveal(row, column);
  };

  return {
    active,
    pick,
    onKeyDown,
    isSelected: (row: number, column: number) => row >= top && row <= bottom && column >= left && column <= right,
    selectedRows: (rows: readonly (readonly unknown[])[]) =>
      rows.slice(top, bottom + 1).map((row) => row.slice(left, right + 1)),
  };
}

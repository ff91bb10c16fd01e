import type { Column } from '@snowflow/contracts/documents/column';
import { commonType } from '../kit/column-types';
import type { ShapeJoinConfig } from './shape-join.definition';

/** A column of a join: from one side, or a key of the same name on both sides. */
export interface JoinedColumn {
  column: Column;
  from: { side: 'left' | 'right'; name: string } | { both: string };
}

/** The left columns under their names, then the right ones; a right column whose name is taken gets the suffix. */
export function joinedColumns(
  config: Pick<ShapeJoinConfig, 'how' | 'on' | 'suffix'>,
  left: readonly Column[],
  right: readonly Column[],
): JoinedColumn[] {
  const { how } = config;
  const shared = new Set(config.on.filter((key) => key.left === key.right).map((key) => key.left));
  const taken = new Set(left.map((column) => column.name));
  const leftMayMiss = how === 'right' || how === 'full';
  const rightMayMiss = how === 'left' || how === 'full';
  const fromLeft = left.map((column): JoinedColumn => {
    const other = shared.has(column.name) ? right.find((candidate) => candidate.name === column.name) : undefined;
    if (!other) {
      return {
        column: { ...column, nullable: column.nullable || leftMayMiss },
        from: { side: 'left', name: column.name },
      };
    }
    const nullable = how === 'inner' ? column.nullable && other.nullable : column.nullable || other.nullable;
    return {
      column: { name: column.name, type: commonType(column.type, other.type), nullable },
      from: { both: column.name },
    };
  });
  const fromRight = right
    .filter((column) => !shared.has(column.name) || !taken.has(column.name))
    .map((column): JoinedColumn => {
      const name = taken.has(column.name) ? `${column.name}${config.suffix ?? '_RIGHT'}` : column.name;
      return {
        column: { name, type: column.type, nullable: column.nullable || rightMayMiss },
        from: { side: 'right', name: column.name },
      };
    });
  return [...fromLeft, ...fromRight];
}

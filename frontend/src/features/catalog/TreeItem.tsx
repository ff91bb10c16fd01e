import { ChevronRight, type LucideIcon } from 'lucide-react';
import type { DragEvent, ReactNode } from 'react';
import { useTree } from './tree-context';

interface TreeItemProps {
  itemKey: string;
  level: number;
  label: string;
  Icon: LucideIcon;
  /** Whether this is the item that is reached first. */
  first?: boolean;
  note?: ReactNode;
  title?: string | undefined;
  /** The policy of the tenant that denies it. */
  denied?: { policy: string; message: string } | undefined;
  onDragStart?: ((event: DragEvent) => void) | undefined;
  /** A leaf's action; without it the item opens. */
  onPick?: () => void;
  children?: ReactNode;
}

export function TreeItem({
  itemKey,
  level,
  label,
  Icon,
  first,
  note,
  title,
  denied,
  onDragStart,
  onPick,
  children,
}: TreeItemProps) {
  const tree = useTree();
  const open = tree.isOpen(itemKey);
  const isTabStop = tree.focused === undefined ? first === true : tree.focused === itemKey;
  return (
    <li
      role="treeitem"
      aria-level={level}
      aria-label={label}
      aria-expanded={onPick ? undefined : open}
      aria-selected={tree.focused === itemKey}
      tabIndex={isTabStop ? 0 : -1}
      onFocus={(event) => {
        event.stopPropagation();
        tree.setFocused(itemKey);
      }}
    >
      <div
        className="tree-row"
        data-level={level}
        data-denied={denied && true}
        title={denied?.message ?? title}
        draggable={onDragStart !== undefined}
        onDragStart={onDragStart}
        onClick={onPick ? (tree.pick ? onPick : undefined) : () => tree.setOpen(itemKey, !open)}
        onDoubleClick={tree.pick ? undefined : onPick}
      >
        {onPick ? <span className="tree-gap" /> : <ChevronRight size={14} aria-hidden className="tree-arrow" />}
        <Icon size={14} aria-hidden />
        <span className="tree-label">{label}</span>
        {(denied || note !== undefined) && <span className="tree-note">{denied ? 'denied by policy' : note}</span>}
      </div>
      {!onPick && open && <ul role="group">{children}</ul>}
    </li>
  );
}

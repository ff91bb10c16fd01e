import type { KeyboardEvent } from 'react';

/** The keys of the tree pattern. Items open on a click and leaves act on a double click, so the keys do that. */
export function moveInTree(event: KeyboardEvent<HTMLElement>): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="treeitem"]')];
  const current = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[role="treeitem"]') : null;
  if (!current) return;
  const index = items.indexOf(current);
  const expanded = current.getAttribute('aria-expanded');
  const level = Number(current.getAttribute('aria-level'));
  const parent = () => items.slice(0, index).findLast((item) => Number(item.getAttribute('aria-level')) < level);
  const targets: Record<string, () => HTMLElement | undefined | null> = {
    ArrowDown: () => items[index + 1],
    ArrowUp: () => items[index - 1],
    Home: () => items[0],
    End: () => items.at(-1),
    ArrowRight: () => {
      if (expanded === 'false') current.querySelector<HTMLElement>('.tree-row')?.click();
      return expanded === 'true' ? items[index + 1] : null;
    },
    ArrowLeft: () => {
      if (expanded === 'true') current.querySelector<HTMLElement>('.tree-row')?.click();
      return expanded === 'true' ? null : parent();
    },
    Enter: () => {
      const row = current.querySelector<HTMLElement>('.tree-row');
      if (expanded === null) row?.dispatchEvent(new MouseEvent('dblclick', { bubbles: true }));
      row?.click();
      return null;
    },
  };
  const target = targets[event.key];
  if (!target) return;
  event.preventDefault();
  event.stopPropagation();
  target()?.focus();
}

import { useEffect } from 'react';
import { useBuilder } from '../../store/builder-store';
import type { RunControl } from '../runs/use-run';

const REGIONS = ['#rail', '#topbar', '#left-panel', '#canvas .step-node[tabindex="0"]', '#inspector', '#results'];

/** F6 goes round the regions of the page. */
function focusNextRegion(back: boolean): void {
  const regions = REGIONS.flatMap((selector) => document.querySelector<HTMLElement>(selector) ?? []);
  const current = regions.findIndex((region) => region.contains(document.activeElement));
  regions.at((current + (back ? -1 : 1)) % regions.length)?.focus();
}

/** Shortcuts that work wherever the focus is. */
export function useBuilderShortcuts(run: RunControl): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { toggle } = useBuilder.getState();
      const command = event.ctrlKey || event.metaKey;
      const actions: Record<string, () => void> = {
        Enter: () => run.start(),
        '.': run.cancel,
        i: () => toggle('inspector'),
        j: () => toggle('drawerOpen'),
        b: () => toggle('leftPanel'),
        // Drafts save themselves; the browser's own dialog for saving the page would only be in the way.
        s: () => undefined,
      };
      if (event.key === 'F6') {
        event.preventDefault();
        focusNextRegion(event.shiftKey);
        return;
      }
      if (event.key === 'Enter' && ((command && event.shiftKey) || (event.altKey && !command))) {
        event.preventDefault();
        if (event.altKey) run.startFrom();
        else run.startTo();
        return;
      }
      const action = command && !event.shiftKey && !event.altKey ? actions[event.key] : undefined;
      if (!action) return;
      event.preventDefault();
      action();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => window.removeEventListener('keydown', onKeyDown);
  }, [run]);
}

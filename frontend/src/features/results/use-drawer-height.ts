import { useMemo, useState, type ComponentProps } from 'react';
import { useBuilder } from '../../store/builder-store';

const KEY = 'snowflow:drawer-height';
const LEAST = 120;
const USUAL = 264;
const STEP = 24;

const most = () => Math.round(window.innerHeight * 0.7);
const within = (height: number) => Math.min(Math.max(height, LEAST), most());

/** The drawer's height, dragged by its top edge or changed with the arrow keys; kept in this browser. */
export function useDrawerHeight(): { height: number; handle: ComponentProps<'div'> } {
  const [height, setHeight] = useState(() => within(Number(localStorage.getItem(KEY)) || USUAL));
  const handle = useMemo<ComponentProps<'div'>>(() => {
    const change = (next: number) => {
      setHeight(within(next));
      localStorage.setItem(KEY, String(within(next)));
    };
    return {
      role: 'separator',
      'aria-orientation': 'horizontal',
      'aria-label': 'Height of the results',
      'aria-valuenow': height,
      'aria-valuemin': LEAST,
      'aria-valuemax': most(),
      tabIndex: 0,
      onDoubleClick: () => useBuilder.getState().toggle('drawerOpen'),
      onKeyDown: (event) => {
        if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
        event.preventDefault();
        change(height + (event.key === 'ArrowUp' ? STEP : -STEP));
      },
      onPointerDown: (event) => {
        const startY = event.clientY;
        const target = event.currentTarget;
        target.setPointerCapture(event.pointerId);
        target.onpointermove = (move) => change(height + startY - move.clientY);
        target.onpointerup = () => {
          target.onpointermove = null;
          target.onpointerup = null;
        };
      },
    };
  }, [height]);
  return { height, handle };
}

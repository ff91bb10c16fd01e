import { useLayoutEffect, useRef, useState } from 'react';

/** How wide the axis is drawn, in pixels, and what it is measured by. */
export function useAxisWidth() {
  const axis = useRef<HTMLSpanElement>(null);
  const [axisPx, setAxisPx] = useState(0);
  useLayoutEffect(() => {
    const track = axis.current;
    if (!track) return;
    const measure = () => setAxisPx(track.clientWidth);
    measure();
    const sizes = new ResizeObserver(measure);
    sizes.observe(track);
    return () => sizes.disconnect();
  }, []);
  return { axis, axisPx };
}

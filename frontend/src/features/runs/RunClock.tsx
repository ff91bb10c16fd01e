import { useEffect, useState } from 'react';
import { durationText } from '../format/numbers';

const TICK_MS = 200;

/** The time since a moment, running. */
export function RunClock({ since }: { since: string }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return <>{durationText(Math.max(0, now - Date.parse(since)))}</>;
}

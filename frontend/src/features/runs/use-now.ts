import { useEffect, useState } from 'react';

const TICK_MS = 500;

/** The present, going on while `going`; after that the moment it stopped. */
export function useNow(going: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!going) return;
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, [going]);
  return now;
}

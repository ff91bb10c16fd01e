import { useSearchParams } from 'react-router';

/** What a page of the Control Tower shows stands in its address; what is empty or null is left out. */
export function useTowerParams() {
  const [params, setParams] = useSearchParams();
  const change = (changes: Record<string, string | null>) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        for (const [name, value] of Object.entries(changes)) {
          if (value) next.set(name, value);
          else next.delete(name);
        }
        return next;
      },
      { replace: true },
    );
  return { params, change };
}

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { validateSemanticModel } from '../../api/semantic-models';

const TYPING_MS = 300;

/** What the server finds wrong with a text, once it has rested for a moment. */
export function useValidation(text: string) {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setRested(text), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const validation = useQuery({
    queryKey: ['semantic-validation', rested],
    queryFn: ({ signal }) => validateSemanticModel(rested, signal),
    enabled: rested !== '',
    placeholderData: keepPreviousData,
    gcTime: 0,
  });
  const isCurrent = rested === text && !validation.isPlaceholderData && validation.data !== undefined;
  return { ...validation, isCurrent };
}

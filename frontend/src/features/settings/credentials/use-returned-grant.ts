import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { showToast } from '../../../components/toast-store';
import { returnedGrant } from './returned-grant';

/** Why a grant that was begun here was not stored, for as long as the page is open. One that was is told once, in passing. */
export function useReturnedGrant(): string | undefined {
  const [search, setSearch] = useSearchParams();
  const [returned] = useState(() => returnedGrant(search));
  const told = useRef(false);
  useEffect(() => {
    if (!returned?.stored || told.current) return;
    told.current = true;
    showToast('Credential stored');
  }, [returned]);
  useEffect(() => {
    if (search.has('stored') || search.has('error')) setSearch({}, { replace: true });
  }, [search, setSearch]);
  return returned?.stored === false ? returned.text : undefined;
}

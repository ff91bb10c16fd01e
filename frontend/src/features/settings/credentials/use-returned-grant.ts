import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import { showToast } from '../../../components/toast-store';
import { returnedGrant } from './returned-grant';

/** Why a grant that was begun here was not stored, for as long as the page is open. One that was is told in passing. */
export function useReturnedGrant(): string | undefined {
  const [search, setSearch] = useSearchParams();
  const [returned] = useState(() => returnedGrant(search));
  useEffect(() => {
    if (!search.has('stored') && !search.has('error')) return;
    if (search.has('stored')) showToast('Credential stored');
    setSearch({}, { replace: true });
  }, [search, setSearch]);
  return returned?.stored === false ? returned.text : undefined;
}

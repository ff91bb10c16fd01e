import { useEffect, useRef, type ReactNode } from 'react';
import { messageOf } from '../../api/api-error';
import { Notice } from '../../components/Notice';

/** Why a form was not saved, in the server's words. Takes the focus, so that it is not missed. */
export function FormFailure({ title, error, action }: { title: string; error: unknown; action?: ReactNode }) {
  const message = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (error) message.current?.focus();
  }, [error]);
  if (!error) return null;
  return (
    <Notice tone="danger" title={title} action={action} ref={message}>
      {messageOf(error)}
    </Notice>
  );
}

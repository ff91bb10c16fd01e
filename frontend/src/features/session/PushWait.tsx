import { Smartphone } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { Button } from '../../components/Button';
import './PushWait.css';

/** While a request waits on the person's device. Only the headline is announced; the seconds are for the eyes. */
export function PushWait({ onCancel }: { onCancel: () => void }) {
  const [seconds, setSeconds] = useState(0);
  const messageId = useId();
  const cancel = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    cancel.current?.focus();
    const startedAt = Date.now();
    const timer = setInterval(() => setSeconds(Math.floor((Date.now() - startedAt) / 1_000)), 1_000);
    return () => clearInterval(timer);
  }, []);
  return (
    <div className="push-wait">
      <Smartphone size={20} aria-hidden />
      <div>
        <p role="status" id={messageId}>
          <strong>Approve the request on your device.</strong> It is open for a minute.
        </p>
        <p className="push-wait-clock" aria-hidden>
          {seconds} s
        </p>
      </div>
      <Button ref={cancel} onClick={onCancel} aria-describedby={messageId}>
        Cancel
      </Button>
    </div>
  );
}

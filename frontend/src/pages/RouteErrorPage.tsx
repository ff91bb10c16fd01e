import { useRouteError } from 'react-router';
import { messageOf } from '../api/api-error';
import { Button } from '../components/Button';
import { FullPageMessage } from '../components/FullPageMessage';

/** A page that broke, or whose code could not be loaded (a new version was deployed under it). */
export function RouteErrorPage() {
  const error = useRouteError();
  return (
    <FullPageMessage
      title="This page stopped working."
      text={`${messageOf(error)} Your draft is kept.`}
      action={
        <Button look="primary" onClick={() => window.location.reload()}>
          Reload
        </Button>
      }
    />
  );
}

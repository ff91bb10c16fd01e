import { Link } from 'react-router';
import { FullPageMessage } from '../components/FullPageMessage';

export function NotFoundPage() {
  return (
    <FullPageMessage
      title="This page does not exist."
      action={
        <Link className="button button-primary button-md" to="/workflows">
          Go to workflows
        </Link>
      }
    />
  );
}

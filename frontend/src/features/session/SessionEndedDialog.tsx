import { useQueryClient } from '@tanstack/react-query';
import { Dialog } from '../../components/Dialog';
import { SignInForm } from './SignInForm';
import { signedInAgain } from './signed-in-again';

/** Signing in again without leaving the page. */
export function SessionEndedDialog({ open, onSignedIn }: { open: boolean; onSignedIn: () => void }) {
  const queries = useQueryClient();
  return (
    <Dialog
      open={open}
      title="Your Snowflake session ended."
      description="Your draft is saved. Sign in again to go on."
    >
      <SignInForm
        onSignedIn={() => {
          onSignedIn();
          signedInAgain.announce();
          // The open workflow is newer here than on the server; everything else is read again.
          void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'workflow' });
        }}
      />
    </Dialog>
  );
}

import { Link } from 'react-router';
import type { Me } from '../../api/types';
import { Notice } from '../../components/Notice';
import { Loaded } from '../settings/Loaded';
import { useEmbedSettings } from '../settings/embedding/use-embed-settings';
import { isAdministrator } from '../settings/names';

/** Which pages the browser lets show the frame. The list is for admins to read and to change. */
export function EmbedPages({ me }: { me: Me }) {
  return (
    <section className="embed-pages" aria-labelledby="embed-pages-title">
      <h3 id="embed-pages-title">Pages that may show it</h3>
      {isAdministrator(me.appRole) ? (
        <AllowedPages />
      ) : (
        <p className="field-hint">
          The pages that an admin of the tenant has allowed. On any other the frame stays empty: ask an admin to allow
          yours.
        </p>
      )}
    </section>
  );
}

function AllowedPages() {
  const settings = useEmbedSettings();
  return (
    <Loaded query={settings} what="The pages that may embed">
      {({ parents }) =>
        parents.length === 0 ? (
          <Notice
            tone="warning"
            title="No page may show it yet."
            action={<Link to="/admin/embedding">Allow pages</Link>}
          >
            Frames stay empty until the tenant allows the origin of the page.
          </Notice>
        ) : (
          <>
            <ul>
              {parents.map((parent) => (
                <li key={parent}>
                  <code>{parent}</code>
                </li>
              ))}
            </ul>
            <Link to="/admin/embedding">Change pages</Link>
          </>
        )
      }
    </Loaded>
  );
}

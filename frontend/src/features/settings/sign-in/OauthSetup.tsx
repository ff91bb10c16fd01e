import { CopyBlock } from '../CopyBlock';
import { Loaded } from '../Loaded';
import { useSetupSql } from './use-settings';

/** What an administrator does in Snowflake before a client can be entered. */
export function OauthSetup() {
  const setup = useSetupSql();
  return (
    <Loaded query={setup} what="The statements for Snowflake">
      {({ sql, redirectUri }) => (
        <>
          <p className="settings-text">
            For Snowflake OAuth, run these as ACCOUNTADMIN and enter the id and secret that the last one shows.
          </p>
          <CopyBlock label="Statements for Snowflake" text={sql} />
          <p className="settings-text">For external OAuth, register this redirect address at your identity provider.</p>
          <CopyBlock label="Redirect address" text={redirectUri} />
        </>
      )}
    </Loaded>
  );
}

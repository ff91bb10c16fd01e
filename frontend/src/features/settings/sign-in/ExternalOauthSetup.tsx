import { useForm } from 'react-hook-form';
import { Button } from '../../../components/Button';
import { TextField } from '../../../components/TextField';
import { CopyBlock } from '../CopyBlock';
import { FormFailure } from '../FormFailure';
import { SelectField } from '../SelectField';
import { showServerErrors } from '../server-errors';
import { zodResolver } from '../zod-resolver';
import { externalQuery, externalSetupFields, type ExternalSetupValues } from './external-setup-form';
import { useExternalSetupSql } from './use-settings';

const FIELDS = ['issuer', 'audience', 'userClaim', 'userAttribute'] as const;

/** What an administrator does in Snowflake so that it trusts the company's provider: the statement, from what the provider says of itself. */
export function ExternalOauthSetup({ issuer }: { issuer: string | null }) {
  const form = useForm<ExternalSetupValues>({
    resolver: zodResolver(externalSetupFields),
    defaultValues: { issuer: issuer ?? '', audience: '', userClaim: '', userAttribute: 'LOGIN_NAME' },
  });
  const setup = useExternalSetupSql();
  const { errors } = form.formState;
  const submit = form.handleSubmit((values) =>
    setup.mutate(externalQuery(values), {
      onError: (error) => showServerErrors(form, error, (path) => FIELDS.find((field) => field === path)),
    }),
  );
  return (
    <form className="settings-form" aria-label="External OAuth" onSubmit={(event) => void submit(event)} noValidate>
      <p className="settings-text">
        For external OAuth, Snowflake must trust your identity provider. Its discovery document is read for the
        statement.
      </p>
      <FormFailure title="There is no statement yet." error={setup.error} />
      <TextField
        label="Issuer of your provider"
        mono
        inputMode="url"
        autoComplete="off"
        spellCheck={false}
        placeholder="https://login.example.com"
        error={errors.issuer?.message}
        {...form.register('issuer')}
      />
      <TextField
        label="Audience"
        note="optional"
        mono
        autoComplete="off"
        spellCheck={false}
        hint="Whom its access tokens are addressed to. Empty: your account's URL."
        error={errors.audience?.message}
        {...form.register('audience')}
      />
      <TextField
        label="Claim that names the person"
        note="optional"
        mono
        autoComplete="off"
        spellCheck={false}
        hint="Empty: upn at Microsoft Entra, sub elsewhere."
        error={errors.userClaim?.message}
        {...form.register('userClaim')}
      />
      <SelectField label="It is the Snowflake user's" {...form.register('userAttribute')}>
        <option value="LOGIN_NAME">login name</option>
        <option value="EMAIL_ADDRESS">email address</option>
      </SelectField>
      <div>
        <Button type="submit" aria-busy={setup.isPending}>
          Show statement
        </Button>
      </div>
      {setup.data && (
        <>
          <p className="settings-text">
            Run this as ACCOUNTADMIN, set up the client above, then test the sign-in there.
          </p>
          <CopyBlock label="Statement for external OAuth" text={setup.data.sql} />
        </>
      )}
    </form>
  );
}

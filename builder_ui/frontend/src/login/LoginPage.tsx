// Signing in.
import { Button, PasswordInput, SegmentedControl, TextInput } from '@mantine/core';
import { IconAlertCircle } from '@tabler/icons-react';
import { useRef, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Navigate, useSearchParams } from 'react-router';
import { Refused, Unreachable } from '../api';
import { FieldError } from '../forms/FieldError';
import { speak, type Language } from '../i18n';
import { useSession, useSignIn } from '../session';
import { Logo } from '../shell/Logo';
import './login.css';

export function LoginPage() {
  const { t, i18n } = useTranslation();
  const [search] = useSearchParams();
  const session = useSession();
  const signIn = useSignIn();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [language, setLanguage] = useState<Language | null>(null);
  const [isTried, setTried] = useState(false);
  const emailField = useRef<HTMLInputElement>(null);
  const passwordField = useRef<HTMLInputElement>(null);

  if (session.data !== null && session.data !== undefined) return <Navigate to={inside(search.get('to'))} replace />;

  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (email === '') return emailField.current?.focus();
    if (password === '') return passwordField.current?.focus();
    signIn.mutate({ email, password, language });
  }

  return (
    <main className="login">
      <form className="login-card" noValidate onSubmit={submit}>
        <span className="login-logo">
          <Logo size={32} />
        </span>
        <h1>{t('login.title')}</h1>
        <p className="muted">{t('login.lead')}</p>
        <TextInput
          ref={emailField}
          label={t('login.email')}
          error={isTried && email === '' ? <FieldError text={t('login.noEmail')} /> : undefined}
          type="email"
          name="email"
          autoComplete="username"
          required
          withAsterisk={false}
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          ref={passwordField}
          label={t('login.password')}
          error={isTried && password === '' ? <FieldError text={t('login.noPassword')} /> : undefined}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <div role="alert">
          {signIn.isError && (
            <span className="login-error">
              <IconAlertCircle size={14} />
              {t(reason(signIn.error))}
            </span>
          )}
        </div>
        <Button type="submit" variant="filled" fullWidth loading={signIn.isPending}>
          {t('login.submit')}
        </Button>
      </form>
      <SegmentedControl
        aria-label={t('login.language')}
        value={i18n.language}
        onChange={(value) => {
          const chosen = value === 'en' ? 'en' : 'pt-BR';
          setLanguage(chosen);
          void speak(chosen);
        }}
        data={[
          { value: 'pt-BR', label: 'Português' },
          { value: 'en', label: 'English' },
        ]}
      />
    </main>
  );
}

/** Only a path of ours, never another site's address. */
function inside(path: string | null): string {
  return path !== null && /^\/(?!\/)/.test(path) ? path : '/inbox';
}

function reason(error: Error): string {
  if (error instanceof Unreachable) return 'failed.unreachable';
  if (error instanceof Refused && error.status === 429) return 'login.tooMany';
  if (error instanceof Refused && error.status < 500) return 'login.wrong';
  return 'failed.ours';
}

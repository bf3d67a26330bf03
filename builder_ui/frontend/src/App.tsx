// The application: providers, routes, and who may see them.
import { MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import { BrowserRouter, Navigate, Outlet, Route, Routes, useLocation } from 'react-router';
import { Refused, whenSignedOut } from './api';
import { follow } from './live';
import { LoginPage } from './login/LoginPage';
import { useSession } from './session';
import { Shell } from './shell/Shell';
import { theme, variables } from './theme/theme';
import { Failed } from './ui/Failed';
import { Loading } from './ui/Loading';
import { Toasts } from './ui/toast';

const InboxPage = lazy(() => import('./inbox/InboxPage'));
const FlowsPage = lazy(() => import('./flows/FlowsPage'));
const BuilderPage = lazy(() => import('./builder/BuilderPage'));
const ContactsPage = lazy(() => import('./contacts/ContactsPage'));
const ContactPage = lazy(() => import('./contacts/ContactPage'));
const SettingsPage = lazy(() => import('./settings/SettingsPage'));

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (count, error) => !(error instanceof Refused) && count < 2,
    },
  },
});
whenSignedOut(() => queries.setQueryData(['session'], null));

export function App() {
  return (
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
      <QueryClientProvider client={queries}>
        <BrowserRouter>
          <Routes>
            <Route path="/login" element={<LoginPage />} />
            <Route element={<SignedIn />}>
              <Route path="/flows/:id" element={<BuilderPage />} />
              <Route element={<Shell />}>
                <Route path="/inbox/:conversationId?" element={<InboxPage />} />
                <Route path="/flows" element={<FlowsPage />} />
                <Route path="/contacts" element={<ContactsPage />} />
                <Route path="/contacts/:id" element={<ContactPage />} />
                <Route path="/settings/:section?/:thing?" element={<SettingsPage />} />
                <Route path="*" element={<Navigate to="/inbox" replace />} />
              </Route>
            </Route>
          </Routes>
          <Toasts />
        </BrowserRouter>
      </QueryClientProvider>
    </MantineProvider>
  );
}

function SignedIn() {
  const session = useSession();
  const location = useLocation();
  const signedIn = session.data !== null && session.data !== undefined;
  useEffect(() => (signedIn ? follow(queries) : undefined), [signedIn]);
  if (session.isPending) return <Loading />;
  if (session.isError) return <Failed error={session.error} onRetry={() => void session.refetch()} />;
  if (!signedIn) return <Navigate to={`/login?to=${encodeURIComponent(location.pathname)}`} replace />;
  return (
    <Suspense fallback={<Loading />}>
      <Outlet />
    </Suspense>
  );
}

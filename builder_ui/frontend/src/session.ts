// Who is signed in, and how to change what is theirs: language, presence.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, keepToken, Refused } from './api';
import { speak, type Language } from './i18n';

export type Presence = 'online' | 'away';
export type Session = {
  user: { id: string; name: string; email: string; language: Language | null };
  account: { id: string; slug: string; name: string; language: Language; timezone: string };
  member: {
    id: string;
    role: string;
    presence: Presence | 'offline';
    teams: { slug: string; name: string; agent: boolean; supervisor: boolean }[];
  };
  csrf: string;
  webchat: { key: string } | null;
};

function remember(session: Session): Session {
  keepToken(session.csrf);
  void speak(session.user.language ?? session.account.language);
  return session;
}

/** The session, null when nobody is signed in, undefined while asking. */
export function useSession() {
  return useQuery({
    queryKey: ['session'],
    staleTime: Infinity,
    queryFn: async (): Promise<Session | null> => {
      try {
        return remember(await api.get<Session>('/session'));
      } catch (error) {
        if (error instanceof Refused && error.status === 401) return null;
        throw error;
      }
    },
  });
}

export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    /** `language`: what was chosen on the way in; it becomes this person's own. */
    mutationFn: async ({ language, ...login }: { email: string; password: string; language: Language | null }) => {
      const session = await api.post<Session>('/session', login);
      keepToken(session.csrf);
      if (language === null || language === session.user.language) return remember(session);
      return remember(await api.patch<Session>('/session', { language }));
    },
    onSuccess: (session) => {
      queries.clear();
      queries.setQueryData(['session'], session);
    },
  });
}

export function useSignOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete<void>('/session'),
    onSettled: () => {
      keepToken(null);
      queries.clear();
      queries.setQueryData(['session'], null);
    },
  });
}

export function useChangeSession() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (change: { language?: Language; presence?: Presence }) =>
      remember(await api.patch<Session>('/session', change)),
    onSuccess: (session) => queries.setQueryData(['session'], session),
  });
}

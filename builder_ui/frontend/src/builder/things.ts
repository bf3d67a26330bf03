// Things of the account that are made while a flow is drawn: a tag, a field, a reason, a team, by name alone.
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { api, Refused } from '../api';
import type { FormSetting } from '../forms/form';
import { may } from '../may';
import { useSession } from '../session';
import { toast } from '../ui/toast';

const ways: Record<string, { path: string; body: Record<string, string> }> = {
  tag: { path: '/tags', body: {} },
  field: { path: '/fields', body: { of: 'contact' } },
  deal_field: { path: '/fields', body: { of: 'deal' } },
  reason: { path: '/reasons', body: {} },
  team: { path: '/teams', body: {} },
};

/** What needs no more than its name. */
export const MADE_BY_NAME = Object.keys(ways);

/** Makes a thing and gives its slug, null where that failed; undefined for those who may not. */
export function useCreateThing(): FormSetting['create'] {
  const queries = useQueryClient();
  const { t } = useTranslation('builder');
  const role = useSession().data?.member.role;
  const create = useCallback(
    async (kind: string, name: string) => {
      const way = ways[kind];
      if (way === undefined) return null;
      try {
        const made = await api.post<{ slug: string }>(way.path, { ...way.body, name });
        await queries.invalidateQueries({ queryKey: ['references'] });
        toast({ text: t(kind === 'team' ? 'form.createdTeam' : 'form.created', { name }) });
        return made.slug;
      } catch (error) {
        toast({ text: t('form.notCreated', { why: error instanceof Refused ? error.message : '' }), stays: true });
        return null;
      }
    },
    [queries, t],
  );
  return may(role, 'manage account') ? create : undefined;
}

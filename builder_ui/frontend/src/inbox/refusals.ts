// Says in words why something was not done, and who was faster.
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { isRecord, Refused, Unreachable } from '../api';
import { toast } from '../ui/toast';

export function useRefusals(me: string): (error: unknown) => void {
  const { t } = useTranslation('inbox');
  return useCallback((error: unknown) => {
    toast({ text: words(error), stays: true });

    function words(problem: unknown): string {
      if (problem instanceof Unreachable) return t('common:failed.unreachable');
      if (!(problem instanceof Refused)) return t('common:failed.ours');
      switch (problem.code) {
        case 'conflict':
          return conflict(problem.body);
        case 'not_allowed':
        case 'not_found':
        case 'not_in_team':
          return t(`refused.${problem.code}`);
        default:
          return t('failedAct', { detail: problem.message });
      }
    }

    function conflict({ owner, state }: Record<string, unknown>): string {
      if (state === 'finished') return t('refused.finished');
      if (!isRecord(owner) || typeof owner['name'] !== 'string' || owner['id'] === me) return t('conflict');
      return t('take.lost', { name: owner['name'] });
    }
  }, [t, me]);
}

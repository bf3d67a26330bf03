// Says in words why something was not done, and who was faster.
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { isRecord, Refused, Unreachable } from '../api';
import { toast } from '../ui/toast';

export function useRefusals(): (error: unknown) => void {
  const { t } = useTranslation('inbox');
  return useCallback((error: unknown) => {
    toast({ text: words(error), stays: true });

    function words(problem: unknown): string {
      if (problem instanceof Unreachable) return t('common:failed.unreachable');
      if (!(problem instanceof Refused)) return t('common:failed.ours');
      if (problem.code !== 'conflict') return t('failedAct', { detail: problem.message });
      const { owner } = problem.body;
      if (!isRecord(owner)) return t('conflict');
      return typeof owner['name'] === 'string' ? t('take.lost', { name: owner['name'] }) : t('take.lostToSomebody');
    }
  }, [t]);
}

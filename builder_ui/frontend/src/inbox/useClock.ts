// The present half minute and the language, for everything that says how long or when.
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Clock } from './words';

export function useClock(): Clock {
  const { i18n } = useTranslation();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return { language: i18n.language, now };
}

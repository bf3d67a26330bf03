// The texts of the screens: one JSON catalogue per area and language, `src/i18n/<language>/<area>.json`, namespace = area.
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

export type Language = 'pt-BR' | 'en';
export const languages: Language[] = ['pt-BR', 'en'];

const files = import.meta.glob<Record<string, unknown>>('./*/*.json', { eager: true, import: 'default' });

function catalogues(language: Language): Record<string, Record<string, unknown>> {
  const prefix = `./${language}/`;
  const mine = Object.entries(files).filter(([path]) => path.startsWith(prefix));
  return Object.fromEntries(mine.map(([path, texts]) => [path.slice(prefix.length, -'.json'.length), texts]));
}

function preferred(): Language {
  const kept = localStorage.getItem('language');
  if (kept === 'pt-BR' || kept === 'en') return kept;
  return navigator.language.toLowerCase().startsWith('pt') ? 'pt-BR' : 'en';
}

export function currentLanguage(): Language {
  return i18next.language === 'en' ? 'en' : 'pt-BR';
}

export async function speak(language: Language): Promise<void> {
  localStorage.setItem('language', language);
  document.documentElement.lang = language;
  if (i18next.language !== language) await i18next.changeLanguage(language);
}

void i18next.use(initReactI18next).init({
  lng: preferred(),
  fallbackLng: 'pt-BR',
  defaultNS: 'common',
  ns: Object.keys(catalogues('pt-BR')),
  resources: Object.fromEntries(languages.map((language) => [language, catalogues(language)])),
  interpolation: { escapeValue: false },
  returnNull: false,
});
document.documentElement.lang = currentLanguage();

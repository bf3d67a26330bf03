// An answer as a person reads it: words, numbers, yes or no, days, places.
import { isObject, textOf, type Json } from '../document/json';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function answerShown(answer: Json | undefined, language: string, words: { yes: string; no: string }): string {
  if (answer === undefined || answer === null) return '';
  if (typeof answer === 'boolean') return answer ? words.yes : words.no;
  if (typeof answer === 'number') return answer.toLocaleString(language, { maximumFractionDigits: 6 });
  if (typeof answer === 'string') return DAY.test(answer) ? new Date(`${answer}T12:00`).toLocaleDateString(language) : answer;
  if (Array.isArray(answer)) return answer.map((each) => answerShown(each, language, words)).join(', ');
  return placeShown(answer) ?? JSON.stringify(answer);
}

function placeShown(value: Json): string | null {
  if (!isObject(value) || typeof value['latitude'] !== 'number' || typeof value['longitude'] !== 'number') return null;
  const names = [textOf(value['name']), textOf(value['address'])].filter((each) => each !== '');
  return names.length > 0 ? names.join(', ') : `${String(value['latitude'])} ${String(value['longitude'])}`;
}

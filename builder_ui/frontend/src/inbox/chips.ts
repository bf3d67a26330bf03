// What a row says about itself: at most two chips, the most urgent first.
import type { Tone } from '../ui/Chip';
import type { ConversationRow } from './types';

export type RowChip =
  | { kind: 'unanswered'; since: string; tone: Tone }
  | { kind: 'queued'; since: string; tone: Tone }
  | { kind: 'transferred'; name: string; tone: Tone }
  | { kind: 'priority'; tone: Tone }
  | { kind: 'team'; name: string; tone: Tone };

// Until teams set their own: an answer later than this is worth a look, later than twice this is wrong.
const LIMIT = 5 * 60_000;

export function chipsOf(row: ConversationRow, now: number): RowChip[] {
  const waiting = waitingChip(row, now);
  const late = waiting !== null && waiting.tone !== 'plain';
  return [
    late ? waiting : null,
    row.transferred_by && row.state !== 'finished' ? ({ kind: 'transferred', name: row.transferred_by.name, tone: 'accent' } as const) : null,
    row.priority === 'high' ? ({ kind: 'priority', tone: 'bad' } as const) : null,
    late ? null : waiting,
    { kind: 'team', name: row.team.name, tone: 'plain' } as const,
  ]
    .filter((chip) => chip !== null)
    .slice(0, 2);
}

function waitingChip(row: ConversationRow, now: number): RowChip | null {
  if (row.state === 'queued' && row.queued_at !== null) return { kind: 'queued', since: row.queued_at, tone: urgency(row.queued_at, now) };
  if (row.state === 'open' && row.waiting_since !== null) {
    const tone = urgency(row.waiting_since, now);
    return tone === 'plain' ? null : { kind: 'unanswered', since: row.waiting_since, tone };
  }
  return null;
}

function urgency(at: string, now: number): Tone {
  const waited = now - Date.parse(at);
  if (waited >= 2 * LIMIT) return 'bad';
  return waited >= LIMIT ? 'warn' : 'plain';
}

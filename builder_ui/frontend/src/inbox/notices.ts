// A sound and a browser's notice when somebody new waits, for those who asked for it.
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import { toast } from '../ui/toast';

const PLACE = 'inbox:notices';
const allowed = () => 'Notification' in window && Notification.permission === 'granted';
const kept = () => localStorage.getItem(PLACE) === 'on' && allowed();

const useSwitch = create<{ on: boolean }>(() => ({ on: kept() }));

export function useNotices(): { on: boolean; toggle: () => void } {
  const { t } = useTranslation('inbox');
  const { on } = useSwitch();
  const set = (next: boolean) => {
    localStorage.setItem(PLACE, next ? 'on' : 'off');
    useSwitch.setState({ on: next });
  };
  const ask = async () => {
    const answer = 'Notification' in window ? await Notification.requestPermission() : 'denied';
    if (answer !== 'granted') toast({ text: t('notify.denied'), stays: true });
    else set(true);
  };
  return { on, toggle: () => (on ? set(false) : void ask()) };
}

/** Tells when the number of those who wait grows while this page is not in view. */
export function useNoticeOfNew(waiting: number | null): void {
  const { t } = useTranslation('inbox');
  const before = useRef<number | null>(null);
  useEffect(() => {
    const grew = waiting !== null && before.current !== null && waiting > before.current;
    before.current = waiting;
    if (!grew || !useSwitch.getState().on || !allowed()) return;
    chime();
    if (!document.hidden) return;
    const notice = new Notification(t('notify.arrived'), { body: t('notify.waiting', { count: waiting }), tag: 'inbox' });
    notice.onclick = () => window.focus();
  }, [waiting, t]);
}

/** Two soft tones, a third of a second in all. */
function chime(): void {
  const context = new AudioContext();
  const volume = context.createGain();
  volume.connect(context.destination);
  volume.gain.setValueAtTime(0.06, context.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.0001, context.currentTime + 0.34);
  for (const [index, pitch] of [660, 880].entries()) {
    const tone = context.createOscillator();
    tone.frequency.value = pitch;
    tone.connect(volume);
    tone.start(context.currentTime + index * 0.12);
    tone.stop(context.currentTime + 0.34);
  }
  setTimeout(() => void context.close(), 600);
}

/** News from the door. A topic means “ask again”; only `run` carries what happened. */
import type { Notice } from './contract';
import { follow } from './stream';

export type Topic = Notice['topic'] | 'lost';
type Heard<T extends Topic> = Extract<Notice, { topic: T }>;
type Listener = (notice: Notice | { topic: 'lost' }) => void;

const ASK_AGAIN = ['credentials', 'automations', 'schedules', 'history', 'settings', 'vault'] as const;
const listeners = new Map<Topic, Set<Listener>>();
let isListening = false;

/** Calls `listener` for each notice of the topic. Returns how to stop. */
export function onNotice<T extends Topic>(topic: T, listener: (notice: Heard<T>) => void): () => void {
  const heard = listeners.get(topic) ?? new Set();
  listeners.set(topic, heard.add(listener as Listener));
  return () => heard.delete(listener as Listener);
}

/** Begins to listen. When the line was cut, all who show something are told to ask again. */
export function listen(): void {
  if (isListening) return;
  isListening = true;
  follow((news) => {
    if (news.told === 'lost') tell({ topic: 'lost' });
    else spread(news.told === 'again' ? { topic: 'resync' } : (JSON.parse(news.text) as Notice));
  });
}

function spread(notice: Notice): void {
  tell(notice);
  if (notice.topic === 'resync') for (const topic of ASK_AGAIN) tell({ topic });
}

function tell(notice: Notice | { topic: 'lost' }): void {
  for (const listener of listeners.get(notice.topic) ?? []) listener(notice);
}

/** News from the door. A topic means “ask again”; only `run` carries what happened. */

export interface News {
  topic: string;
  event?: unknown;
}
type Listener = (news: News) => void;

const listeners = new Map<string, Set<Listener>>();
let source: EventSource | undefined;
let wasLost = false;

/** Calls `listener` for each news of the topic. Returns how to stop. `reconnected` is a topic too. */
export function onNews(topic: string, listener: Listener): () => void {
  const of = listeners.get(topic) ?? new Set();
  listeners.set(topic, of.add(listener));
  return () => of.delete(listener);
}

export function listen(): void {
  if (source) return;
  source = new EventSource('/api/events');
  source.onmessage = (message) => spread(parse(message.data));
  source.onerror = () => {
    wasLost = true;
    spread({ topic: 'lost' });
  };
  source.onopen = () => {
    // News may have been missed meanwhile: whoever shows something asks again.
    if (wasLost)
      for (const topic of ['reconnected', 'credentials', 'automations', 'vault']) spread({ topic });
    wasLost = false;
  };
}

function parse(text: string): News {
  try {
    return JSON.parse(text) as News;
  } catch {
    return { topic: '' };
  }
}

function spread(news: News): void {
  for (const listener of listeners.get(news.topic) ?? []) listener(news);
}

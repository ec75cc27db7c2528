/**
 * One stream of news for all tabs of a browser, which opens six connections to one place and no more.
 *
 * The tab that holds the lock has the stream and tells the others. When it closes, the next one takes over.
 * Where a browser has no locks or no channel, each tab has a stream of its own. Knows no topic.
 */

/** `again` follows a gap, in which something may have happened that nobody heard. */
export type News = { told: 'notice'; text: string } | { told: 'lost' } | { told: 'again' };
type Tell = (news: News) => void;

/** What of the browser is needed; a test brings its own. */
export interface Surroundings {
  locks: Pick<LockManager, 'request'> | undefined;
  openChannel: (() => Pick<BroadcastChannel, 'postMessage' | 'onmessage'>) | undefined;
  openSource: () => Source;
  pause: (ms: number) => Promise<void>;
}

export type Source = Pick<EventSource, 'readyState' | 'onmessage' | 'onerror' | 'onopen'>;

const NAME = 'loopi-events';
const CLOSED = 2;
const PAUSE_MS = 5000;

/** Begins to listen, until the tab is closed. Call once. */
export function follow(hear: Tell, around: Surroundings = browser()): void {
  const { locks, openChannel, openSource, pause } = around;
  const listenAlone = () => void listenTo(openSource(), hear, false);
  if (!locks || !openChannel) {
    listenAlone();
    return;
  }
  const channel = openChannel();
  channel.onmessage = ({ data }: MessageEvent<News>) => hear(data);
  const tellAll: Tell = (news) => {
    channel.postMessage(news);
    hear(news);
  };
  const lead = (isAgain: boolean) => listenTo(openSource(), tellAll, isAgain);
  takeTurns(locks, lead, pause).catch(listenAlone);
}

/** Leads whenever the lock is free. A stream that is refused for good frees it: another tab may be let in. */
async function takeTurns(
  locks: Pick<LockManager, 'request'>,
  lead: (isAgain: boolean) => Promise<void>,
  pause: Surroundings['pause'],
): Promise<never> {
  for (let isAgain = false; ; isAgain = true) {
    const wasLeader = await locks.request(NAME, { ifAvailable: !isAgain }, async (lock) => {
      if (lock) await lead(isAgain);
      return lock !== null;
    });
    if (wasLeader) await pause(PAUSE_MS);
  }
}

/** Ends when the browser gives the stream up; while it only tries again, this goes on. */
function listenTo(source: Source, tell: Tell, isAgain: boolean): Promise<void> {
  let hadGap = isAgain;
  return new Promise((resolve) => {
    source.onmessage = ({ data }) => tell({ told: 'notice', text: data as string });
    source.onerror = () => {
      hadGap = true;
      tell({ told: 'lost' });
      if (source.readyState === CLOSED) resolve();
    };
    source.onopen = () => {
      if (hadGap) tell({ told: 'again' });
      hadGap = false;
    };
  });
}

function browser(): Surroundings {
  return {
    // Older browsers lack it, whatever the types say.
    locks: (navigator as Partial<Navigator>).locks,
    openChannel: 'BroadcastChannel' in window ? () => new BroadcastChannel(NAME) : undefined,
    openSource: () => new EventSource('/api/events'),
    pause: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
}

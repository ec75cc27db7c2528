import { describe, expect, test } from 'vitest';
import { follow, type News, type Source, type Surroundings } from './stream';

/** A browser with some tabs: one lock, one channel, and a stream for each tab that opens one. */
class Tabs {
  readonly streams: Stream[] = [];
  readonly pauses: (() => void)[] = [];
  private readonly channels: Channel[] = [];
  private queue: (() => void)[] = [];
  private isHeld = false;

  open(changes: Partial<Surroundings> = {}): Tab {
    const tab = new Tab();
    const around: Surroundings = {
      locks: {
        request: ((_name: string, options: LockOptions, act: Act) => this.lock(tab, options, act)) as never,
      },
      openChannel: () => this.channel(tab),
      openSource: () => this.stream(tab),
      pause: () => new Promise((resolve) => this.pauses.push(resolve)),
    };
    follow((news) => tab.heard.push(news), { ...around, ...changes });
    return tab;
  }

  /** As when a person closes it: the lock is free, the stream is gone. */
  async close(tab: Tab): Promise<void> {
    tab.isOpen = false;
    tab.release?.();
    await settled();
  }

  private async lock(tab: Tab, options: LockOptions, act: Act): Promise<unknown> {
    if (this.isHeld && options.ifAvailable) return act(null);
    while (this.isHeld) await new Promise<void>((resolve) => this.queue.push(resolve));
    this.isHeld = true;
    const closed = new Promise<void>((resolve) => {
      tab.release = resolve;
    });
    const result = await Promise.race([act({} as Lock), closed]);
    this.isHeld = false;
    this.queue.shift()?.();
    return tab.isOpen ? result : new Promise(() => undefined);
  }

  private channel(tab: Tab): Channel {
    const channel: Channel = {
      onmessage: null,
      postMessage: (data) => {
        for (const other of this.channels)
          if (other !== channel) other.onmessage?.call(other as never, { data } as MessageEvent);
      },
    };
    this.channels.push(channel);
    tab.channel = channel;
    return channel;
  }

  private stream(tab: Tab): Stream {
    const stream = new Stream(tab);
    this.streams.push(stream);
    return stream;
  }
}

type Act = (lock: Lock | null) => Promise<unknown>;
type Channel = Pick<BroadcastChannel, 'postMessage' | 'onmessage'>;

class Tab {
  readonly heard: News[] = [];
  isOpen = true;
  channel: Channel | undefined;
  release: (() => void) | undefined;
}

class Stream implements Source {
  readyState = 0;
  onmessage: EventSource['onmessage'] = null;
  onerror: EventSource['onerror'] = null;
  onopen: EventSource['onopen'] = null;

  constructor(readonly owner: Tab) {}

  say(data: string): void {
    this.onmessage?.call(this as never, { data } as MessageEvent);
  }

  begin(): void {
    this.readyState = 1;
    this.onopen?.call(this as never, {} as Event);
  }

  fail(readyState: 0 | 2): void {
    this.readyState = readyState;
    this.onerror?.call(this as never, {} as Event);
  }
}

const settled = () => new Promise((resolve) => setTimeout(resolve));
const notice = (text: string): News => ({ told: 'notice', text });

async function three(tabs: Tabs): Promise<[Tab, Tab, Tab]> {
  const all: [Tab, Tab, Tab] = [tabs.open(), tabs.open(), tabs.open()];
  await settled();
  return all;
}

describe('many tabs', () => {
  test('have one stream, and all hear what it says', async () => {
    const tabs = new Tabs();
    const all = await three(tabs);
    expect(tabs.streams.map(({ owner }) => owner)).toEqual([all[0]]);
    tabs.streams[0]?.begin();
    tabs.streams[0]?.say('one');
    for (const tab of all) expect(tab.heard).toEqual([notice('one')]);
  });

  test('ask again when the one with the stream was closed, and the next has it', async () => {
    const tabs = new Tabs();
    const [first, ...others] = await three(tabs);
    tabs.streams[0]?.begin();
    await tabs.close(first);
    expect(tabs.streams.map(({ owner }) => owner)).toEqual([first, others[0]]);
    tabs.streams[1]?.begin();
    tabs.streams[1]?.say('two');
    for (const tab of others) expect(tab.heard).toEqual([{ told: 'again' }, notice('two')]);
  });

  test('do not change when one without the stream is closed', async () => {
    const tabs = new Tabs();
    const [, , last] = await three(tabs);
    await tabs.close(last);
    expect(tabs.streams).toHaveLength(1);
  });

  test('hear that the line is cut, and ask again when it is back', async () => {
    const tabs = new Tabs();
    const all = await three(tabs);
    tabs.streams[0]?.begin();
    tabs.streams[0]?.fail(0);
    tabs.streams[0]?.begin();
    for (const tab of all) expect(tab.heard).toEqual([{ told: 'lost' }, { told: 'again' }]);
    expect(tabs.streams).toHaveLength(1);
  });

  test('pass a stream on that is refused for good, and come back to it only after a pause', async () => {
    const tabs = new Tabs();
    const [first, second] = await three(tabs);
    tabs.streams[0]?.fail(2);
    await settled();
    expect(tabs.streams.map(({ owner }) => owner)).toEqual([first, second]);
    expect(tabs.pauses).toHaveLength(1);
  });
});

test.each([
  ['locks', { locks: undefined }],
  ['a channel', { openChannel: undefined }],
  ['a lock that may be had', { locks: { request: () => Promise.reject(new Error('refused')) } as never }],
])('without %s each tab has a stream of its own', async (_what, changes) => {
  const tabs = new Tabs();
  const all = [tabs.open(changes), tabs.open(changes)];
  await settled();
  expect(tabs.streams.map(({ owner }) => owner)).toEqual(all);
  tabs.streams[1]?.begin();
  tabs.streams[1]?.say('mine');
  expect(all.map(({ heard }) => heard)).toEqual([[], [notice('mine')]]);
});

/** Events for the tests: a request in a loop that fails in its second round. */
import type { RunEvent } from '../../lib/contract';

type Draft = Partial<RunEvent> & { type: RunEvent['type'] };

/** Each event gets its number, and a second more than the one before. */
export function events(...drafts: Draft[]): RunEvent[] {
  return drafts.map((draft, seq) => ({ runId: 'r', seq, at: 1000 + seq, path: '', ...draft }) as RunEvent);
}

export const FAILURE = { code: 'http.status', message: 'The server answered 403.', hint: 'Check the key.' };

export function failingLoop(): RunEvent[] {
  return events(
    {
      type: 'RunStarted',
      automationId: 'a',
      name: 'Weather',
      contentHash: 'x',
      variables: { city: 'London' },
    },
    { type: 'StepStarted', path: '0', stepId: 'loop', stepType: 'forEach', description: '' },
    { type: 'LoopEntered', path: '0/loop[0]', index: 0, total: 4 },
    { type: 'StepStarted', path: '0/loop[0]/0', stepId: 'ask', stepType: 'apiCall', description: 'Ask' },
    {
      type: 'RequestSent',
      path: '0/loop[0]/0',
      method: 'GET',
      url: 'http://h/?key=••••••••',
      headers: {},
      body: '',
    },
    {
      type: 'ResponseReceived',
      path: '0/loop[0]/0',
      status: 200,
      url: 'http://h/',
      headers: {},
      sizeBytes: 512,
      elapsedS: 0.392,
    },
    {
      type: 'StepFinished',
      path: '0/loop[0]/0',
      stepId: 'ask',
      outcome: 'succeeded',
      output: { data: 3 },
      storedAs: 'temp',
      error: null,
    },
    { type: 'LoopEntered', path: '0/loop[1]', index: 1, total: 4 },
    { type: 'StepStarted', path: '0/loop[1]/0', stepId: 'ask', stepType: 'apiCall', description: 'Ask' },
    { type: 'StepRetrying', path: '0/loop[1]/0', attempt: 1, error: FAILURE, delayS: 2, until: null },
    {
      type: 'StepFinished',
      path: '0/loop[1]/0',
      stepId: 'ask',
      outcome: 'failed',
      output: {},
      storedAs: null,
      error: FAILURE,
    },
    {
      type: 'StepFinished',
      path: '0',
      stepId: 'loop',
      outcome: 'failed',
      output: {},
      storedAs: null,
      error: FAILURE,
    },
    { type: 'RunFinished', outcome: 'failed', error: { ...FAILURE, path: '0/loop[1]/0' } },
  );
}

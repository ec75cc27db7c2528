/** One small automation for the tests: an API call, a branch with a step in it, a loop. */
import type { StepType } from '../../lib/contract';
import type { Automation, Step } from './step';

const type = (name: string, blocks: string[] = [], schema: StepType['schema'] = {}): StepType => ({
  type: name,
  group: blocks.length > 0 ? 'flow' : 'services',
  title: name,
  description: '',
  icon: '',
  schema,
  blocks,
  requestFields: [],
  credentialTypes: [],
});

export const TYPES: readonly StepType[] = [
  type('apiCall'),
  type('setVariable'),
  type('if', ['then', 'else']),
  type('forEach', ['steps']),
];

const say: Step = { id: 'say', type: 'setVariable', variableName: 'text', value: 'hot' };
const tell: Step = { id: 'tell', type: 'apiCall', url: 'https://example.com' };

export const AUTOMATION: Automation = {
  id: 'a',
  name: 'A',
  variables: { city: 'London' },
  steps: [
    { id: 'weather', type: 'apiCall', url: '', storeKey: 'weatherData' },
    { id: 'hot', type: 'if', then: [say], else: [] } as unknown as Step,
    { id: 'each', type: 'forEach', itemVariable: 'item', steps: [tell] } as unknown as Step,
  ],
};

/** The step types as the palette finds them: by their names, and by what people call them elsewhere. Pure. */
import type { StepType } from '../../lib/contract';
import { find } from '../../lib/search';

const WORDS: Readonly<Record<string, string>> = {
  apiCall: 'http request rest fetch webhook call url get post curl node action',
  twitterCreateTweet: 'tweet post x twitter publish send node action',
  twitterSearchTweets: 'tweet find x twitter query node action',
  twitterSearchUser: 'tweet find x twitter account profile lookup node action',
  setVariable: 'assign store value let data node action',
  modifyVariable: 'increment decrement counter append count add node action',
  if: 'condition branch else otherwise switch decide node',
  forEach: 'loop repeat iterate each list items node',
  wait: 'sleep delay pause timer node',
  stop: 'end exit finish fail abort node',
};

const GROUPS: ReadonlyArray<{ group: StepType['group']; title: string }> = [
  { group: 'services', title: 'Services' },
  { group: 'data', title: 'Data' },
  { group: 'flow', title: 'Flow' },
];

export interface Offer {
  readonly title: string;
  readonly types: readonly StepType[];
}

/** Groups with their types; with a query one list, best first. */
export function offers(types: readonly StepType[], query: string): Offer[] {
  if (query.trim() !== '') {
    const found = find(query, types, (type) => [
      type.title,
      `${type.description} ${WORDS[type.type] ?? ''} step`,
    ]);
    return found.length > 0 ? [{ title: 'Steps', types: found }] : [];
  }
  return GROUPS.map(({ group, title }) => ({
    title,
    types: types.filter((type) => type.group === group),
  })).filter((offer) => offer.types.length > 0);
}

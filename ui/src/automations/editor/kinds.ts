/** How each kind of step looks: its icon, and the tint of its tile. */
import CircleStop from '@lucide/svelte/icons/circle-stop';
import Clock from '@lucide/svelte/icons/clock';
import Diff from '@lucide/svelte/icons/diff';
import Globe from '@lucide/svelte/icons/globe';
import Heart from '@lucide/svelte/icons/heart';
import HeartOff from '@lucide/svelte/icons/heart-off';
import ImageUp from '@lucide/svelte/icons/image-up';
import Mail from '@lucide/svelte/icons/mail';
import Repeat from '@lucide/svelte/icons/repeat';
import Repeat2 from '@lucide/svelte/icons/repeat-2';
import RotateCw from '@lucide/svelte/icons/rotate-cw';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import Search from '@lucide/svelte/icons/search';
import Send from '@lucide/svelte/icons/send';
import ShieldCheck from '@lucide/svelte/icons/shield-check';
import Split from '@lucide/svelte/icons/split';
import SquareDashed from '@lucide/svelte/icons/square-dashed';
import Trash from '@lucide/svelte/icons/trash-2';
import Undo from '@lucide/svelte/icons/undo-2';
import UserSearch from '@lucide/svelte/icons/user-search';
import Variable from '@lucide/svelte/icons/variable';
import Workflow from '@lucide/svelte/icons/workflow';

export type Tint = 'info' | 'accent' | 'success' | 'warning' | 'neutral';

const LOOKS = {
  apiCall: { icon: Globe, tint: 'info' },
  twitterCreateTweet: { icon: Send, tint: 'accent' },
  twitterDeleteTweet: { icon: Trash, tint: 'accent' },
  twitterLikeTweet: { icon: Heart, tint: 'accent' },
  twitterUnlikeTweet: { icon: HeartOff, tint: 'accent' },
  twitterRetweet: { icon: Repeat2, tint: 'accent' },
  twitterUndoRetweet: { icon: Undo, tint: 'accent' },
  twitterSendDM: { icon: Mail, tint: 'accent' },
  twitterUploadMedia: { icon: ImageUp, tint: 'accent' },
  twitterUserTweets: { icon: ScrollText, tint: 'accent' },
  twitterSearchTweets: { icon: Search, tint: 'accent' },
  twitterSearchUser: { icon: UserSearch, tint: 'accent' },
  setVariable: { icon: Variable, tint: 'success' },
  modifyVariable: { icon: Diff, tint: 'success' },
  if: { icon: Split, tint: 'warning' },
  forEach: { icon: Repeat, tint: 'warning' },
  repeat: { icon: RotateCw, tint: 'warning' },
  try: { icon: ShieldCheck, tint: 'warning' },
  runAutomation: { icon: Workflow, tint: 'warning' },
  wait: { icon: Clock, tint: 'neutral' },
  stop: { icon: CircleStop, tint: 'neutral' },
} as const;

const UNKNOWN = { icon: SquareDashed, tint: 'neutral' } as const;

export function lookOf(type: string): { icon: typeof Globe; tint: Tint } {
  return type in LOOKS ? LOOKS[type as keyof typeof LOOKS] : UNKNOWN;
}

const BLOCKS: Readonly<Record<string, string>> = {
  then: 'Then',
  elseIf: 'Else if',
  else: 'Otherwise',
  steps: 'Do',
  onError: 'When it fails',
  finally: 'In any case',
};

export function blockTitle(block: string): string {
  return BLOCKS[block] ?? block;
}

const OPTIONS: Readonly<Record<string, string>> = {
  set: 'Set to',
  increment: 'Count up by',
  decrement: 'Count down by',
  append: 'Append',
  succeeded: 'Succeeded',
  failed: 'Failed',
  everyone: 'Everyone',
  following: 'Accounts you follow',
  mentionedUsers: 'Accounts you mention',
  subscribers: 'Subscribers',
  verified: 'Verified accounts',
  tweet: 'A tweet',
  message: 'A message',
};

/** What a choice is called; a name of the protocol (`GET`) stays as it is. */
export function optionTitle(choice: string): string {
  return OPTIONS[choice] ?? choice;
}

/** The schedules as the lists show them, asked again whenever something changes. */
import { asRefusal, call, type Refusal } from '../lib/api';
import type { ScheduleEntry } from '../lib/contract';
import { onNotice } from '../lib/events';
import { tell, tellFailure } from '../lib/toasts.svelte';

const TOPICS = ['schedules', 'automations', 'history'] as const;

export class Schedules {
  entries = $state.raw<readonly ScheduleEntry[]>([]);
  isLoaded = $state(false);
  failure = $state.raw<Refusal>();

  of(automationId: string): ScheduleEntry[] {
    return this.entries.filter((entry) => entry.automationId === automationId);
  }

  /** Until the returned function is called. */
  follow(): () => void {
    void this.load();
    const offs = TOPICS.map((topic) => onNotice(topic, () => void this.load()));
    return () => {
      for (const off of offs) off();
    };
  }

  async load(): Promise<void> {
    try {
      this.entries = await call('schedules.list');
      this.failure = undefined;
      this.isLoaded = true;
    } catch (error) {
      this.failure = asRefusal(error);
    }
  }

  async turn(entry: ScheduleEntry): Promise<void> {
    const isOff = entry.state === 'off';
    try {
      await call(isOff ? 'schedules.enable' : 'schedules.disable', { id: entry.id });
      tell(`The schedule of “${entry.automationName ?? 'an automation'}” is ${isOff ? 'on' : 'off'}.`);
      await this.load();
    } catch (error) {
      tellFailure(error);
    }
  }
}

/** The settings as a form has them, and as the program takes them. Pure. */
import type { Settings, SettingsUpdate } from '../../lib/contract';

export interface Entered {
  xBaseUrl: string;
  proxyUrl: string;
  requestTimeoutSeconds: string;
  maxRedirects: string;
  maxLimitWaitMinutes: string;
  maxResponseMegabytes: string;
  allowLinkLocal: boolean;
  filesFolder: string;
  caFile: string;
  historyDays: string;
  historyRuns: string;
}
export type Problems = Partial<Record<keyof Entered, string>>;

const MEGABYTE = 1024 * 1024;
const MINUTE = 60;

export function fromSettings(settings: Settings): Entered {
  return {
    xBaseUrl: settings.xBaseUrl,
    proxyUrl: settings.proxyUrl ?? '',
    requestTimeoutSeconds: String(settings.requestTimeoutSeconds),
    maxRedirects: String(settings.maxRedirects),
    maxLimitWaitMinutes: String(Number((settings.maxLimitWaitSeconds / MINUTE).toFixed(3))),
    maxResponseMegabytes: String(Number((settings.maxResponseBytes / MEGABYTE).toFixed(3))),
    allowLinkLocal: settings.allowLinkLocal,
    filesFolder: settings.filesFolder,
    caFile: settings.caFile,
    historyDays: String(settings.historyDays),
    historyRuns: String(settings.historyRuns),
  };
}

export function problemsOf(entered: Entered): Problems {
  const problems: Problems = {};
  if (!isUrl(entered.xBaseUrl))
    problems.xBaseUrl = 'Enter an address that begins with https:// and names a host.';
  if (entered.proxyUrl.trim() !== '' && !isUrl(entered.proxyUrl)) {
    problems.proxyUrl = 'Enter an address that begins with http:// or https://, or leave it empty.';
  }
  if (!isBetween(entered.requestTimeoutSeconds, 0.001, 86_400)) {
    problems.requestTimeoutSeconds = 'Enter a number of seconds above 0, at most 86400.';
  }
  if (!isWhole(entered.maxRedirects, 0, 50)) {
    problems.maxRedirects = 'Enter a whole number from 0 to 50.';
  }
  if (!isBetween(entered.maxLimitWaitMinutes, 0, 1440)) {
    problems.maxLimitWaitMinutes = 'Enter a number of minutes from 0 to 1440.';
  }
  if (!isBetween(entered.maxResponseMegabytes, 0.001, 1024)) {
    problems.maxResponseMegabytes = 'Enter a number of megabytes from 0.001 to 1024.';
  }
  for (const key of ['filesFolder', 'caFile'] as const) {
    if (!isWholePath(entered[key])) problems[key] = 'Enter a path from the root on, or leave it empty.';
  }
  if (!isWhole(entered.historyDays, 1, 36_500)) {
    problems.historyDays = 'Enter a whole number of days from 1 to 36500.';
  }
  if (!isWhole(entered.historyRuns, 1, 1_000_000)) {
    problems.historyRuns = 'Enter a whole number of runs from 1 to 1000000.';
  }
  return problems;
}

export function toUpdate(entered: Entered): SettingsUpdate {
  return {
    xBaseUrl: entered.xBaseUrl.trim(),
    proxyUrl: entered.proxyUrl.trim(),
    requestTimeoutSeconds: Number(entered.requestTimeoutSeconds),
    maxRedirects: Number(entered.maxRedirects),
    maxLimitWaitSeconds: Math.round(Number(entered.maxLimitWaitMinutes) * MINUTE),
    maxResponseBytes: Math.round(Number(entered.maxResponseMegabytes) * MEGABYTE),
    allowLinkLocal: entered.allowLinkLocal,
    filesFolder: entered.filesFolder.trim(),
    caFile: entered.caFile.trim(),
    historyDays: Number(entered.historyDays),
    historyRuns: Number(entered.historyRuns),
  };
}

/** `/srv/files`, `C:\\files`, or nothing. The program checks it again, for its own system. */
function isWholePath(text: string): boolean {
  return /^$|^\/|^[a-z]:[\\/]|^\\\\/i.test(text.trim());
}

function isUrl(text: string): boolean {
  return /^https?:\/\/[^/\s?#@]+(\/[^\s?#]*)?$/i.test(text.trim());
}

function isWhole(text: string, lowest: number, highest: number): boolean {
  return isBetween(text, lowest, highest) && Number.isInteger(Number(text));
}

function isBetween(text: string, lowest: number, highest: number): boolean {
  const value = Number(text);
  return text.trim() !== '' && value >= lowest && value <= highest;
}

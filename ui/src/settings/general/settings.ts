/** The settings as a form has them, and as the program takes them. Pure. */
import type { Settings, SettingsUpdate } from '../../lib/contract';

export interface Entered {
  xBaseUrl: string;
  proxyUrl: string;
  requestTimeoutSeconds: string;
  maxRedirects: string;
  maxResponseMegabytes: string;
  allowLinkLocal: boolean;
}
export type Problems = Partial<Record<keyof Entered, string>>;

const MEGABYTE = 1024 * 1024;

export function fromSettings(settings: Settings): Entered {
  return {
    xBaseUrl: settings.xBaseUrl,
    proxyUrl: settings.proxyUrl ?? '',
    requestTimeoutSeconds: String(settings.requestTimeoutSeconds),
    maxRedirects: String(settings.maxRedirects),
    maxResponseMegabytes: String(Number((settings.maxResponseBytes / MEGABYTE).toFixed(3))),
    allowLinkLocal: settings.allowLinkLocal,
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
  if (!isBetween(entered.maxRedirects, 0, 50) || !Number.isInteger(Number(entered.maxRedirects))) {
    problems.maxRedirects = 'Enter a whole number from 0 to 50.';
  }
  if (!isBetween(entered.maxResponseMegabytes, 0.001, 1024)) {
    problems.maxResponseMegabytes = 'Enter a number of megabytes from 0.001 to 1024.';
  }
  return problems;
}

export function toUpdate(entered: Entered): SettingsUpdate {
  return {
    xBaseUrl: entered.xBaseUrl.trim(),
    proxyUrl: entered.proxyUrl.trim(),
    requestTimeoutSeconds: Number(entered.requestTimeoutSeconds),
    maxRedirects: Number(entered.maxRedirects),
    maxResponseBytes: Math.round(Number(entered.maxResponseMegabytes) * MEGABYTE),
    allowLinkLocal: entered.allowLinkLocal,
  };
}

function isUrl(text: string): boolean {
  return /^https?:\/\/[^/\s?#@]+(\/[^\s?#]*)?$/i.test(text.trim());
}

function isBetween(text: string, lowest: number, highest: number): boolean {
  const value = Number(text);
  return text.trim() !== '' && value >= lowest && value <= highest;
}

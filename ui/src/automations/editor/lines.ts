/** The ids by which the lines of the step list are found in the page. */
export function lineId(key: string): string {
  return `step-line-${key}`;
}

/** When the page has nothing else to do, and at the latest a few seconds from now. Safari has no idle callbacks. */
export function whenIdle(task: () => void): void {
  if ("requestIdleCallback" in window) requestIdleCallback(task, { timeout: 4000 });
  else setTimeout(task, 1000);
}

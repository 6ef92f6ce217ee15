const again = 1000;

/**
 * Pages that swap their body while one moves about (and frameworks that clear it when they take over) take the widget
 * along: it comes back at once, and not more than once a second, so that nobody is fought with. Returns what ends it.
 */
export function stay(element: HTMLElement, came: () => void): () => void {
  let last = -again;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const come = () => {
    clearTimeout(timer);
    if (element.isConnected) return;
    last = performance.now();
    document.body.append(element);
    came();
    watch();
  };
  const look = () => {
    if (element.isConnected || !document.body) return;
    const wait = last + again - performance.now();
    if (wait > 0) timer = setTimeout(come, wait);
    else come();
  };
  const observer = new MutationObserver(look);
  const watch = () => {
    observer.disconnect();
    observer.observe(document.documentElement, { childList: true });
    if (document.body) observer.observe(document.body, { childList: true });
  };
  watch();
  look();
  return () => {
    clearTimeout(timer);
    observer.disconnect();
  };
}

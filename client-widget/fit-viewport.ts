/**
 * Keeps a full-screen panel inside what the on-screen keyboard leaves of the window. Returns what ends it.
 * The visual viewport is the only measure that shrinks with the keyboard in every browser.
 */
export function fitViewport(panel: HTMLElement): () => void {
  const viewport = window.visualViewport;
  if (!viewport) return () => undefined;
  const fit = () => {
    panel.style.setProperty("--rd-view-height", `${viewport.height}px`);
    panel.style.setProperty("--rd-view-top", `${viewport.offsetTop}px`);
  };
  fit();
  viewport.addEventListener("resize", fit);
  viewport.addEventListener("scroll", fit);
  return () => {
    viewport.removeEventListener("resize", fit);
    viewport.removeEventListener("scroll", fit);
  };
}

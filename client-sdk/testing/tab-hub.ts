import type { TabNote, Tabs } from "../leader-tab.ts";

/** The tabs of one browser in one process: one leads, the others wait in line. */
export class TabHub {
  readonly #hearers = new Map<object, (note: TabNote) => void>();
  #line: { readonly tab: object; readonly begin: () => void }[] = [];

  tab(): Tabs {
    const tab = {};
    return {
      lead: (begin) => {
        this.#line.push({ tab, begin });
        if (this.#line.length === 1) begin();
      },
      tell: (note) => {
        for (const [other, hear] of this.#hearers) if (other !== tab) queueMicrotask(() => hear(structuredClone(note)));
      },
      hear: (listener) => {
        this.#hearers.set(tab, listener);
        return () => this.#hearers.delete(tab);
      },
      close: () => {
        const led = this.#line[0]?.tab === tab;
        this.#line = this.#line.filter((one) => one.tab !== tab);
        this.#hearers.delete(tab);
        if (led) this.#line[0]?.begin();
      },
    };
  }
}

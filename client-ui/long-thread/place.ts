import { type ElementPart, noChange } from "lit";
import { Directive, directive } from "lit/directive.js";

// Sizes and places by property, never as style attributes: a strict content policy forbids those.

class Place extends Directive {
  override update(part: ElementPart, [top]: [number]): unknown {
    (part.element as HTMLElement).style.transform = `translateY(${top}px)`;
    return noChange;
  }

  override render(_top: number): unknown {
    return noChange;
  }
}

class Tall extends Directive {
  override update(part: ElementPart, [height]: [number]): unknown {
    (part.element as HTMLElement).style.blockSize = `${height}px`;
    return noChange;
  }

  override render(_height: number): unknown {
    return noChange;
  }
}

/** Moves a row down to where it belongs. */
export const place = directive(Place);
/** As high as all rows together. */
export const tall = directive(Tall);

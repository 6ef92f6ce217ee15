import { html } from "lit";
import { expect, test } from "vitest";
import * as plans from "../drawings/plans.ts";
import { expectAccessible, inside, mount } from "../testing/stage.ts";
import "./define.ts";

const state = (drawing = plans.nobodyWaiting()) =>
  mount(
    html`<rd-empty-state .drawing=${drawing} heading="Nobody is waiting" text="The next one comes to you by itself.">
      <button>Open the longest wait</button>
    </rd-empty-state>`,
  );

test("it is accessible", async () => {
  await expectAccessible(await state());
});

test.each(Object.entries(plans))("the plan %s is drawn at 200 by 120 and stays inside", async (_name, plan) => {
  const drawing = inside(await state(plan()), "svg") as unknown as SVGSVGElement; // found by its tag
  expect([drawing.width.baseVal.value, drawing.height.baseVal.value]).toEqual([200, 120]);
  const { x, y, width, height } = drawing.getBBox();
  expect(x).toBeGreaterThanOrEqual(0);
  expect(y).toBeGreaterThanOrEqual(0);
  expect(x + width).toBeLessThanOrEqual(200);
  expect(y + height).toBeLessThanOrEqual(120);
});

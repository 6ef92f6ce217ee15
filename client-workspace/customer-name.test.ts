import { expect, test } from "vitest";
import { visitorName } from "#core/ports/customers.ts";
import { customerName } from "./customer-name.ts";

const id = "0199c1d4-3a5b-7c7d-8e9f-0123456b7f2c";

test("who has a name keeps it", () => {
  expect(customerName({ id, name: "Nora Lindqvist" })).toBe("Nora Lindqvist");
});

test("visitors are told apart by the end of their id, the same in every place", () => {
  expect(customerName({ id, name: visitorName })).toBe("Visitor 7F2C");
  expect(customerName({ id, name: "" })).toBe("Visitor 7F2C");
});

test("without an id nothing is made up", () => {
  expect(customerName({ id: "", name: visitorName })).toBe("Visitor");
});

import { expect, it } from "vitest";
import { frameOf } from "../../mavlink/protocols/testing/frames.js";
import { quietLink } from "../testing/quietLink.js";
import { DuplicateFilter } from "./duplicateFilter.js";
import { VehiclePath } from "./vehiclePath.js";

const aPath = (name: string): VehiclePath =>
  new VehiclePath(
    quietLink(name, () => undefined),
    `${name}:1`,
    7,
  );
const textOf = (text: string) => frameOf({ name: "STATUSTEXT", fields: { severity: 4, text } });

it("a text over a second path is a copy, though another text came between", () => {
  const [active, other] = [aPath("a"), aPath("b")];
  const filter = new DuplicateFilter();
  expect(filter.isFirstCopy(textOf("Low battery"), active, active, 0)).toBe(true);
  expect(filter.isFirstCopy(textOf("Motor failure"), active, active, 100)).toBe(true);
  expect(filter.isFirstCopy(textOf("Low battery"), other, active, 1000)).toBe(false);
  expect(filter.isFirstCopy(textOf("Motor failure"), other, active, 1599)).toBe(false);
  // Later it is said again.
  expect(filter.isFirstCopy(textOf("Low battery"), other, active, 2000)).toBe(true);
});

import { expect, it } from "vitest";
import { displayName } from "./displayName.js";

it("is Wayland's before X's, and none where a variable is empty", () => {
  expect(displayName({ WAYLAND_DISPLAY: "wayland-0", DISPLAY: ":0" })).toBe("wayland-0");
  expect(displayName({ WAYLAND_DISPLAY: "", DISPLAY: ":0" })).toBe(":0");
  expect(displayName({ DISPLAY: "" })).toBeUndefined();
  expect(displayName({})).toBeUndefined();
});

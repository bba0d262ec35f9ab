import { describe, expect, it } from "vitest";
import { needsDisplay } from "./benchCommand.js";
import { startDisplay } from "./machine.js";

describe("findings 6.11: npm run bench", () => {
  it("brings a display for what opens windows, and needs none for the rest", () => {
    expect([[], ["--quick"], ["--only", "start"], ["--only=memory"]].map(needsDisplay)).toEqual([
      true,
      true,
      true,
      true,
    ]);
    expect([["--only", "mavlink"], ["--only=heartbeats"]].map(needsDisplay)).toEqual([false, false]);
  });

  it("says that there is no Xvfb instead of throwing a stack trace", async () => {
    const path = process.env["PATH"];
    process.env["PATH"] = "/nowhere";
    await expect(startDisplay()).rejects.toThrow(/ENOENT/);
    process.env["PATH"] = path;
  });
});

// @vitest-environment happy-dom
import { act, cleanup, render, screen } from "@testing-library/react";
import { type ComponentType, Suspense } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type LaterScreen, readLater, useReadAhead } from "./readLater.js";

const Part = () => <p>the part</p>;

function show({ Screen }: LaterScreen): void {
  render(
    <Suspense fallback={<p>being read</p>}>
      <Screen />
    </Suspense>,
  );
}

const pass = (ms: number): Promise<void> =>
  act(async () => {
    await vi.advanceTimersByTimeAsync(ms);
  });

describe("a part of the screen that is read later", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    cleanup();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("is there once its code is read", async () => {
    show(readLater(() => Promise.resolve(Part)));
    expect(screen.getByText("being read")).toBeDefined();
    await pass(0);
    expect(screen.getByText("the part")).toBeDefined();
  });

  it("is asked for again while its code does not come", async () => {
    const read = vi.fn<() => Promise<ComponentType>>().mockRejectedValueOnce(new Error("the station is gone"));
    read.mockResolvedValue(Part);
    show(readLater(read));
    await pass(500);
    expect(screen.getByText("being read")).toBeDefined();
    await pass(1000);
    expect(screen.getByText("the part")).toBeDefined();
    expect(read).toHaveBeenCalledTimes(2);
  });

  it("is read ahead when the page has nothing else to do, and no more once the page is left", () => {
    const waiting = new Map<number, () => void>();
    vi.stubGlobal("requestIdleCallback", (run: () => void) => {
      waiting.set(waiting.size, run);
      return waiting.size - 1;
    });
    vi.stubGlobal("cancelIdleCallback", (id: number) => waiting.delete(id));
    const read = vi.fn(() => Promise.resolve(Part));
    const parts = [readLater(read)];
    const Page = () => {
      useReadAhead(parts);
      return null;
    };
    const { unmount } = render(<Page />);
    expect(read).not.toHaveBeenCalled();
    for (const run of waiting.values()) run();
    expect(read).toHaveBeenCalledTimes(1);
    unmount();
    expect(waiting.size).toBe(0);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPublisher } from "../../contract/envelope.js";
import type { Scheduler } from "../../core/clock.js";
import { FakeClock } from "../../core/fakeClock.js";
import { type Rng, seededRng } from "../../core/rng.js";
import { lives } from "../../core/testing/lives.js";
import { startUiHeartbeat } from "./heartbeat.js";
import { createUiConnection, type UiConnection } from "./uiConnection.js";

/** The heartbeat interval that the pilot's handbook gives for a vehicle's failsafe. */
const HEARTBEAT_EVERY_MS = 1000;
const LATE_AT_MOST_MS = 200;
const SILENT_AFTER_MS = 3000;

/** A page as its browser runs it: it answers with a delay, hangs while pings queue up, or is gone. */
type Page = {
  readonly connection: UiConnection;
  delayMs: number;
  isHung: boolean;
  isBroken: boolean;
  waiting: number;
};

/** One random run of a station and its pages: when pings were answered, and when heartbeats were sent. */
function live(seed: number) {
  const rng: Rng = seededRng(seed);
  const clock = new FakeClock();
  const answeredAt: number[] = [];
  const heartbeatAt: number[] = [];
  const pages: Page[] = [];
  // A busy station: every task runs late, within the allowed delay.
  const scheduler: Scheduler = {
    after: (afterMs, task) => clock.after(afterMs + rng.uniform() * LATE_AT_MOST_MS, task),
  };
  const answer = (page: Page): void => {
    if (page.isBroken || !pages.includes(page)) return;
    answeredAt.push(clock.monoMs());
    page.connection.fromUi({ kind: "ui-alive" });
  };
  const heartbeat = startUiHeartbeat({
    ...{ clock, scheduler, isRequired: true },
    sendHeartbeat: () => heartbeatAt.push(clock.monoMs()),
    ping: () => {
      for (const page of pages) {
        if (page.isHung) page.waiting++;
        else clock.after(page.delayMs * rng.uniform(), () => (page.isHung ? page.waiting++ : answer(page)));
      }
    },
  });
  const open = (): void => {
    const page: Page = {
      connection: createUiConnection({
        ...{ clock, toUi: () => undefined, wrap: createPublisher("test").publishToOne },
        listener: {
          ...{ onAlive: heartbeat.onAlive, onRequest: () => undefined },
          ...{ onInvalid: () => undefined, onClosed: () => undefined },
        },
      }),
      delayMs: rng.uniform() < 0.7 ? 100 : 2500,
      isHung: false,
      isBroken: false,
      waiting: 0,
    };
    pages.push(page);
  };
  const close = (page: Page | undefined): void => {
    if (!page) return;
    pages.splice(pages.indexOf(page), 1);
    page.connection.close();
    // A message still in transit from a page that is gone.
    page.connection.fromUi({ kind: "ui-alive" });
  };
  const thaw = (page: Page | undefined): void => {
    if (!page) return;
    page.isHung = false;
    // The queued pings are all answered now.
    for (; page.waiting > 0; page.waiting--) answer(page);
  };
  const chosen = (): Page | undefined => pages[Math.floor(rng.uniform() * pages.length)];
  const change = (page: Page | undefined, to: Partial<Page>): void => {
    if (page) Object.assign(page, to);
  };
  const steps: readonly (() => void)[] = [
    open,
    () => close(chosen()),
    () => change(chosen(), { isHung: true }),
    () => pages.forEach((page) => change(page, { isHung: true })),
    () => thaw(chosen()),
    // Shows an error text, or is visible without drawing: it then does not answer (`uiHeartbeat.ts`), whatever else
    // still works.
    () => change(chosen(), { isBroken: true }),
    () => change(chosen(), { isBroken: false, delayMs: rng.uniform() * 2500 }),
    () => chosen()?.connection.fromUi({ kind: "request", requestId: 1, request: { kind: "list-plans" } }),
    () => chosen()?.connection.fromUi({ kind: "frame-shown", cameraId: "camera-1", frameId: 1 }),
    () => chosen()?.connection.fromUi({ kind: "ui-alive?" }),
  ];
  for (let i = 0; i < 14; i++) {
    steps[Math.floor(rng.uniform() * steps.length)]?.();
    clock.advance(rng.uniform() * 2500);
  }
  const endMs = clock.monoMs();
  heartbeat.dispose();
  return { answeredAt, beatAt: heartbeatAt, endMs };
}

/** The periods in which the latest answer was never older than the bound: heartbeats must be sent throughout. */
function watchedSpans(answeredAt: readonly number[], endMs: number): readonly (readonly [number, number])[] {
  const spans: [number, number][] = [];
  for (const atMs of answeredAt) {
    const last = spans.at(-1);
    if (last && atMs <= last[1]) last[1] = atMs + SILENT_AFTER_MS;
    else spans.push([atMs, atMs + SILENT_AFTER_MS]);
  }
  return spans.map(([fromMs, toMs]) => [fromMs, Math.min(toMs, endMs)] as const);
}

function longestGapMs([fromMs, toMs]: readonly [number, number], heartbeatAt: readonly number[]): number {
  const moments = [fromMs, ...heartbeatAt.filter((atMs) => atMs > fromMs && atMs < toMs), toMs];
  return Math.max(...moments.slice(1).map((atMs, i) => atMs - moments[i]!));
}

describe("the ground station's heartbeat, whatever pages come, hang, break and go", () => {
  it("has no gap while one of them answers, ends in time when none does, and comes back with a page alone", () => {
    let countOfSilences = 0;
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const { answeredAt, beatAt: heartbeatAt, endMs } = live(seed);
        const spans = watchedSpans(answeredAt, endMs);
        for (const span of spans)
          expect(longestGapMs(span, heartbeatAt)).toBeLessThanOrEqual(HEARTBEAT_EVERY_MS + LATE_AT_MOST_MS);
        const isWatched = (atMs: number): boolean => spans.some(([from, to]) => atMs >= from && atMs <= to);
        expect(heartbeatAt.filter((atMs) => !isWatched(atMs))).toEqual([]);
        if (spans.length > 1) countOfSilences++;
      }),
      { numRuns: lives(10_000), seed: 20_261_130 },
    );
    expect(countOfSilences).toBeGreaterThan(500);
  }, 300_000);
});
